package org.terrarium.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.terrarium.app.console.ConsoleSubject;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.vm.ShareOption;
import org.terrarium.vm.library.MachineLog;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.NetworkPlug;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.DisplaySpec.Scaling;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SoundSpec;

/** A machine of the library in a console. */
record LibrarySubject(MachineModel machine) implements ConsoleSubject {
    @Override
    public String name() {
        return machine.name();
    }

    @Override
    public LiveMachine live() {
        return machine.live();
    }

    @Override
    public ObservableValue<DisplaySpec> display() {
        return machine.specProperty().map(MachineSpec::display);
    }

    @Override
    public void keep(Scaling scaling) {
        machine.annotate(spec ->
                spec.withDisplay(spec.display().with(scaling, spec.display().fullScreen())));
    }

    @Override
    public Optional<Runnable> startAgain() {
        return Optional.of(machine::start);
    }

    @Override
    public Optional<Path> cd() {
        return machine.cd();
    }

    @Override
    public void changeCd(Path iso) {
        machine.changeCd(iso);
    }

    @Override
    public Optional<Runnable> suspend() {
        return machine.suspendable() ? Optional.of(machine::suspend) : Optional.empty();
    }

    @Override
    public Optional<LiveSnapshots> snapshots() {
        return machine.session().flatMap(MachineSession::snapshots);
    }

    @Override
    public List<Path> disks() {
        MachineSpec spec = machine.specProperty().get();
        return spec == null
                ? List.of()
                : spec.disks().stream()
                        .map(d -> machine.folder().resolve(d.file()))
                        .toList();
    }

    @Override
    public Optional<Path> floppy(int drive) {
        return machine.floppy(drive);
    }

    @Override
    public void changeFloppy(int drive, Path image) {
        machine.changeFloppy(drive, image);
    }

    @Override
    public List<NetworkPlug> cards() {
        return machine.cards();
    }

    @Override
    public SoundSpec sound() {
        return machine.sound();
    }

    @Override
    public void hear(boolean on) {
        machine.hear(on);
    }

    @Override
    public long soundPlayed() {
        return machine.session().map(s -> s.sound().played()).orElse(0L);
    }

    @Override
    public List<ShareOption> shares() {
        MachineSpec spec = machine.specProperty().get();
        return spec == null
                ? List.of()
                : spec.shares().stream()
                        .map(s -> s.option(machine.folder()::resolve))
                        .toList();
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(MachineLog.of(machine.folder()));
    }
}
