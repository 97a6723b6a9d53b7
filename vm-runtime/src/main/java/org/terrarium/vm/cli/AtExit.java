package org.terrarium.vm.cli;

import java.io.IOException;
import org.terrarium.vm.library.MachineSession;

/** Sees to it that a machine is powered off and its files are released also when the program is ended by Ctrl-C or a signal. */
final class AtExit implements AutoCloseable {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    static AtExit release(MachineSession session) {
        Thread hook = new Thread(() -> {
            try {
                session.close();
            } catch (IOException e) {
                System.err.println(TerrariumCli.PREFIX + e.getMessage());
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtExit(hook);
    }

    /** Not needed any more. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being ended; then the hook is what closes the machine.
            return;
        }
    }
}
