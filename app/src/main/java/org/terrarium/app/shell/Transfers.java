package org.terrarium.app.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.FormDialog;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.text.Text;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.transfer.MachineExport;
import org.terrarium.vm.transfer.MachineExport.Kind;
import org.terrarium.vm.transfer.MachineImport;

/** Takes machines to other programs and brings them in from there, with the questions that belong to it. Belongs to the JavaFX thread. */
final class Transfers {
    private static final double FORM_WIDTH = 500;
    private static final String FOLDER = "exports";
    private static final Set<String> PACKAGES = Set.of("ova", "ovf", "zip");

    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Names names;

    Transfers(Stage stage, LibraryModel model, Services services) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.names = new Names(model);
    }

    /** Whether a file's name says that it is a machine of another program, or one that was packed here. */
    static boolean isPackage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return PACKAGES.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }

    /** Asks what a machine is to become and where, and exports it. */
    void export(MachineModel machine) {
        ExportModel answers = new ExportModel(machine.name(), dialogs.usualFolder(FOLDER));
        Form form = new Form();
        form.setPrefWidth(FORM_WIDTH);
        form.note(Text.of(machine.status().startable() ? "shell.export.what" : "shell.export.whatRunning"));
        ToggleGroup group = new ToggleGroup();
        VBox kinds = new VBox(4);
        for (Kind kind : Kind.values()) {
            kinds.getChildren().add(choice(kind, group, answers));
            kinds.getChildren().add(Form.underChoice(Text.of("shell.export.kind." + kind.name() + ".what")));
        }
        form.getChildren().add(kinds);
        Button other = Buttons.labelled(
                "folder",
                Text.of("shell.export.folder"),
                () -> dialogs.chooseFolder(stage, FOLDER, Text.of("shell.export.folderTitle"))
                        .ifPresent(answers::moveTo));
        TextField field = form.file(
                "export-target",
                Text.of("shell.export.where"),
                answers.targetProperty(),
                answers.problem(),
                null,
                other);
        FormDialog dialog = new FormDialog(
                services.theme(),
                stage,
                "export",
                Text.of("shell.export.title", machine.name()),
                form,
                Text.of("shell.export.agree"));
        dialog.agreeButton().disableProperty().bind(answers.problem().isNotEmpty());
        if (dialog.ask(field)) {
            Kind kind = answers.kindProperty().get();
            services.tasks()
                    .follow(
                            MachineExport.start(
                                    machine.folder(), kind, AllowedFolders.gate(System.getenv()), answers.target()),
                            made -> dialogs.tell(
                                    stage,
                                    Text.of("shell.export.done", machine.name()),
                                    Text.of("shell.export.kind." + kind.name() + ".next", made)),
                            sentence -> dialogs.error(stage, Text.of("shell.export.failed", machine.name()), sentence));
        }
    }

    private static Node choice(Kind kind, ToggleGroup group, ExportModel answers) {
        RadioButton choice = new RadioButton(Text.of(kind));
        choice.setId("export-" + kind.id());
        choice.setToggleGroup(group);
        choice.setSelected(kind == answers.kindProperty().get());
        choice.setAccessibleHelp(Text.of("shell.export.kind." + kind.name() + ".what"));
        choice.selectedProperty().addListener((o, was, is) -> {
            if (is) {
                answers.kindProperty().set(kind);
            }
        });
        return choice;
    }

    /** Asks for a package and what the machine in it is to be called, and brings it in; {@code file} may be null. */
    void bringIn(Path file) {
        StringProperty path = new SimpleStringProperty(file == null ? "" : file.toString());
        StringProperty name = new SimpleStringProperty("");
        StringProperty fileProblem = new SimpleStringProperty();
        fileProblem.bind(
                Bindings.createStringBinding(() -> fileProblem(path.get().strip()), path));
        StringProperty nameProblem = new SimpleStringProperty();
        nameProblem.bind(Bindings.createStringBinding(
                () -> name.get().isBlank() ? "" : names.problem(name.get().strip(), null), name));
        Form form = new Form();
        form.setPrefWidth(FORM_WIDTH);
        form.note(Text.of("shell.import.what"));
        Button browse = Buttons.labelled(
                "folder",
                Text.of("shell.import.choose"),
                () -> dialogs.chooseFile(
                                stage,
                                FOLDER,
                                Text.of("shell.import.chooseTitle"),
                                new ExtensionFilter(Text.of("shell.import.files"), "*.ova", "*.ovf", "*.zip"))
                        .ifPresent(found -> path.set(found.toString())));
        TextField field = form.file("import-file", Text.of("shell.import.file"), path, fileProblem, null, browse);
        TextField called = form.text(
                "import-name", Text.of("shell.import.name"), name, nameProblem, Text.of("shell.import.nameHint"));
        FormDialog dialog = new FormDialog(
                services.theme(), stage, "import", Text.of("shell.import.title"), form, Text.of("shell.import.agree"));
        dialog.agreeButton().disableProperty().bind(fileProblem.isNotEmpty().or(nameProblem.isNotEmpty()));
        if (dialog.ask(file == null ? field : called)) {
            String chosen = name.get().isBlank() ? null : name.get().strip();
            services.tasks()
                    .follow(
                            MachineImport.start(
                                    model.library(), Path.of(path.get().strip()), chosen, new SecureRandom()),
                            this::arrived,
                            sentence -> dialogs.error(stage, Text.of("shell.import.failed"), sentence));
        }
    }

    private static String fileProblem(String path) {
        if (path.isEmpty()) {
            return Text.of("shell.import.file.empty");
        }
        try {
            return Files.exists(Path.of(path)) ? "" : Text.of("shell.import.file.none");
        } catch (IllegalArgumentException e) {
            return Text.of("shell.import.file.none");
        }
    }

    private void arrived(MachineImport.Imported made) {
        model.refreshAndSelect(made.machine().name(), m -> {
            if (!made.remarks().isEmpty()) {
                dialogs.tell(stage, Text.of("shell.import.done", m.name()), String.join("\n\n", made.remarks()));
            }
        });
    }
}
