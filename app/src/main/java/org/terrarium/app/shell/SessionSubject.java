package org.terrarium.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import org.terrarium.app.console.ConsoleSubject;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.vm.library.MachineSession;

/** A machine that the command line runs, in a console. Changes last as long as it runs. */
record SessionSubject(MachineSession session, LiveMachine live) implements ConsoleSubject {
    @Override
    public String name() {
        return session.name();
    }

    @Override
    public boolean fillsWindow() {
        return false;
    }

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
}
