package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineEntry;
import picocli.CommandLine.Parameters;

/** What commands about one machine of the library have in common. */
abstract class OneMachineCommand implements Callable<Integer> {
    final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    OneMachineCommand(CliContext context) {
        this.context = context;
    }

    /** The machine named; one whose description can be read. */
    MachineEntry machine() throws IOException {
        return context.library().findUsable(name);
    }
}
