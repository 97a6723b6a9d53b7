package org.terrarium.vm.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit status: 0 done, 1 failed, 2 wrong usage, 124 time ran out. */
@Command(
        name = "terrarium",
        description = "Virtual PCs. Without arguments the window opens.",
        mixinStandardHelpOptions = true,
        version = "terrarium 0.1.0")
public final class TerrariumCli implements Runnable {
    static final String PREFIX = "terrarium: ";
    private static final int USAGE = 2;

    private final CliContext context;

    @Spec
    private CommandSpec command;

    private TerrariumCli(CliContext context) {
        this.context = context;
    }

    /** Runs a command line without windows. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, in, out, err, null);
    }

    /**
     * Runs a command line and returns its exit status.
     *
     * @param front the windows, or null where there are none
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err, Front front) {
        return run(args, new CliContext(in, out, err, front, System.getenv()));
    }

    static int run(String[] args, CliContext context) {
        PrintStream err = context.err();
        CommandLine line = commands(context, List.of(args));
        line.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setOverwrittenOptionsAllowed(true);
        line.setParameterExceptionHandler((e, _) -> refuse(e, err));
        line.setExecutionExceptionHandler((e, _, _) -> CliFailure.report(e, err));
        return line.execute(args);
    }

    /** For processes without windows, such as machines in the background. */
    public static void main(String[] args) {
        System.exit(run(args, System.in, System.out, System.err));
    }

    /**
     * The commands: the one that is asked for where it is the first word, as looking at everything that can be written takes longer
     * than most commands do.
     */
    private static CommandLine commands(CliContext context, List<String> args) {
        CommandLine all = new CommandLine(new TerrariumCli(context));
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        switch (args.isEmpty() ? "" : args.getFirst()) {
            case "run" -> all.addSubcommand(new RunCommand(context));
            case "vm" -> all.addSubcommand(vmCommands(context, rest));
            default -> {
                all.addSubcommand(new RunCommand(context));
                all.addSubcommand(vmCommands(context, rest));
                all.addSubcommand(diskCommands(context));
                all.addSubcommand(ConfigCommands.all(context));
                all.addSubcommand(netCommands(context));
                all.addSubcommand(new HostCommand(context));
            }
        }
        addHelp(all);
        return all;
    }

    private static CommandLine vmCommands(CliContext context, List<String> args) {
        CommandLine vm = new CommandLine(new VmCommand());
        String wanted = args.isEmpty() ? "" : args.getFirst();
        if (wanted.equals("snapshot")) {
            vm.addSubcommand(VmSnapshotCommands.all(context));
            return vm;
        }
        List<Object> all = new ArrayList<>(List.<Object>of(
                new VmCreateCommand(context),
                new VmListCommand(context),
                new VmShowCommand(context),
                new VmSetCommand(context),
                new VmStartCommand(context),
                new VmOrderCommands.Stop(context),
                new VmOrderCommands.Screenshot(context),
                new VmOrderCommands.Type(context),
                new VmSuspendCommands.Suspend(context),
                new VmSuspendCommands.Resume(context),
                new VmSuspendCommands.Keep(context),
                new VmOrderCommands.Cd(context),
                new VmConsoleCommands.Floppy(context),
                new VmConsoleCommands.Text(context),
                new VmConsoleCommands.Paste(context),
                new VmConsoleCommands.Record(context),
                new VmConsoleCommands.Serial(context),
                new VmConsoleCommands.Log(context),
                new VmConsoleCommands.Speed(context),
                new VmOrderCommands.CableOrder(context),
                new VmOrderCommands.Sound(context),
                new VmCloneCommand(context),
                new VmExportCommand(context),
                new VmImportCommand(context),
                new VmRenameCommand(context),
                new VmDeleteCommand(context),
                new VmLibraryCommands.Open(context),
                new VmLibraryCommands.Revert(context)));
        all.addAll(VmOrderCommands.plain(context));
        Optional<Object> named = all.stream()
                .filter(c -> c.getClass().isAnnotationPresent(Command.class)
                        && c.getClass().getAnnotation(Command.class).name().equals(wanted))
                .findFirst();
        if (named.isPresent()) {
            vm.addSubcommand(named.get());
        } else {
            all.forEach(vm::addSubcommand);
            vm.addSubcommand(VmSnapshotCommands.all(context));
        }
        return vm;
    }

    private static CommandLine netCommands(CliContext context) {
        CommandLine net = new CommandLine(new NetCommand());
        List.of(
                        new NetworkCommands.ListAll(context),
                        new NetworkDefinitionCommands.Create(context),
                        new NetworkDefinitionCommands.Change(context),
                        new NetworkDefinitionCommands.Delete(context),
                        new NetworkCommands.Leases(context),
                        new NetworkCommands.Flows(context),
                        new NetworkCommands.Capture(context),
                        new NetworkCommands.Set(context),
                        new NetworkCommands.Uplink(context))
                .forEach(net::addSubcommand);
        return net;
    }

    private static CommandLine diskCommands(CliContext context) {
        CommandLine snapshot = new CommandLine(new DiskSnapshotCommands());
        List.of(
                        new DiskSnapshotCommands.ListAll(context),
                        new DiskSnapshotCommands.Create(context),
                        new DiskSnapshotCommands.Delete(context),
                        new DiskSnapshotCommands.Apply(context))
                .forEach(snapshot::addSubcommand);
        CommandLine disk = new CommandLine(new DiskCommand());
        List.of(
                        new DiskCreateCommand(context),
                        new DiskInfoCommand(context),
                        new DiskMapCommand(context),
                        new DiskCheckCommand(context),
                        new DiskConvertCommand(context),
                        new DiskChangeCommands.Resize(context),
                        new DiskChangeCommands.Compact(context),
                        new DiskChangeCommands.Rebase(context),
                        new DiskChangeCommands.Commit(context),
                        new DiskChangeCommands.Compare(context),
                        new DiskMeasureCommand(context),
                        new DiskChangeCommands.Amend(context),
                        snapshot)
                .forEach(disk::addSubcommand);
        return disk;
    }

    private static void addHelp(CommandLine line) {
        for (CommandLine sub : line.getSubcommands().values()) {
            sub.addMixin("help", new HelpOption());
            addHelp(sub);
        }
    }

    @Override
    public void run() {
        if (context.front() == null) {
            throw new ParameterException(command.commandLine(), "a command is missing");
        }
        context.front().openLibrary();
    }

    private static int refuse(ParameterException e, PrintStream err) {
        CommandLine line = e.getCommandLine();
        String sentence = e.getMessage();
        if (!line.getSubcommands().isEmpty()) {
            String commands = line.getSubcommands().values().stream()
                    .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                    .map(CommandLine::getCommandName)
                    .collect(Collectors.joining(", "));
            sentence += "; the commands are " + commands;
        }
        err.println(
                PREFIX + oneLine(sentence) + " (see " + line.getCommandSpec().qualifiedName() + " --help)");
        return USAGE;
    }

    static String oneLine(String sentence) {
        return sentence.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
