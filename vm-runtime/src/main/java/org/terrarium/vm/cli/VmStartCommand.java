package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.Snapshots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm start}: in a window, or with {@code --headless} in a process of its own that goes on. */
@Command(name = "start", description = "Starts a machine, in a window or in the background.")
final class VmStartCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    @Option(
            names = "--headless",
            description = "without a window, in the background: this command returns once it runs")
    private boolean headless;

    @Mixin
    private StartOptions how;

    VmStartCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws CliFailure, IOException, InterruptedException {
        MachineEntry entry = context.library().findUsable(name);
        Snapshots.lastStateOfLostRun(entry.folder()).ifPresent(this::offer);
        if (headless) {
            background(entry, how.arguments());
            context.out().println(entry.name() + " is running in the background");
            return 0;
        }
        Front front = context.requireFront();
        RunOptions options = how.applyTo(RunOptions.plain(context.out()));
        try (MachineSession session = MachineSession.open(entry.folder(), entry.spec(), options);
                AtExit _ = AtExit.release(session);
                Front.Console _ = front.openConsole(session)) {
            context.reportTrouble(session.machine());
            session.start();
            new Script().play(session.machine(), null);
        }
        return 0;
    }

    private void offer(SnapshotNode last) {
        context.err()
                .println("the machine " + name + " was lost with its host or with Terrarium, and boots; to go on from '"
                        + last.name() + "' of " + last.created() + " instead, stop it and use: terrarium vm resume "
                        + name);
    }

    /** Starts a machine in a process that outlives this one; {@code options} are those of {@code serve}. */
    static void background(MachineEntry entry, List<String> options)
            throws CliFailure, IOException, InterruptedException {
        try {
            BackgroundStart.start(entry, Serve.class, options);
        } catch (TimeoutException e) {
            throw CliFailure.timeout(e.getMessage());
        }
    }
}
