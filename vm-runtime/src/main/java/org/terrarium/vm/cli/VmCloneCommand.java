package org.terrarium.vm.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.library.MachineCloner;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm clone}. */
@Command(
        name = "clone",
        description = "Makes a machine like one that is off, with a UUID and network addresses of its own.")
final class VmCloneCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine, or a template")
    private String name;

    @Parameters(index = "1", paramLabel = "NEW", description = "the clone's name")
    private String newName;

    @Option(
            names = "--linked",
            description =
                    "show the machine's disks instead of copying them: made at once, whatever their size; the machine"
                            + " stays where it is as long as the clone is there")
    private boolean linked;

    @Mixin
    private DiskJobRunner runner;

    VmCloneCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        MachineLibrary library = context.library();
        MachineFolder source = library.findUsable(name).folder();
        MachineCloner cloner =
                new MachineCloner(library, AllowedFolders.gate(context.environment()), new SecureRandom());
        runner.run(linked ? cloner.linked(source, newName) : cloner.full(source, newName), context);
        return 0;
    }
}
