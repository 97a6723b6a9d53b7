package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.terrarium.vm.transfer.MachineImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm import}. */
@Command(
        name = "import",
        description = "Brings in a machine: an OVA file, an OVF description or its folder, or a zip file of vm export.")
final class VmImportCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "what to bring in; it is only read")
    private Path file;

    @Option(names = "--name", paramLabel = "NAME", description = "what to call it; its own name otherwise")
    private String name;

    @Mixin
    private DiskJobRunner runner;

    VmImportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        MachineImport.Imported made =
                runner.run(MachineImport.start(context.library(), file, name, new SecureRandom()), context);
        context.out().println("imported as " + made.machine().name());
        made.remarks().forEach(context.out()::println);
        return 0;
    }
}
