package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.Snapshots;
import picocli.CommandLine.Command;

/** The commands that put a machine to sleep and wake it up. */
final class VmSuspendCommands {
    private static final int POLL_MILLIS = 20;

    private VmSuspendCommands() {}

    @Command(
            name = "suspend",
            description = "Saves a running machine's state and switches it off; its next start goes on from there.")
    static final class Suspend extends OneMachineCommand {
        Suspend(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            MachineEntry machine = machine();
            ControlClient.of(machine).longOrder("suspend");
            while (MachineLock.owner(machine.folder()).isPresent()) {
                Thread.sleep(POLL_MILLIS);
            }
            return 0;
        }
    }

    @Command(
            name = "resume",
            description =
                    "Lets a paused machine run on; starts a suspended one in the background where it was suspended,"
                            + " and one that was lost with its host from its newest snapshot of a running machine. What"
                            + " its disks hold then is kept as an automatic snapshot.")
    static final class Resume extends OneMachineCommand {
        Resume(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure, InterruptedException {
            MachineEntry machine = machine();
            if (BackgroundStart.runs(machine)) {
                ControlClient.of(machine).order("resume");
                return 0;
            }
            try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                Snapshots snapshots = Snapshots.of(machine.folder());
                if (snapshots.resumable().isEmpty()) {
                    Optional<SnapshotNode> last = snapshots.tree().lastState();
                    if (last.isEmpty()) {
                        throw new CliFailure("the machine " + machine.name()
                                + " is not running and not suspended, and no snapshot has a state of it running");
                    }
                    // What the disks hold now may be worth more than that state.
                    snapshots.take(new Snapshots.Wish(
                            "Before going on from '" + last.get().name() + "'", "", true));
                    snapshots.restore(last.get().id());
                    context.out()
                            .println("going on from the snapshot '" + last.get().name() + "' of "
                                    + last.get().created());
                }
            }
            VmStartCommand.background(machine(), List.of());
            return 0;
        }
    }

    @Command(name = "keep", description = "Keeps the changes of a throw-away run.")
    static final class Keep extends OneMachineCommand {
        Keep(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            ControlClient.of(machine()).order("keep");
            return 0;
        }
    }
}
