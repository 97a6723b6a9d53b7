package org.terrarium.app.settings;

import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.ClipboardText;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.text.Text;
import org.terrarium.vm.MachineBuilder;

/** The shared folders, one below the other, each with the command that a Linux guest mounts it by. */
final class SharesPane extends VBox {
    private final SettingsModel model;
    private final Dialogs dialogs;
    private final Supplier<Window> window;
    private final SimpleStringProperty whyNot;

    SharesPane(SettingsModel model, Dialogs dialogs, Supplier<Window> window) {
        super(12);
        this.model = model;
        this.dialogs = dialogs;
        this.window = window;
        whyNot = new SimpleStringProperty(model.whyNotNow());
        Button add = Buttons.labelled(
                "add",
                Text.of("settings.shares.add"),
                () -> dialogs.chooseFolder(window.get(), "share", Text.of("settings.shares.choose"))
                        .ifPresent(model::addShare));
        add.setId("share-add");
        PartsList<ShareModel> shares = new PartsList<>(
                model.shares(),
                MachineBuilder.MAX_SHARES,
                add,
                model.running(),
                Text.of("settings.shares.none"),
                this::pane);
        getChildren().addAll(shares, Form.hint(Text.of("settings.shares.systems")));
    }

    private TitledPane pane(ShareModel share, int number) {
        Form form = new Form();
        Button choose = Buttons.choose(
                () -> dialogs.chooseFolder(window.get(), "share", Text.of("settings.shares.choose")),
                folder -> share.folderProperty().set(folder.toString()));
        TextField folder = form.file(
                "share-folder-" + number,
                Text.of("settings.shares.folder"),
                share.folderProperty(),
                share.problem(),
                null,
                choose);
        form.note(share.warning(), "field-warning");
        TextField tag = form.text(
                "share-tag-" + number,
                Text.of("settings.shares.tag"),
                share.tagProperty(),
                null,
                Text.of("settings.shares.tagHint"));
        CheckBox readOnly = form.check(
                "share-readonly-" + number,
                Text.of("settings.shares.readOnly"),
                share.readOnlyProperty(),
                Text.of("settings.shares.readOnlyHint"));
        TextField command = new TextField();
        command.setId("share-command-" + number);
        command.setEditable(false);
        command.textProperty().bind(share.command());
        HBox.setHgrow(command, Priority.ALWAYS);
        command.setMaxHeight(Double.MAX_VALUE);
        Button copy =
                Buttons.labelled("copy", Text.of("settings.shares.copy"), () -> ClipboardText.put(command.getText()));
        copy.setId("share-copy-" + number);
        form.add(
                Text.of("settings.shares.command"),
                new HBox(8, command, copy),
                command,
                null,
                Text.of("settings.shares.commandHint"));
        Button remove =
                PartsList.remover(model.shares(), share, "share-remove-" + number, Text.of("settings.shares.remove"));
        form.getChildren().add(new HBox(remove));
        Form.unless(whyNot, folder, choose, tag, readOnly, remove);
        TitledPane pane = new TitledPane("", form);
        pane.textProperty().bind(share.tagProperty().map(t -> Text.of("settings.shares.share", t)));
        return pane;
    }
}
