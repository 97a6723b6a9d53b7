package org.terrarium.app.snapshots;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Ask;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.FormDialog;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.Snapshots;

/** What the user does with snapshots, with the questions that belong to it. Belongs to the JavaFX thread. */
public final class SnapshotActions implements SnapshotTreeView.Actions {
    private static final int NAME_LENGTH = 200;
    private static final int NOTE_ROWS = 3;
    private static final double FORM_WIDTH = 440;

    /** What the window does for this. */
    public interface Host {
        /** Asks how the machine, or what it was in a snapshot, is to be cloned; null for what it is now. */
        void clone(MachineModel machine, SnapshotItem from);

        /** Shows what is different in a snapshot from another one. */
        void compare(SnapshotsModel model, SnapshotItem with);
    }

    private final Supplier<Window> owner;
    private final Dialogs dialogs;
    private final Host host;

    public SnapshotActions(Supplier<Window> owner, Dialogs dialogs, Host host) {
        this.owner = owner;
        this.dialogs = dialogs;
        this.host = host;
    }

    /** Asks for a name and takes a snapshot. */
    public void take(SnapshotsModel model) {
        if (!model.whyNotTake().isEmpty()) {
            return;
        }
        boolean on = model.machine().status().live();
        askForNew(dialogs, owner.get(), model.machine().name(), model.freeName(), on)
                .ifPresent(wish -> model.take(wish.name(), wish.note()));
    }

    /**
     * Asks what a snapshot that is about to be taken shall be called.
     *
     * @param on whether the machine is on, so that memory and screen are kept as well
     */
    public static Optional<Snapshots.Wish> askForNew(
            Dialogs dialogs, Window owner, String machine, String freeName, boolean on) {
        TextArea note = note("");
        Label what = new Label(Text.of(on ? "snapshots.take.running" : "snapshots.take.off"));
        String headline = Text.of("snapshots.take.title", machine);
        return text(dialogs, owner, "snapshot", headline, Text.of("snapshots.take.agree"), freeName, note, what)
                .map(name -> new Snapshots.Wish(name, note.getText().strip(), false));
    }

    private static TextArea note(String text) {
        TextArea note = new TextArea(text);
        note.setId("snapshot-note-asked");
        note.setPrefRowCount(NOTE_ROWS);
        note.setWrapText(true);
        note.setPromptText(Text.of("snapshots.note.prompt"));
        return note;
    }

    /** Asks for a name and a note. */
    private static Optional<String> text(
            Dialogs dialogs,
            Window owner,
            String icon,
            String headline,
            String agree,
            String name,
            TextArea note,
            Label... sentences) {
        Label noteLabel = new Label(Text.of("snapshots.note"));
        noteLabel.getStyleClass().add("field-label");
        noteLabel.setLabelFor(note);
        Ask ask = new Ask(dialogs.theme(), owner, icon, headline, agree)
                .with(noteLabel)
                .with(note);
        for (Label sentence : sentences) {
            sentence.getStyleClass().add("field-hint");
            sentence.setWrapText(true);
            sentence.setMinHeight(Label.USE_PREF_SIZE);
            ask.with(sentence);
        }
        return ask.show(Text.of("snapshots.name"), name, null, SnapshotActions::nameProblem);
    }

    /** What is wrong with a snapshot's name, a sentence or empty. */
    static String nameProblem(String name) {
        return name.isBlank() || name.length() > NAME_LENGTH ? Text.of("snapshots.name.wrong", NAME_LENGTH) : "";
    }

    @Override
    public void rename(SnapshotsModel model) {
        model.selected().filter(s -> model.whyNotUse(s).isEmpty()).ifPresent(item -> {
            TextArea note = note(item.node().note());
            text(
                            dialogs,
                            owner.get(),
                            "rename",
                            Text.of("snapshots.rename.title", item.name()),
                            Text.of("snapshots.rename.agree"),
                            item.name(),
                            note)
                    .ifPresent(name -> model.describe(item, name, note.getText().strip()));
        });
    }

    @Override
    public void open(SnapshotsModel model) {
        model.selected().ifPresentOrElse(item -> restore(model, item), () -> take(model));
    }

    /** Asks what becomes of the present state, and restores a snapshot. */
    void restore(SnapshotsModel model, SnapshotItem item) {
        if (!model.whyNotUse(item).isEmpty()) {
            return;
        }
        boolean on = !model.machine().status().startable();
        BooleanProperty first = new SimpleBooleanProperty(model.whyNotTake().isEmpty());
        StringProperty name = new SimpleStringProperty(model.freeName());
        BooleanProperty start = new SimpleBooleanProperty(on);
        StringProperty problem = new SimpleStringProperty("");
        problem.bind(Bindings.createStringBinding(
                () -> first.get() ? nameProblem(name.get().strip()) : "", first, name));
        Form form = new Form();
        form.setPrefWidth(FORM_WIDTH);
        form.note(Text.of(on ? "snapshots.restore.textOn" : "snapshots.restore.text"));
        form.check("restore-first", Text.of("snapshots.restore.first"), first, null)
                .setDisable(!model.whyNotTake().isEmpty());
        TextField field = form.text("restore-first-name", Text.of("snapshots.restore.firstName"), name, problem, null);
        field.disableProperty().bind(first.not());
        form.check(
                "restore-start",
                Text.of("snapshots.restore.start"),
                start,
                Text.of(
                        item.node().state() == SnapshotNode.State.SAVED
                                ? "snapshots.restore.startState"
                                : "snapshots.restore.startBoots"));
        FormDialog dialog = new FormDialog(
                dialogs.theme(),
                owner.get(),
                "snapshot",
                Text.of("snapshots.restore.title", item.name()),
                form,
                Text.of("snapshots.restore.agree"));
        dialog.agreeButton().disableProperty().bind(problem.isNotEmpty());
        if (dialog.ask(dialog.agreeButton())) {
            model.restore(item, first.get() ? name.get().strip() : null, start.get());
        }
    }

    @Override
    public void delete(SnapshotsModel model) {
        model.selected().filter(s -> model.whyNotUse(s).isEmpty()).ifPresent(item -> {
            if (dialogs.confirm(
                    owner.get(),
                    Text.of("snapshots.delete.title", item.name()),
                    Text.of("snapshots.delete.text"),
                    Text.of("snapshots.delete.agree"))) {
                model.delete(item);
            }
        });
    }

    void compare(SnapshotsModel model) {
        model.selected().ifPresent(item -> host.compare(model, item));
    }

    void copy(SnapshotsModel model) {
        host.clone(model.machine(), model.selected().orElse(null));
    }

    /** Asks for automatic snapshots and limits. */
    void policy(SnapshotsModel model) {
        PolicyModel answers = new PolicyModel(model.shown().policy());
        Form form = new Form();
        form.setPrefWidth(FORM_WIDTH);
        form.note(Text.of("snapshots.policy.what"));
        form.check("policy-automatic", Text.of("snapshots.policy.automatic"), answers.automaticProperty(), null);
        TextField minutes = form.number(
                "policy-minutes",
                Text.of("snapshots.policy.every"),
                answers.minutesProperty(),
                Text.of("snapshots.policy.minutes"),
                answers.minutesProblem(),
                null);
        TextField keep = form.number(
                "policy-keep",
                Text.of("snapshots.policy.keep"),
                answers.keepProperty(),
                "",
                answers.keepProblem(),
                Text.of("snapshots.policy.keepWhat"));
        form.number(
                "policy-most",
                Text.of("snapshots.policy.most"),
                answers.mostProperty(),
                "",
                answers.mostProblem(),
                Text.of("snapshots.policy.mostWhat"));
        List.of(minutes, keep)
                .forEach(f ->
                        f.disableProperty().bind(answers.automaticProperty().not()));
        VBox box = new VBox(form);
        FormDialog dialog = new FormDialog(
                dialogs.theme(),
                owner.get(),
                "options",
                Text.of("snapshots.policy.title", model.machine().name()),
                box,
                Text.of("snapshots.policy.agree"));
        dialog.agreeButton().disableProperty().bind(answers.valid().not());
        if (dialog.ask(form)) {
            model.setPolicy(answers.policy());
        }
    }

    @Override
    public ContextMenu menu(SnapshotsModel model) {
        ContextMenu menu = new ContextMenu();
        SnapshotCommands commands = new SnapshotCommands(this, () -> model);
        commands.refresh();
        menu.getItems().setAll(commands.contextItems(model.selected().isPresent()));
        return menu;
    }
}
