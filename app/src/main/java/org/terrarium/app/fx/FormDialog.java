package org.terrarium.app.fx;

import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.stage.Window;

/** A dialog with a form in it, a button that does what it is about, and one that does nothing. Belongs to the JavaFX thread. */
public final class FormDialog {
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final ButtonType agree;

    /**
     * @param headline what is going to happen
     * @param agree the word on the button that does it; its node is called {@code ask-agree}
     */
    public FormDialog(Theme theme, Window owner, String icon, String headline, Node form, String agree) {
        this.agree = new ButtonType(agree, ButtonData.OK_DONE);
        dialog.initOwner(owner);
        dialog.setTitle("Terrarium");
        dialog.setHeaderText(headline);
        dialog.setGraphic(Icons.of(icon, 26));
        dialog.getDialogPane().getButtonTypes().addAll(this.agree, Dialogs.cancel());
        dialog.getDialogPane().setContent(form);
        agreeButton().setId("ask-agree");
        theme.apply(dialog);
    }

    /** The button that does it, to be greyed out while something is wrong. */
    public Node agreeButton() {
        return dialog.getDialogPane().lookupButton(agree);
    }

    /** Makes the dialog as large as what is in it now needs. */
    public void fit() {
        if (dialog.isShowing()) {
            dialog.getDialogPane().getScene().getWindow().sizeToScene();
        }
    }

    /** Shows it with the keyboard in {@code first}; true when the user agrees. */
    public boolean ask(Node first) {
        dialog.setOnShown(e -> first.requestFocus());
        return dialog.showAndWait().filter(agree::equals).isPresent();
    }
}
