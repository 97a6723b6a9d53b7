package org.terrarium.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import org.terrarium.app.fx.ClipboardText;
import org.terrarium.app.fx.Pictures;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.snapshots.SnapshotActions;
import org.terrarium.app.snapshots.SnapshotsModel;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.display.TextScreen;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.Snapshots;

/** What the console's buttons, menus and host keys do with the machine. Belongs to the JavaFX thread. */
final class ConsoleActions {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final Stage stage;
    private final ConsoleSubject subject;
    private final LiveMachine machine;
    private final ConsoleServices services;
    private final Recording recording;
    private final ReadOnlyObjectProperty<ConsoleModel> model;
    private final Notice notice;

    /** Tells the user that something was done. */
    @FunctionalInterface
    interface Notice {
        void say(String sentence);
    }

    ConsoleActions(
            Stage stage,
            ConsoleSubject subject,
            ConsoleServices services,
            Recording recording,
            ReadOnlyObjectProperty<ConsoleModel> model,
            Notice notice) {
        this.stage = stage;
        this.subject = subject;
        this.machine = subject.live();
        this.services = services;
        this.recording = recording;
        this.model = model;
        this.notice = notice;
    }

    void reset() {
        if (machine.status().live()
                && services.dialogs()
                        .confirm(
                                stage,
                                Text.of("console.reset.title", subject.name()),
                                Text.of("console.reset.text"),
                                Text.of("console.reset.do"))) {
            machine.reset();
        }
    }

    void powerOff() {
        if (services.dialogs()
                .confirm(
                        stage,
                        Text.of("console.powerOff.title", subject.name()),
                        Text.of("console.powerOff.text"),
                        Text.of("console.powerOff.do"))) {
            machine.powerOff();
        }
    }

    /** Asks for a name and takes a snapshot, while the guest runs on. */
    void takeSnapshot() {
        subject.snapshots().ifPresentOrElse(this::takeSnapshot, () -> notice.say(Text.of("console.snapshot.none")));
    }

    private void takeSnapshot(LiveSnapshots live) {
        List<String> names =
                live.tree().nodes().values().stream().map(SnapshotNode::name).toList();
        SnapshotActions.askForNew(
                        services.dialogs(), stage, subject.name(), SnapshotsModel.freeName(names), machine.on())
                .ifPresent(wish -> services.threads().background().execute(() -> take(live, wish)));
    }

    private void take(LiveSnapshots live, Snapshots.Wish wish) {
        try {
            live.take(wish).saving().await();
            services.threads().ui().execute(() -> notice.say(Text.of("console.snapshot.taken", wish.name())));
        } catch (IOException | RuntimeException e) {
            services.problems().report(Text.of("snapshots.trouble.take", subject.name()), HostTrouble.sentence(e));
        }
    }

    void press(Chord combination) {
        model().ifPresent(m -> m.press(combination));
    }

    void insertCd() {
        services.dialogs().chooseIso(stage).ifPresent(subject::changeCd);
    }

    void insertFloppy(int drive) {
        services.dialogs().chooseFloppy(stage).ifPresent(file -> subject.changeFloppy(drive, file));
    }

    /** Asks for a file and saves what the screen shows. */
    void screenshot() {
        services.dialogs()
                .saveFile(
                        stage,
                        "pictures",
                        Text.of("console.screenshot.title"),
                        fileName(".png"),
                        new ExtensionFilter(Text.of("console.screenshot.files"), "*.png"))
                .ifPresent(machine::screenshot);
    }

    /** Puts what the screen shows on the clipboard. */
    void copyPicture() {
        machine()
                .ifPresent(m -> services.threads().background().execute(() -> {
                    Picture picture = m.picture();
                    services.threads().ui().execute(() -> {
                        ClipboardContent content = new ClipboardContent();
                        content.putImage(Pictures.image(picture));
                        Clipboard.getSystemClipboard().setContent(content);
                        notice.say(Text.of("console.copied.picture", picture.width(), picture.height()));
                    });
                }));
    }

    /** Puts the characters of a text mode's screen on the clipboard. */
    void copyText() {
        machine().ifPresent(m -> {
            TextScreen text = m.screen().text();
            if (!text.present()) {
                notice.say(Text.of("console.copied.graphics"));
                return;
            }
            ClipboardText.put(text.text().stripTrailing() + "\n");
            notice.say(Text.of("console.copied.text", text.rows()));
        });
    }

    /** Begins a recording in a file that the user chooses, or ends the one that is going on. */
    void toggleRecording() {
        if (recording.running()) {
            recording.stop();
            return;
        }
        machine()
                .ifPresent(m -> services.dialogs()
                        .saveFile(
                                stage,
                                "pictures",
                                Text.of("console.record.title"),
                                fileName(".gif"),
                                new ExtensionFilter(Text.of("console.record.files"), "*.gif"))
                        .ifPresent(file -> record(m, file)));
    }

    void record(Machine m, Path file) {
        recording.start(m.screen(), file);
    }

    /** Shows the text of the clipboard and types it into the guest when the user agrees. */
    void paste() {
        model().ifPresent(m -> {
            PasteDialog dialog = new PasteDialog(
                    stage,
                    services,
                    Optional.ofNullable(Clipboard.getSystemClipboard().getString())
                            .orElse(""));
            dialog.showAndWait().ifPresent(typed -> type(m, typed));
        });
    }

    private void type(ConsoleModel m, PasteDialog.Typed typed) {
        try {
            m.paste(typed.text(), typed.layout());
        } catch (IllegalArgumentException e) {
            services.dialogs().error(stage, Text.of("console.paste.failed"), HostTrouble.sentence(e));
        }
    }

    /** Shows and changes what the host key does with other keys; a change counts from the machine's next start. */
    void hostKeys() {
        HostKeyDialog.show(stage, services);
    }

    private String fileName(String ending) {
        return subject.name() + "-" + LocalDateTime.now().format(FILE_TIME) + ending;
    }

    private Optional<ConsoleModel> model() {
        return Optional.ofNullable(model.get());
    }

    private Optional<Machine> machine() {
        return Optional.ofNullable(machine.machineProperty().get());
    }
}
