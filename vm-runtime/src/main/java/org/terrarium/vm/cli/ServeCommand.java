package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What {@code vm start --headless} runs in the background: the machine, until it is off. */
@Command(name = "serve", hidden = true, description = "Runs a machine in the background.")
final class ServeCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME")
    private String name;

    @Mixin
    private StartOptions how;

    ServeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws CliFailure, IOException, InterruptedException {
        MachineEntry entry = context.library().findUsable(name);
        RunOptions options = how.applyTo(RunOptions.plain(context.out()));
        try (MachineSession session = MachineSession.open(entry.folder(), entry.spec(), options);
                AtExit _ = AtExit.release(session)) {
            context.reportTrouble(session.machine());
            session.start();
            new Script().play(session.machine(), null);
        }
        return 0;
    }
}
