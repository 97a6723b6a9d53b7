package org.terrarium.vm.cli;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.library.MachineSession.RunOptions;
import picocli.CommandLine.Option;

/** How a machine of the library is started. */
final class StartOptions {
    @Option(
            names = "--throw-away",
            description = "drop the guest's changes to disks at the end, unless 'vm keep' is said meanwhile")
    private boolean throwAway;

    @Option(names = "--discard-state", description = "boot, though the machine is suspended or its state was restored")
    private boolean discardState;

    RunOptions applyTo(RunOptions options) {
        return options.with(throwAway, discardState);
    }

    /** The same for another process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (throwAway) {
            arguments.add("--throw-away");
        }
        if (discardState) {
            arguments.add("--discard-state");
        }
        return arguments;
    }
}
