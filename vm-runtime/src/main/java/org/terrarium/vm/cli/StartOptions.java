package org.terrarium.vm.cli;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.library.MachineSession.RunOptions;
import picocli.CommandLine.Option;

/** How a machine of the library is started. */
final class StartOptions {
    private static final String THROW_AWAY = "--throw-away";
    private static final String DISCARD_STATE = "--discard-state";

    @Option(
            names = THROW_AWAY,
            description = "drop the guest's changes to disks at the end, unless 'vm keep' is said meanwhile")
    private boolean throwAway;

    @Option(names = DISCARD_STATE, description = "boot, though the machine is suspended or its state was restored")
    private boolean discardState;

    /** Those of {@link #arguments}. */
    static StartOptions of(List<String> arguments) throws CliFailure {
        StartOptions options = new StartOptions();
        for (String argument : arguments) {
            switch (argument) {
                case THROW_AWAY -> options.throwAway = true;
                case DISCARD_STATE -> options.discardState = true;
                default -> throw new CliFailure("a machine in the background cannot be started with " + argument);
            }
        }
        return options;
    }

    RunOptions applyTo(RunOptions options) {
        return options.with(throwAway, discardState);
    }

    /** The same for another process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (throwAway) {
            arguments.add(THROW_AWAY);
        }
        if (discardState) {
            arguments.add(DISCARD_STATE);
        }
        return arguments;
    }
}
