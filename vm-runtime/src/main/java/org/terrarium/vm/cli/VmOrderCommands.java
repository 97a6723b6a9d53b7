package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineLock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that give a running machine an order. */
final class VmOrderCommands {
    private VmOrderCommands() {}

    /** A command that names a machine, which runs or not. */
    abstract static class Order implements Callable<Integer> {
        final CliContext context;

        @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
        private String name;

        Order(CliContext context) {
            this.context = context;
        }

        MachineEntry machine() throws IOException {
            return context.library().find(name);
        }
    }

    /** An order that needs nothing but the machine. */
    private static final class Plain extends Order {
        private final String order;

        Plain(CliContext context, String order) {
            super(context);
            this.order = order;
        }

        @Override
        public Integer call() throws IOException {
            ControlClient.of(machine()).order(order);
            return 0;
        }
    }

    /** The commands that are called like the order they give. */
    static List<CommandLine> plain(CliContext context) {
        return List.of(
                plain(context, "pause", "Stops time in a running machine."),
                plain(context, "reset", "Presses a running machine's reset button."));
    }

    private static CommandLine plain(CliContext context, String order, String description) {
        CommandLine line = new CommandLine(new Plain(context, order));
        line.getCommandSpec().name(order).usageMessage().description(description);
        return line;
    }

    @Command(name = "screenshot", description = "Saves what a running machine's screen shows.")
    static final class Screenshot extends Order {
        @Parameters(index = "1", paramLabel = "FILE.png", description = "the picture")
        private Path file;

        Screenshot(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            ControlClient.of(machine())
                    .order("screenshot", Map.of("file", file.toAbsolutePath().toString()));
            return 0;
        }
    }

    @Command(name = "cable", description = "Plugs in or pulls the cable of a running machine's network card.")
    static final class CableOrder extends Order {
        @Parameters(index = "1", paramLabel = "CARD", description = "the card, from 0")
        private int card;

        @Parameters(index = "2", paramLabel = "in|out", description = "whether it is plugged in")
        private Way way;

        /** Which way the plug goes. */
        enum Way {
            in,
            out
        }

        CableOrder(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            ControlClient.of(machine())
                    .order("cable", Map.of("card", String.valueOf(card), "in", String.valueOf(way == Way.in)));
            return 0;
        }
    }

    @Command(
            name = "sound",
            description = "Lets a running machine's sound card be heard on this computer, or mutes it, for this run.")
    static final class Sound extends Order {
        @Parameters(index = "1", paramLabel = "on|off", description = "whether it is heard")
        private Way way;

        /** Heard or not. */
        enum Way {
            on,
            off
        }

        Sound(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            ControlClient.of(machine()).order("hear", Map.of("on", String.valueOf(way == Way.on)));
            return 0;
        }
    }

    @Command(name = "cd", description = "Puts a CD image into a running machine's drive, or takes it out with none.")
    static final class Cd extends Order {
        @Parameters(index = "1", paramLabel = "FILE", description = "the image, or none")
        private String file;

        Cd(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            if (file.equals("none")) {
                ControlClient.of(machine()).order("ejectCd");
            } else {
                ControlClient.of(machine())
                        .order(
                                "insertCd",
                                Map.of("file", Path.of(file).toAbsolutePath().toString()));
            }
            return 0;
        }
    }

    @Command(name = "type", description = "Types text and keys like <enter> into a running machine.")
    static final class Type extends Order {
        @Parameters(index = "1", paramLabel = "TEXT", description = "what to type")
        private String text;

        Type(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            ControlClient.of(machine()).order("type", Map.of("text", text));
            return 0;
        }
    }

    @Command(
            name = "stop",
            description = "Presses the power button and waits until the machine is off; with --force pulls the plug.")
    static final class Stop extends Order {
        private static final int POLL_MILLIS = 50;

        @Option(names = "--force", description = "power off at once; what the guest has not written is lost")
        private boolean force;

        @Option(
                names = "--timeout",
                paramLabel = "S",
                description = "seconds to wait for the guest, default ${DEFAULT-VALUE}",
                defaultValue = "120")
        private int timeout;

        Stop(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws CliFailure, IOException, InterruptedException {
            MachineEntry entry = machine();
            ControlClient.of(entry).order(force ? "powerOff" : "powerButton");
            for (long i = 0; i < timeout * 1000L / POLL_MILLIS; i++) {
                if (MachineLock.owner(entry.folder()).isEmpty()) {
                    return 0;
                }
                Thread.sleep(POLL_MILLIS);
            }
            throw CliFailure.timeout(
                    "the machine " + entry.name() + " is still on after " + timeout + " seconds; stop it with --force");
        }
    }
}
