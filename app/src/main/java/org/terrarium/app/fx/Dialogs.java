package org.terrarium.app.fx;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The small dialogs: a message, a question, a file to choose. Belongs to the JavaFX thread. */
public final class Dialogs {
    private static final double TEXT_WIDTH = 420;

    private final Theme theme;

    public Dialogs(Theme theme) {
        this.theme = theme;
    }

    /** Says what could not be done and why. */
    public void error(Window owner, String headline, String sentence) {
        Alert alert = alert(owner, headline, sentence, new ButtonType("Close", ButtonData.OK_DONE));
        alert.setTitle("Terrarium");
        alert.show();
    }

    /** Asks before something that cannot be undone; true when the user agrees. */
    public boolean confirm(Window owner, String headline, String sentence, String agree) {
        ButtonType yes = new ButtonType(agree, ButtonData.OK_DONE);
        Alert alert = alert(owner, headline, sentence, yes, ButtonType.CANCEL);
        return alert.showAndWait().filter(yes::equals).isPresent();
    }

    private Alert alert(Window owner, String headline, String sentence, ButtonType... buttons) {
        Alert alert = new Alert(AlertType.NONE, "", buttons);
        alert.initOwner(owner);
        alert.setTitle("Terrarium");
        alert.setHeaderText(headline);
        Label text = new Label(sentence.matches("(?s).*[.!?]") ? sentence : sentence + ".");
        text.setWrapText(true);
        text.setMaxWidth(TEXT_WIDTH);
        text.setMinHeight(Label.USE_PREF_SIZE);
        alert.getDialogPane().setContent(text);
        Node icon = Icons.of("warning", 26);
        icon.getStyleClass().add("dialog-warning");
        alert.setGraphic(icon);
        theme.apply(alert);
        return alert;
    }

    /** Asks for a CD image. */
    public Optional<Path> chooseIso(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Choose a CD image");
        chooser.getExtensionFilters()
                .addAll(new ExtensionFilter("CD images", "*.iso", "*.ISO"), new ExtensionFilter("All files", "*"));
        return path(chooser.showOpenDialog(owner));
    }

    /** Asks where to save a picture. */
    public Optional<Path> choosePng(Window owner, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the screenshot");
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters().add(new ExtensionFilter("PNG pictures", "*.png"));
        return path(chooser.showSaveDialog(owner));
    }

    private static Optional<Path> path(File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }
}
