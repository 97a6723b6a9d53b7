package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineStats;
import org.terrarium.vm.ShareStats;
import org.terrarium.vm.accel.TranslationStats;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;
import org.terrarium.vm.spec.MachineSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium run}: a machine of the library, or one put together by options, until it is off or a script is done. */
@Command(
        name = "run",
        description = "Runs a machine in the foreground.",
        footer = {
            "",
            "--until-serial, --until-screen, --type and --screenshot may be repeated and are carried out in the order"
                    + " given:",
            "  terrarium run --cdrom x.iso --headless --until-screen \"boot:\" --type \"linux<enter>\" --until-serial"
                    + " \"login:\"",
            "The run is done after the last of them, or when the machine is off if the last one is --type or there is"
                    + " none.",
            "A --screenshot with nothing awaited before it is taken at the end. Keys are written like <enter>, <up>,"
                    + " <f12>,",
            "<ctrl-alt-del>. Exit status: 0 done, 1 failed, 2 wrong usage, 124 time ran out."
        })
final class RunCommand implements Callable<Integer> {
    private final CliContext context;
    private final Script script = new Script();

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", arity = "0..1", paramLabel = "VM", description = "a machine of the library")
    private String vm;

    @Mixin
    private MachineOptions machineOptions;

    @Mixin
    private TranslatorArguments translator;

    @Option(names = "--kernel", paramLabel = "FILE", description = "boot this kernel (Linux or Multiboot) directly")
    private Path kernel;

    @Option(names = "--initrd", paramLabel = "FILE", description = "initial RAM disk, or a Multiboot module")
    private List<Path> initrds = new ArrayList<>();

    @Option(names = "--append", paramLabel = "TEXT", description = "the kernel's command line", defaultValue = "")
    private String append;

    @Option(names = "--headless", description = "without a window")
    private boolean headless;

    @Option(names = "--snapshot", description = "throw away what the guest changes on disks")
    private boolean throwAway;

    @Option(names = "--deterministic", description = "count time in instructions: every run is the same")
    private boolean deterministic;

    @Option(names = "--until-serial", paramLabel = "TEXT", description = "wait for text on the first serial port")
    void untilSerial(String value) {
        script.add(new Script.Step.UntilSerial(value));
    }

    @Option(names = "--until-screen", paramLabel = "TEXT", description = "wait for text in a line of the text screen")
    void untilScreen(String value) {
        script.add(new Script.Step.UntilScreen(value));
    }

    @Option(names = "--type", paramLabel = "TEXT", description = "type text and keys")
    void type(String value) {
        script.add(new Script.Step.Type(value));
    }

    @Option(names = "--screenshot", paramLabel = "FILE.png", description = "save what the screen shows")
    void screenshot(String value) {
        script.add(new Script.Step.Screenshot(Path.of(value)));
    }

    @Option(names = "--timeout", paramLabel = "S", description = "end after so many seconds, with status 124")
    private Double timeout;

    @Option(names = "--stats", description = "print what the machine did at the end")
    private boolean stats;

    @Option(names = "--json", description = "print statistics as JSON")
    private boolean json;

    RunCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws CliFailure, IOException, InterruptedException {
        checkUsage();
        script.checkPictures();
        try (MachineSession session = open();
                AtExit _ = AtExit.release(session)) {
            play(session);
        }
        return 0;
    }

    private void checkUsage() {
        if (timeout != null && !(timeout > 0 && timeout < 1e9)) {
            throw new ParameterException(command.commandLine(), "--timeout must be a number of seconds above 0");
        }
        if (script.steps().stream().anyMatch(Script.Step::empty)) {
            throw new ParameterException(command.commandLine(), "an awaited or typed text must not be empty");
        }
        try {
            script.checkKeys();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--type: " + e.getMessage(), e);
        }
        if (kernel == null && (!initrds.isEmpty() || !append.isEmpty())) {
            throw new ParameterException(command.commandLine(), "--initrd and --append need --kernel");
        }
    }

    private MachineSession open() throws CliFailure, IOException {
        if (!headless) {
            context.requireFront();
        }
        RunOptions options = new RunOptions(
                kernel,
                initrds,
                append,
                throwAway,
                false,
                deterministic,
                translator.options(context.err()),
                context.in(),
                context.out());
        MachineEntry entry = vm == null ? null : context.library().findUsable(vm);
        MachineSpec spec;
        try {
            spec = machineOptions.applyForRun(entry == null ? MachineOptions.fresh("machine") : entry.spec());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return entry == null ? MachineSession.open(spec, options) : MachineSession.open(entry.folder(), spec, options);
    }

    private void play(MachineSession session) throws CliFailure, IOException, InterruptedException {
        Machine machine = session.machine();
        context.reportTrouble(machine);
        long started = System.nanoTime();
        try (Front.Console _ = headless ? null : context.front().openConsole(session)) {
            session.start();
            script.play(machine, timeout == null ? null : Duration.ofMillis((long) (timeout * 1000)));
        } finally {
            if (stats || json) {
                print(machine.stats(), machine.shareStats(), (System.nanoTime() - started) / 1e9);
            }
        }
    }

    private void print(MachineStats done, ShareStats shared, double seconds) {
        if (json) {
            ObjectNode result = new JsonMapper().createObjectNode();
            result.put("instructions", done.instructions())
                    .put("mips", done.mips())
                    .put("tier", done.tier());
            result.put("seconds", seconds).put("machineSeconds", done.machineSeconds());
            result.put("idleSeconds", done.idleSeconds()).put("hostCpuSeconds", done.hostCpuSeconds());
            if (done.translation() != null) {
                result.put("translatedShare", done.translatedShare())
                        .put("regions", done.translation().regions())
                        .put("regionsDropped", done.translation().dropped())
                        .put("translationFailures", done.translation().failures())
                        .put("translationSeconds", done.translation().seconds());
            }
            if (shared.requests() > 0) {
                result.put("sharedRequests", shared.requests())
                        .put("sharedBytesRead", shared.bytesRead())
                        .put("sharedBytesWritten", shared.bytesWritten());
            }
            context.print(result);
            return;
        }
        context.out()
                .printf(
                        Locale.ROOT,
                        "%d instructions, %.1f MIPS, tier %s, %.2f seconds (%.2f machine time, %.2f of it idle, %.2f"
                                + " host CPU)%n",
                        done.instructions(),
                        done.mips(),
                        done.tier(),
                        seconds,
                        done.machineSeconds(),
                        done.idleSeconds(),
                        done.hostCpuSeconds());
        TranslationStats t = done.translation();
        if (t != null) {
            context.out()
                    .printf(
                            Locale.ROOT,
                            "%.1f %% translated, %d regions, %d dropped, %d failures, %.2f seconds of translation%n",
                            100 * done.translatedShare(),
                            t.regions(),
                            t.dropped(),
                            t.failures(),
                            t.seconds());
        }
        if (shared.requests() > 0) {
            context.out()
                    .printf(
                            Locale.ROOT,
                            "%d requests to shared folders, %d bytes read, %d bytes written%n",
                            shared.requests(),
                            shared.bytesRead(),
                            shared.bytesWritten());
        }
        context.out().flush();
    }
}
