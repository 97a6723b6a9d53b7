package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm delete}. */
@Command(name = "delete", description = "Deletes a machine that is off, with the disks in its folder.")
final class VmDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    @Option(names = "--keep-files", description = "only take it off the list; its folder stays as it is")
    private boolean keepFiles;

    VmDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        MachineLibrary library = context.library();
        MachineFolder folder = library.find(name).folder();
        if (keepFiles) {
            library.forget(folder);
        } else {
            library.delete(folder);
        }
        return 0;
    }
}
