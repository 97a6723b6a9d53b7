package org.terrarium.app.settings;

import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.stage.Window;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.text.Text;

/** The settings of one machine in a window. */
public final class SettingsDialog extends Dialog<ButtonType> {
    private final ButtonType save = new ButtonType(Text.of("settings.save"), ButtonData.OK_DONE);
    private final SettingsPane pane;

    public SettingsDialog(Window owner, Dialogs dialogs, SettingsModel model) {
        initOwner(owner);
        setTitle(Text.of("settings.title", model.original().name()));
        setResizable(true);
        pane = new SettingsPane(model, dialogs, Set.of());
        getDialogPane().setContent(pane);
        getDialogPane().getStyleClass().add("wide-dialog");
        getDialogPane().setMinWidth(pane.getPrefWidth());
        getDialogPane().getButtonTypes().addAll(save, Dialogs.cancel());
        Node button = getDialogPane().lookupButton(save);
        button.setId("settings-save");
        button.disableProperty().bind(model.valid().not());
        dialogs.theme().apply(this);
    }

    /** Shows it until it is closed; true when the user wants the changes. */
    public boolean ask(SettingsPage first) {
        Optional.ofNullable(first).ifPresent(pane::show);
        return showAndWait().filter(save::equals).isPresent();
    }
}
