package org.terrarium.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.terrarium.app.console.ConsoleSubject;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.disk.Progress;
import org.terrarium.vm.ShareOption;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.NetworkPlug;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.DisplaySpec.Scaling;
import org.terrarium.vm.spec.SoundSpec;

/** A machine that the command line runs, in a console. Changes last as long as it runs. */
record SessionSubject(MachineSession session, LiveMachine live) implements ConsoleSubject {
    @Override
    public String name() {
        return session.name();
    }

    @Override
    public ObservableValue<DisplaySpec> display() {
        return new SimpleObjectProperty<>(session.display());
    }

    @Override
    public void keep(Scaling scaling) {}

    @Override
    public Optional<Runnable> startAgain() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> cd() {
        return session.machine().drives().cd();
    }

    @Override
    public void changeCd(Path iso) {
        live.changeCd(iso, () -> {});
    }

    @Override
    public Optional<Runnable> suspend() {
        return session.snapshots().isPresent()
                ? Optional.of(() -> live.suspend(() -> session.suspend(Progress.NONE)))
                : Optional.empty();
    }

    @Override
    public Optional<LiveSnapshots> snapshots() {
        return live.on() ? session.snapshots() : Optional.empty();
    }

    @Override
    public List<Path> disks() {
        return session.disks();
    }

    @Override
    public Optional<Path> floppy(int drive) {
        return session.machine().drives().floppy(drive);
    }

    @Override
    public void changeFloppy(int drive, Path image) {
        live.changeFloppy(drive, image, () -> {});
    }

    @Override
    public List<NetworkPlug> cards() {
        return live.on() ? session.networkPlugs() : List.of();
    }

    @Override
    public SoundSpec sound() {
        return session.sound().spec();
    }

    @Override
    public void hear(boolean on) {
        live.hear(session.sound(), on, () -> {});
    }

    @Override
    public long soundPlayed() {
        return session.sound().played();
    }

    @Override
    public List<ShareOption> shares() {
        return session.machine().shares();
    }

    @Override
    public Optional<Path> log() {
        return session.log();
    }
}
