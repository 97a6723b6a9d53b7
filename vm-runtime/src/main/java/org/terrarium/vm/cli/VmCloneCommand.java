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
        description =
                "Makes a machine like another, as that is now or was in a snapshot, with a UUID and network addresses"
                        + " of its own. A clone of a running machine goes on from there when it is started.")
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

    @Option(
            names = "--from",
            paramLabel = "SNAPSHOT",
            description = "as it was in this snapshot (name or id) instead of as it is now")
    private String snapshot;

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
        runner.run(linked ? cloner.linked(source, snapshot, newName) : cloner.full(source, snapshot, newName), context);
        return 0;
    }
}
