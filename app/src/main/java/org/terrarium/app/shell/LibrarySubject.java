package org.terrarium.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import org.terrarium.app.console.ConsoleSubject;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.vm.spec.DisplaySpec.Scaling;
import org.terrarium.vm.spec.MachineSpec;

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
    public boolean fillsWindow() {
        MachineSpec spec = machine.specProperty().get();
        return spec != null && spec.display().scaling() == Scaling.FIT;
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
}
