package org.terrarium.app.shell;

import java.security.SecureRandom;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.FormDialog;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.snapshots.SnapshotItem;
import org.terrarium.app.text.Text;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.MachineCloner;
import org.terrarium.vm.library.MachineFolder;

/** Makes machines out of machines: clones, templates and what is made of those by one click. Belongs to the JavaFX thread. */
final class Clones {
    private static final double FORM_WIDTH = 460;

    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Names names;

    Clones(Stage stage, LibraryModel model, Services services) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.names = new Names(model);
    }

    /**
     * Asks how a machine is to be cloned, and does it.
     *
     * @param from the snapshot to be cloned; null for what the machine is now
     */
    void ask(Window over, MachineModel machine, SnapshotItem from) {
        StringProperty name = new SimpleStringProperty(names.free(machine.name()));
        StringProperty problem = new SimpleStringProperty();
        problem.bind(Bindings.createStringBinding(() -> names.problem(name.get().strip(), null), name));
        boolean fromTemplate = machine.template();
        BooleanProperty linked = new SimpleBooleanProperty(fromTemplate);
        BooleanProperty template = new SimpleBooleanProperty();
        Form form = new Form();
        form.setPrefWidth(FORM_WIDTH);
        form.note(
                from != null
                        ? Text.of("shell.clone.fromSnapshot", from.name())
                        : Text.of(machine.status().startable() ? "shell.clone.fromNow" : "shell.clone.fromRunning"));
        TextField field = form.text("clone-name", Text.of("shell.clone.name"), name, problem, null);
        field.selectAll();
        ToggleGroup kinds = new ToggleGroup();
        VBox kind = new VBox(
                4,
                choice("clone-full", "shell.clone.full", kinds, !fromTemplate),
                Form.underChoice(Text.of("shell.clone.full.what")),
                choice("clone-linked", "shell.clone.linked", kinds, fromTemplate),
                Form.underChoice(Text.of("shell.clone.linked.what")));
        kinds.selectedToggleProperty()
                .addListener(
                        (o, was, is) -> linked.set(((RadioButton) is).getId().equals("clone-linked")));
        form.getChildren().add(kind);
        form.check("clone-template", Text.of("shell.clone.template"), template, Text.of("shell.clone.template.what"));
        FormDialog dialog = new FormDialog(
                services.theme(),
                over,
                "copy",
                Text.of("shell.clone.title", machine.name()),
                form,
                Text.of("shell.clone.agree"));
        dialog.agreeButton().disableProperty().bind(problem.isNotEmpty());
        if (dialog.ask(field)) {
            make(machine, from, name.get().strip(), linked.get(), template.get());
        }
    }

    private static RadioButton choice(String id, String key, ToggleGroup group, boolean selected) {
        RadioButton choice = new RadioButton(Text.of(key));
        choice.setId(id);
        choice.setToggleGroup(group);
        choice.setSelected(selected);
        choice.setAccessibleHelp(Text.of(key + ".what"));
        return choice;
    }

    /** One click on a template: a linked clone with the next free name. */
    void linkedClone(MachineModel machine) {
        make(machine, null, names.free(machine.name()), true, false);
    }

    private void make(MachineModel machine, SnapshotItem from, String name, boolean linked, boolean template) {
        MachineCloner cloner =
                new MachineCloner(model.library(), AllowedFolders.gate(System.getenv()), new SecureRandom());
        String snapshot = from == null ? null : from.id();
        DiskJob<MachineFolder> job = linked
                ? cloner.linked(machine.folder(), snapshot, name)
                : cloner.full(machine.folder(), snapshot, name);
        services.tasks()
                .follow(
                        job,
                        made -> model.refreshAndSelect(made.name(), m -> {
                            if (template) {
                                m.change(spec -> spec.withTemplate(true));
                            }
                        }),
                        sentence -> dialogs.error(stage, Text.of("shell.clone.failed", machine.name()), sentence));
    }

    /** Makes a machine a template, or a template an ordinary machine again. */
    void toggleTemplate(MachineModel machine) {
        boolean now = machine.template();
        if (now
                || dialogs.confirm(
                        stage,
                        Text.of("shell.template.title", machine.name()),
                        Text.of("shell.template.text"),
                        Text.of("shell.template.agree"))) {
            machine.change(spec -> spec.withTemplate(!now));
        }
    }
}
