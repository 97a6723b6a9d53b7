package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium vm create}. */
@Command(name = "create", description = "Creates a machine.")
final class VmCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "NAME", description = "the new machine's name")
    private String name;

    @Option(
            names = "--disk-size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "make a new disk of this size, such as 20G, as the first one")
    private ByteSize diskSize;

    @Option(names = "--notes", paramLabel = "TEXT", description = "whatever should be remembered", defaultValue = "")
    private String notes;

    @Option(names = "--json", description = "print the new machine as JSON")
    private boolean json;

    @Mixin
    private MachineOptions machineOptions;

    VmCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        MachineSpec spec;
        try {
            spec = machineOptions.applyToKeep(MachineOptions.fresh(name)).withNotes(notes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        MachineFolder folder = context.library().create(spec, diskSize == null ? 0 : diskSize.bytes());
        if (json) {
            context.print(MachineFile.toJson(folder.load())
                    .put("folder", folder.path().toString()));
        } else {
            context.out().println("created " + folder.name() + " in " + folder.path());
        }
        return 0;
    }
}
