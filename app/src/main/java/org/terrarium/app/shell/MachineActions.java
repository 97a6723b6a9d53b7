package org.terrarium.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.control.CheckBox;
import javafx.stage.Stage;
import org.terrarium.app.fx.Ask;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.library.MachineCloner;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineName;
import org.terrarium.vm.spec.MachineSpec;

/** Does what the user asks of a machine, with the questions that belong to it. Belongs to the JavaFX thread. */
final class MachineActions implements MachineCommands.Actions {
    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Consoles consoles;
    private final BiConsumer<MachineModel, Stage> settings;

    /** @param settings shows a machine's settings over a window */
    MachineActions(
            Stage stage,
            LibraryModel model,
            Services services,
            Consoles consoles,
            BiConsumer<MachineModel, Stage> settings) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.consoles = consoles;
        this.settings = settings;
    }

    @Override
    public void open(MachineModel machine) {
        if (machine.status().startable()) {
            withDisks(machine, m -> {
                m.start();
                consoles.show(m);
            });
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
            machine.change(
                    s -> s.withDisks(exchanged(s.disks(), disk, machine.folder().name(found.get()))));
        } else if (answer.filter(n -> n == 1).isPresent()) {
            machine.change(s -> s.withDisks(exchanged(s.disks(), disk, null)));
        }
    }

    private static List<DiskSpec> exchanged(List<DiskSpec> disks, DiskSpec old, Path file) {
        List<DiskSpec> all = new ArrayList<>();
        for (DiskSpec d : disks) {
            if (!d.equals(old)) {
                all.add(d);
            } else if (file != null) {
                // The file found may be of another format: its content tells.
                all.add(new DiskSpec(file, null, d.controller(), d.discard()));
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
        CheckBox linked = new CheckBox(Text.of("shell.clone.linked"));
        linked.setId("clone-linked");
        linked.setWrapText(true);
        Optional<String> name = new Ask(
                        services.theme(),
                        stage,
                        "copy",
                        Text.of("shell.clone.title", machine.name()),
                        Text.of("shell.clone.agree"))
                .with(linked)
                .show(Text.of("shell.clone.name"), freeName(machine.name()), null, n -> nameProblem(n, null));
        if (name.isEmpty()) {
            return;
        }
        MachineCloner cloner =
                new MachineCloner(model.library(), AllowedFolders.gate(System.getenv()), new SecureRandom());
        services.tasks()
                .follow(
                        linked.isSelected()
                                ? cloner.linked(machine.folder(), name.get())
                                : cloner.full(machine.folder(), name.get()),
                        made -> model.refreshAndSelect(made.name(), m -> {}),
                        sentence -> dialogs.error(stage, Text.of("shell.clone.failed", machine.name()), sentence));
    }

    private String freeName(String of) {
        String base = of.replaceFirst(" \\d{1,4}$", "");
        int n = 2;
        while (model.find(base + " " + n).isPresent()) {
            n++;
        }
        return base + " " + n;
    }

    /** What is wrong with a name, a sentence or empty; {@code except} may have it. */
    private String nameProblem(String name, MachineModel except) {
        if (name.isEmpty()) {
            return Text.of("wizard.name.empty");
        }
        try {
            MachineName.check(name);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return model.find(name).filter(m -> m != except).isPresent() ? Text.of("wizard.name.taken") : "";
    }

    @Override
    public void rename(MachineModel machine) {
        new Ask(
                        services.theme(),
                        stage,
                        "rename",
                        Text.of("shell.rename.title", machine.name()),
                        Text.of("shell.rename.agree"))
                .show(Text.of("shell.rename.name"), machine.name(), null, n -> nameProblem(n, machine))
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
