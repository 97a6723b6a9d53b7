package org.terrarium.app.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.LibraryView;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.media.MediaKind;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** What happens to files that are dropped onto the window: onto a machine they are inserted, elsewhere they make a new one. */
final class FileDrops {
    /** What the window does with them. */
    interface Actions {
        /** Asks for the rest of a machine that starts from a CD, floppy or disk. */
        void newMachine(Path media, MediaKind kind);

        /** Takes a machine's folder into the library. */
        void openFolder(Path folder);

        /** Brings a machine in that another program, or this one, has packed. */
        void bringIn(Path file);
    }

    private final Stage stage;
    private final Services services;
    private final Actions actions;

    FileDrops(Stage stage, Services services, Actions actions) {
        this.stage = stage;
        this.services = services;
        this.actions = actions;
    }

    /** From now on files can be dropped there. */
    void accept(Scene scene) {
        scene.setOnDragOver(e -> {
            if (e.getDragboard().hasFiles()) {
                e.acceptTransferModes(TransferMode.COPY);
                e.consume();
            }
        });
        scene.setOnDragDropped(this::dropped);
    }

    private void dropped(DragEvent e) {
        List<File> files = e.getDragboard().getFiles();
        e.setDropCompleted(!files.isEmpty());
        e.consume();
        Optional<MachineModel> onto = e.getPickResult().getIntersectedNode() == null
                ? Optional.empty()
                : LibraryView.machineAt(e.getPickResult().getIntersectedNode());
        if (!files.isEmpty()) {
            take(files.getFirst().toPath(), onto);
        }
    }

    /** Looks at a file in the background, then does with it what it is good for. */
    void take(Path file, Optional<MachineModel> onto) {
        if (Transfers.isPackage(file)) {
            // Not in the middle of the drop, which a question would hold up.
            FxThread.later(() -> actions.bringIn(file));
            return;
        }
        services.threads().background().execute(() -> {
            try {
                MediaKind kind = MediaKind.of(file);
                services.threads().ui().execute(() -> take(file, kind, onto));
            } catch (IOException e) {
                String sentence = HostTrouble.sentence(e);
                services.threads()
                        .ui()
                        .execute(() -> services.dialogs().error(stage, Text.of("shell.drop.failed"), sentence));
            }
        });
    }

    private void take(Path file, MediaKind kind, Optional<MachineModel> onto) {
        if (kind == MediaKind.MACHINE) {
            actions.openFolder(file);
        } else if (onto.isEmpty()) {
            actions.newMachine(file, kind);
        } else {
            insert(file, kind, onto.get());
        }
    }

    private void insert(Path file, MediaKind kind, MachineModel machine) {
        Dialogs dialogs = services.dialogs();
        switch (kind) {
            case CD -> machine.changeCd(file);
            case FLOPPY -> machine.changeFloppy(0, file);
            default -> {
                if (!machine.status().startable() || machine.status() == Status.BROKEN) {
                    dialogs.error(stage, Text.of("shell.drop.disk", machine.name()), Text.of("shell.drop.diskWhileOn"));
                } else if (dialogs.confirm(
                        stage,
                        Text.of("shell.drop.disk", machine.name()),
                        Text.of("shell.drop.diskText", file),
                        Text.of("shell.drop.diskAgree"))) {
                    machine.change(spec -> withDisk(spec, machine.folder().name(file)));
                }
            }
        }
    }

    private static MachineSpec withDisk(MachineSpec spec, Path file) {
        List<DiskSpec> disks = new ArrayList<>(spec.disks());
        disks.add(new DiskSpec(file, null));
        return spec.withDisks(disks);
    }
}
