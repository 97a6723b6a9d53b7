package org.terrarium.vm.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.MachineSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium vm set}. */
@Command(
        name = "set",
        description =
                "Changes a machine that is off. --disk, --floppy and --share replace all of theirs; none empties the"
                        + " drive, or takes all shared folders away.")
final class VmSetCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    @Option(names = "--notes", paramLabel = "TEXT", description = "whatever should be remembered")
    private String notes;

    @Option(names = "--group", paramLabel = "NAME", description = "under which the library shows it; '' for none")
    private String group;

    @Option(
            names = "--template",
            negatable = true,
            description = "make it a template, which can only be cloned, or an ordinary machine again")
    private Boolean template;

    @Option(
            names = "--scaling",
            paramLabel = "WAY",
            description = "how the picture fills its window: integer (whole multiples, crisp), fit or actual (size)")
    private String scaling;

    @Option(names = "--full-screen", negatable = true, description = "show the console in full screen, or in a window")
    private Boolean fullScreen;

    @Option(
            names = "--video-memory",
            paramLabel = "MIB",
            description = "memory of the graphics card, a power of two from 1 to 256")
    private Integer videoMemory;

    @Mixin
    private MachineOptions machineOptions;

    VmSetCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (!machineOptions.anyGiven() && notes == null && group == null && template == null && !displayGiven()) {
            throw new ParameterException(command.commandLine(), "nothing to change was given");
        }
        MachineEntry entry = context.library().findUsable(name);
        MachineSpec spec;
        try {
            spec = machineOptions.applyToKeep(entry.spec());
            spec = template == null ? spec : spec.withTemplate(template);
            spec = display(spec);
            spec = notes == null ? spec : spec.withNotes(notes);
            spec = group == null ? spec : spec.withGroup(group);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        context.library().update(entry.folder(), spec);
        return 0;
    }

    private boolean displayGiven() {
        return scaling != null || fullScreen != null || videoMemory != null;
    }

    private MachineSpec display(MachineSpec spec) {
        DisplaySpec now = spec.display();
        return spec.withDisplay(new DisplaySpec(
                scaling == null ? now.scaling() : DisplaySpec.Scaling.parse(scaling),
                fullScreen == null ? now.fullScreen() : fullScreen,
                videoMemory == null ? now.videoMemoryMib() : videoMemory));
    }
}
