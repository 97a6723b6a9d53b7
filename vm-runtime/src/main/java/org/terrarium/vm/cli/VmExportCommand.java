package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.transfer.MachineExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium vm export}. */
@Command(
        name = "export",
        description =
                "Takes a machine to other programs: VirtualBox and VMware (ova, ovf), another Terrarium (zip), libvirt"
                    + " or KubeVirt. One that runs goes on running: its disks are copied as they are at this instant.")
final class VmExportCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "the file to be made (.ova or .zip), or the folder (ovf, libvirt, kubevirt)")
    private Path target;

    @Option(
            names = "--format",
            paramLabel = "KIND",
            description = "ova, ovf, zip, libvirt or kubevirt; what the target's name says when left out")
    private String format;

    @Option(
            names = "--from",
            paramLabel = "SNAPSHOT",
            description = "as it was in this snapshot (name or id) instead of as it is now")
    private String snapshot;

    @Mixin
    private DiskJobRunner runner;

    VmExportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        MachineExport.Kind kind;
        try {
            kind = format == null ? MachineExport.Kind.of(target) : MachineExport.Kind.parse(format);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        if (kind == null) {
            throw new ParameterException(
                    command.commandLine(),
                    target + " does not end in .ova or .zip; say with --format what it is to be");
        }
        runner.run(
                MachineExport.start(
                        context.library().findUsable(name).folder(),
                        snapshot,
                        kind,
                        AllowedFolders.gate(context.environment()),
                        target),
                context);
        return 0;
    }
}
