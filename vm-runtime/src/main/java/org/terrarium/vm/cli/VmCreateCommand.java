package org.terrarium.vm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.terrarium.disk.Gate;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.library.DemoMachine;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineMaker;
import org.terrarium.vm.library.MachineMaker.DiskUse;
import org.terrarium.vm.media.MediaProposal;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SoundSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

    @Option(names = "--group", paramLabel = "NAME", description = "under which the library shows it", defaultValue = "")
    private String group;

    @Option(
            names = "--propose",
            description =
                    "choose memory, processor and disk size by what the CD says is on it, where they are not given")
    private boolean propose;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "a disk image of any format that becomes the first disk, see --image-use")
    private Path image;

    @Option(
            names = "--image-use",
            paramLabel = "HOW",
            converter = ImageUse.class,
            defaultValue = "copy",
            description = "copy (default): the machine gets a copy; in-place: it writes into the image; link: it shows"
                    + " the image and keeps its changes to itself")
    private DiskUse imageUse;

    /** For picocli. */
    static final class ImageUse implements ITypeConverter<DiskUse> {
        @Override
        public DiskUse convert(String text) {
            try {
                return DiskUse.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Option(
            names = "--demo",
            description = "the demo machine, with the small guest that comes with the program; nothing else")
    private boolean demo;

    @Mixin
    private DiskJobRunner runner;

    @Option(names = "--json", description = "print the new machine as JSON")
    private boolean json;

    @Mixin
    private MachineOptions machineOptions;

    VmCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        if (demo) {
            if (machineOptions.anyGiven() || image != null || diskSize != null) {
                throw new ParameterException(
                        command.commandLine(), "--demo makes a machine as it comes; change it with vm set");
            }
            try (InputStream floppy = context.requireFront().demoGuest()) {
                return created(DemoMachine.create(context.library(), name, floppy));
            }
        }
        MachineSpec spec;
        try {
            MachineSpec usual = MachineOptions.fresh(name).withSound(SoundSpec.HOST);
            MediaProposal proposal = propose ? proposal() : null;
            if (proposal != null) {
                usual = usual.withMemory(proposal.memoryMib()).withCpu(proposal.cpu());
                diskSize = diskSize == null && image == null ? new ByteSize((long) proposal.diskGib() << 30) : diskSize;
            }
            spec = machineOptions.applyToKeep(usual).withNotes(notes).withGroup(group);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        MachineFolder folder;
        if (image != null) {
            if (diskSize != null) {
                throw new ParameterException(command.commandLine(), "give either --image or --disk-size");
            }
            Gate gate = AllowedFolders.gate(context.environment());
            folder = runner.run(
                    new MachineMaker(context.library(), context.preferences(), gate)
                            .make(spec, image, imageUse, Map.of()),
                    context);
        } else {
            folder = context.library().create(spec, diskSize == null ? 0 : diskSize.bytes());
        }
        return created(folder);
    }

    private int created(MachineFolder folder) throws IOException {
        if (json) {
            context.print(MachineFile.toJson(folder.load())
                    .put("folder", folder.path().toString()));
        } else {
            context.out().println("created " + folder.name() + " in " + folder.path());
        }
        return 0;
    }

    private MediaProposal proposal() throws IOException {
        Path cd = machineOptions
                .cd()
                .orElseThrow(() -> new IllegalArgumentException("--propose needs a CD to look at; add --cdrom FILE"));
        return MediaProposal.of(cd, HostMemory.totalMib());
    }
}
