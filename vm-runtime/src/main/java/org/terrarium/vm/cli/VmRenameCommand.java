package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm rename}. */
@Command(name = "rename", description = "Gives a machine that is off another name.")
final class VmRenameCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    @Parameters(index = "1", paramLabel = "NEW", description = "its new name")
    private String newName;

    VmRenameCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        MachineLibrary library = context.library();
        library.rename(library.find(name).folder(), newName);
        return 0;
    }
}
