package org.terrarium.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.stage.Stage;
import org.terrarium.app.fx.Ask;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** Does what the user asks of a machine, with the questions that belong to it. Belongs to the JavaFX thread. */
final class MachineActions implements MachineCommands.Actions {
    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Consoles consoles;
    private final BiConsumer<MachineModel, Stage> settings;
    private final Clones clones;
    private final Transfers transfers;
    private final SnapshotWindows snapshots;
    private final Names names;

    /**
     * @param settings shows a machine's settings over a window
     * @param snapshots the machines' snapshots and their windows
     */
    MachineActions(
            Stage stage,
            LibraryModel model,
            Services services,
            Consoles consoles,
            BiConsumer<MachineModel, Stage> settings,
            Clones clones,
            Transfers transfers,
            SnapshotWindows snapshots) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.consoles = consoles;
        this.settings = settings;
        this.clones = clones;
        this.transfers = transfers;
        this.snapshots = snapshots;
        this.names = new Names(model);
    }

    @Override
    public void open(MachineModel machine) {
        if (machine.status().startable()) {
            withDisks(
                    machine,
                    m -> snapshots.offerLastState(m, () -> {
                        m.start();
                        consoles.show(m);
                    }));
        } else if (machine.status() != Status.BROKEN && machine.status() != Status.ELSEWHERE) {
            consoles.show(machine);
        }
    }

    @Override
    public void startHeadless(MachineModel machine) {
        withDisks(machine, MachineModel::startHeadless);
    }

    /** Does it when all disks are there; else asks where they are. */
    private void withDisks(MachineModel machine, Consumer<MachineModel> then) {
        MachineSpec spec = machine.specProperty().get();
        List<DiskSpec> missing = MachineLibrary.missingDisks(machine.folder(), spec);
        if (missing.isEmpty()) {
            then.accept(machine);
            return;
        }
        DiskSpec disk = missing.getFirst();
        Path file = machine.folder().resolve(disk.file());
        Optional<Integer> answer = dialogs.choose(
                stage,
                Text.of("shell.missing.title", machine.name()),
                Text.of("shell.missing.text", file),
                List.of(Text.of("shell.missing.locate"), Text.of("shell.missing.remove")));
        Optional<Path> found = answer.filter(n -> n == 0).flatMap(n -> dialogs.chooseDisk(stage));
        if (found.isPresent()) {
            machine.change(s -> s.withDisks(exchanged(s.disks(), disk, located(machine, disk, found.get()))));
        } else if (answer.filter(n -> n == 1).isPresent()) {
            machine.change(s -> s.withDisks(exchanged(s.disks(), disk, null)));
        }
    }

    /** The file found may be of another format; what its content shows now is written down, so that no guest can change it. */
    private static DiskSpec located(MachineModel machine, DiskSpec disk, Path file) {
        try {
            return new DiskSpec(
                    machine.folder().name(file), DiskFormats.info(file).format(), disk.controller(), disk.discard());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<DiskSpec> exchanged(List<DiskSpec> disks, DiskSpec old, DiskSpec with) {
        List<DiskSpec> all = new ArrayList<>();
        for (DiskSpec d : disks) {
            if (!d.equals(old)) {
                all.add(d);
            } else if (with != null) {
                all.add(with);
            }
        }
        return all;
    }

    @Override
    public void reset(MachineModel machine) {
        if (dialogs.confirm(
                stage,
                Text.of("shell.reset.title", machine.name()),
                Text.of("shell.reset.text"),
                Text.of("commands.reset"))) {
            machine.reset();
        }
    }

    @Override
    public void powerOff(MachineModel machine) {
        if (dialogs.confirm(
                stage,
                Text.of("shell.powerOff.title", machine.name()),
                Text.of("shell.powerOff.text"),
                Text.of("commands.powerOff"))) {
            machine.powerOff();
        }
    }

    @Override
    public void insertCd(MachineModel machine) {
        dialogs.chooseIso(stage).ifPresent(machine::changeCd);
    }

    @Override
    public void settings(MachineModel machine) {
        settings.accept(machine, stage);
    }

    @Override
    public void copy(MachineModel machine) {
        clones.ask(stage, machine, null);
    }

    @Override
    public void linkedClone(MachineModel machine) {
        clones.linkedClone(machine);
    }

    @Override
    public void template(MachineModel machine) {
        clones.toggleTemplate(machine);
    }

    @Override
    public void export(MachineModel machine) {
        transfers.export(machine);
    }

    @Override
    public void startThrowAway(MachineModel machine) {
        withDisks(machine, m -> {
            m.startThrowAway();
            consoles.show(m);
        });
    }

    @Override
    public void discardState(MachineModel machine) {
        if (dialogs.confirm(
                stage,
                Text.of("shell.discard.title", machine.name()),
                Text.of("shell.discard.text"),
                Text.of("shell.discard.agree"))) {
            snapshots.model(machine).dropState();
        }
    }

    @Override
    public void snapshots(MachineModel machine) {
        snapshots.show(machine);
    }

    @Override
    public void takeSnapshot(MachineModel machine) {
        snapshots.take(machine);
    }

    @Override
    public void rename(MachineModel machine) {
        new Ask(
                        services.theme(),
                        stage,
                        "rename",
                        Text.of("shell.rename.title", machine.name()),
                        Text.of("shell.rename.agree"))
                .show(Text.of("shell.rename.name"), machine.name(), null, n -> names.problem(n, machine))
                .filter(name -> !name.equals(machine.name()))
                .ifPresent(name -> model.rename(machine, name));
    }

    @Override
    public void group(MachineModel machine) {
        new Ask(
                        services.theme(),
                        stage,
                        "tag",
                        Text.of("shell.group.title", machine.name()),
                        Text.of("shell.group.agree"))
                .show(
                        Text.of("shell.group.name"),
                        machine.group(),
                        model.groups(),
                        group -> groupProblem(machine, group))
                .ifPresent(group -> model.annotate(machine, spec -> spec.withGroup(group)));
    }

    private static String groupProblem(MachineModel machine, String group) {
        try {
            machine.specProperty().get().withGroup(group);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public void showFolder(MachineModel machine) {
        services.threads().background().execute(() -> {
            try {
                HostDesktop.open(machine.folder().path());
            } catch (IOException e) {
                services.threads()
                        .ui()
                        .execute(() -> dialogs.error(stage, Text.of("shell.folder.failed"), e.getMessage()));
            }
        });
    }

    @Override
    public void remove(MachineModel machine) {
        dialogs.choose(
                        stage,
                        Text.of("shell.remove.title", machine.name()),
                        Text.of("shell.remove.text", machine.folder().path()),
                        List.of(Text.of("shell.remove.forget"), Text.of("shell.remove.delete")))
                .ifPresent(answer -> {
                    if (answer == 0) {
                        model.forget(machine);
                    } else {
                        model.delete(machine);
                    }
                });
    }
}
