package org.terrarium.app.preferences;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Shortcuts;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.vm.cli.Front.Finding;
import org.terrarium.vm.library.Preference;

/** What the user can choose for all machines, and what this computer is good for. */
public final class PreferencesDialog extends Dialog<ButtonType> {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 520;

    /** Kept, as a box knows its value only weakly. */
    private final List<ObjectProperty<String>> chosen = new ArrayList<>();

    private final PreferencesModel model;
    private final Dialogs dialogs;
    private final ButtonType save = new ButtonType(Text.of("preferences.save"), ButtonData.OK_DONE);

    /**
     * @param library where the machines are now
     * @param threads where the host is looked at
     * @param hostKeys shows and changes what the host key does with other keys, over the window given
     */
    public PreferencesDialog(
            Window owner,
            Dialogs dialogs,
            PreferencesModel model,
            Shortcuts shortcuts,
            Path library,
            Threads threads,
            Consumer<Window> hostKeys) {
        this.model = model;
        this.dialogs = dialogs;
        initOwner(owner);
        setTitle(Text.of("preferences.title"));
        setResizable(true);
        TabPane tabs = new TabPane(
                tab("appearance", appearance()),
                tab("folders", folders(library)),
                tab("input", input(hostKeys)),
                tab("shortcuts", new ShortcutsPane(shortcuts, dialogs, this::window)),
                tab("host", host(library, threads)));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setPrefSize(WIDTH, Dialogs.height(HEIGHT));
        getDialogPane().setContent(tabs);
        getDialogPane().getStyleClass().add("wide-dialog");
        getDialogPane().setMinWidth(WIDTH);
        getDialogPane().getButtonTypes().addAll(save, Dialogs.cancel());
        Node button = getDialogPane().lookupButton(save);
        button.setId("preferences-save");
        button.disableProperty().bind(model.valid().not());
        dialogs.theme().apply(this);
    }

    private Window window() {
        return getDialogPane().getScene().getWindow();
    }

    private static Tab tab(String id, Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        content.getStyleClass().add("settings-page");
        Tab tab = new Tab(Text.of("preferences.tab." + id), scroll);
        tab.setId("tab-" + id);
        return tab;
    }

    private Node appearance() {
        Form form = new Form();
        choice(form, "pref-theme", "preferences.theme", Preference.THEME, null);
        choice(form, "pref-language", "preferences.language", Preference.LANGUAGE, Text.of("preferences.languageHint"));
        return form;
    }

    private void choice(Form form, String id, String key, Preference preference, String hint) {
        ObjectProperty<String> value =
                new SimpleObjectProperty<>(model.value(preference).get());
        value.addListener((o, was, is) -> model.value(preference).set(is));
        chosen.add(value);
        form.choice(id, Text.of(key), value, preference.choices(), v -> Text.of(key + "." + v), hint);
    }

    private Node folders(Path library) {
        Form form = new Form();
        TextField home =
                folder(form, "pref-library", "preferences.library", Preference.LIBRARY_FOLDER, model.libraryProblem());
        home.setPromptText(library.toString());
        folder(form, "pref-media", "preferences.media", Preference.MEDIA_FOLDER, model.mediaProblem());
        form.text(
                "pref-allowed",
                Text.of("preferences.allowed"),
                model.value(Preference.ALLOWED_FOLDERS),
                null,
                Text.of("preferences.allowedHint", java.io.File.pathSeparator));
        return form;
    }

    private TextField folder(
            Form form, String id, String key, Preference preference, javafx.beans.value.ObservableStringValue problem) {
        Button choose = Buttons.choose(
                () -> dialogs.chooseFolder(window(), preference.key(), Text.of(key)),
                f -> model.value(preference).set(f.toString()));
        return form.file(id, Text.of(key), model.value(preference), problem, Text.of(key + ".hint"), choose);
    }

    private Node input(Consumer<Window> hostKeys) {
        Form form = new Form();
        choice(form, "pref-hostkey", "preferences.hostKey", Preference.HOST_KEY, Text.of("preferences.hostKeyHint"));
        Button commands =
                Buttons.labelled("keyboard", Text.of("preferences.hostKeyCommands"), () -> hostKeys.accept(window()));
        commands.setId("pref-host-commands");
        form.getChildren().add(new HBox(commands));
        form.note(Text.of("preferences.hostKeyCommandsHint"));
        return form;
    }

    private static Node host(Path library, Threads threads) {
        VBox list = new VBox(12);
        list.setId("host-check");
        list.getChildren().add(new Label(Text.of("preferences.host.looking")));
        Supplier<List<Finding>> look = () -> HostCheck.run(library, Path.of("/dev/kvm"));
        threads.background().execute(() -> {
            List<Finding> findings = look.get();
            threads.ui()
                    .execute(() -> list.getChildren()
                            .setAll(findings.stream()
                                    .map(PreferencesDialog::finding)
                                    .toList()));
        });
        return list;
    }

    private static Node finding(Finding finding) {
        Label title = new Label(finding.title());
        title.getStyleClass().add("field-label");
        Label advice = new Label(finding.advice());
        advice.setWrapText(true);
        advice.setMinHeight(Region.USE_PREF_SIZE);
        VBox text = new VBox(3, title, advice);
        HBox.setHgrow(text, Priority.ALWAYS);
        Node icon = Icons.of(finding.good() ? "check" : "warning", 20);
        icon.getStyleClass().add(finding.good() ? "finding-good" : "finding-bad");
        HBox row = new HBox(12, icon, text);
        row.getStyleClass().add("card");
        return row;
    }

    /** Shows it until it is closed and writes what was changed; true when something was. */
    public boolean ask() {
        if (showAndWait().filter(save::equals).isEmpty()) {
            return false;
        }
        boolean restart = model.needsRestart();
        try {
            model.save();
        } catch (IOException | IllegalArgumentException e) {
            dialogs.error(getOwner(), Text.of("preferences.failed"), e.getMessage());
            return false;
        }
        if (restart) {
            dialogs.tell(getOwner(), Text.of("preferences.restart"), Text.of("preferences.restartText"));
        }
        return true;
    }
}
