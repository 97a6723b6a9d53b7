package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.terrarium.vm.library.Activity;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a console's window does with a running machine: its screen's text, its serial ports, a recording, its figures. */
final class VmConsoleCommands {
    private VmConsoleCommands() {}

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    @Command(
            name = "floppy",
            description = "Puts a floppy image into a running machine's drive, or takes it out with none.")
    static final class Floppy extends VmOrderCommands.Order {
        /** A PC has two. */
        enum Drive {
            A,
            B
        }

        @Parameters(index = "1", paramLabel = "FILE", description = "the image, or none")
        private String file;

        @Option(names = "--drive", description = "A or B, default ${DEFAULT-VALUE}", defaultValue = "A")
        private Drive drive;

        Floppy(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            String number = String.valueOf(drive.ordinal());
            if (file.equals("none")) {
                ControlClient.of(machine()).order("ejectFloppy", Map.of("drive", number));
            } else {
                ControlClient.of(machine())
                        .order("insertFloppy", Map.of("drive", number, "file", absolute(Path.of(file))));
            }
            return 0;
        }
    }

    @Command(name = "text", description = "Prints the characters that a running machine's screen shows.")
    static final class Text extends VmOrderCommands.Order {
        Text(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            JsonNode answer = ControlClient.of(machine()).order("screenText");
            if (answer.path("graphics").asBoolean()) {
                throw new CliFailure(
                        "the screen shows graphics, which hold no text; vm screenshot saves a picture of it");
            }
            context.out().println(answer.path("text").asText().stripTrailing());
            return 0;
        }
    }

    @Command(
            name = "paste",
            description =
                    "Types text from the standard input into a running machine, each character by the key it is on.")
    static final class Paste extends VmOrderCommands.Order {
        private static final int MAX_BYTES = 200_000;

        @Option(
                names = "--layout",
                paramLabel = "ID",
                description = "the keyboard layout of the guest, such as us or de; default ${DEFAULT-VALUE}",
                defaultValue = "us")
        private String layout;

        Paste(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            byte[] text = context.in().readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                throw new CliFailure("more than " + MAX_BYTES
                        + " bytes take a guest too long to read; use a CD image or the network");
            }
            ControlClient.of(machine())
                    .order("paste", Map.of("text", new String(text, StandardCharsets.UTF_8), "layout", layout));
            return 0;
        }
    }

    @Command(name = "record", description = "Records a running machine's screen as an animated GIF; --off ends it.")
    static final class Record extends VmOrderCommands.Order {
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "FILE.gif",
                description = "the recording, there when it ends")
        private Path file;

        @Option(names = "--off", description = "end the recording that is going on")
        private boolean off;

        @Spec
        private CommandSpec command;

        Record(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            if (off == (file != null)) {
                throw new ParameterException(command.commandLine(), "give either a file for the recording or --off");
            }
            if (off) {
                ControlClient.of(machine()).order("recordEnd");
            } else {
                ControlClient.of(machine()).order("record", Map.of("file", absolute(file)));
            }
            return 0;
        }
    }

    @Command(
            name = "serial",
            description = "Prints what a running machine's serial port has sent, or sends it something.")
    static final class Serial extends VmOrderCommands.Order {
        @Option(
                names = "--port",
                paramLabel = "N",
                description = "1 or 2, default ${DEFAULT-VALUE}",
                defaultValue = "1")
        private int port;

        @Option(names = "--send", paramLabel = "TEXT", description = "what the port shall receive; \\n is a line's end")
        private String sent;

        Serial(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            String number = String.valueOf(port - 1);
            if (sent != null) {
                // The Enter key of a terminal sends a carriage return.
                String text = sent.replace("\\n", "\r");
                ControlClient.of(machine()).order("serialSend", Map.of("port", number, "text", text));
                return 0;
            }
            JsonNode answer = ControlClient.of(machine()).order("serial", Map.of("port", number));
            context.out().print(answer.path("text").asText());
            context.out().flush();
            return 0;
        }
    }

    @Command(
            name = "log",
            description = "Prints what happened to a machine, and what its guest wrote to the debug port.")
    static final class Log extends VmOrderCommands.Order {
        @Option(
                names = "--debug-port",
                description = "print what the guest of a running machine wrote to port E9h instead")
        private boolean debugPort;

        Log(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            if (debugPort) {
                context.out()
                        .print(ControlClient.of(machine())
                                .order("debugPort")
                                .path("text")
                                .asText());
            } else {
                Path log = MachineLog.of(machine().folder());
                context.out().print(Files.exists(log) ? Files.readString(log) : "");
            }
            context.out().flush();
            return 0;
        }
    }

    @Command(name = "speed", description = "Says what a running machine does in a second: why is it slow?")
    static final class Speed extends VmOrderCommands.Order {
        private static final int SECOND_MILLIS = 1000;

        @Option(names = "--json", description = "for scripts")
        private boolean json;

        Speed(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            ControlClient client = ControlClient.of(machine());
            JsonNode before = client.order("status");
            long began = System.nanoTime();
            Thread.sleep(SECOND_MILLIS);
            JsonNode after = client.order("status");
            double seconds = (System.nanoTime() - began) / 1e9;
            double machine = change(before, after, "seconds");
            double awake = Math.max(0, machine - change(before, after, "idleSeconds"));
            Activity rate = Activity.of(after).rate(Activity.of(before), seconds);
            ObjectNode figures = JsonNodeFactory.instance
                    .objectNode()
                    .put("state", after.path("state").asText())
                    .put("tier", after.path("tier").asText())
                    .put("mips", awake <= 0 ? 0 : change(before, after, "instructions") / awake / 1e6)
                    .put("clock", machine / seconds)
                    .put("awake", machine <= 0 ? 0 : Math.min(1, awake / machine))
                    .put("hostCore", rate.cpuSeconds())
                    .put("diskBytes", rate.diskBytes())
                    .put("networkBytes", rate.networkBytes());
            if (json) {
                context.print(figures);
            } else {
                print(figures);
            }
            return 0;
        }

        private static double change(JsonNode before, JsonNode after, String figure) {
            return after.path(figure).asDouble() - before.path(figure).asDouble();
        }

        private void print(ObjectNode f) {
            line("runs on", f.path("tier").asText() + ", " + f.path("state").asText());
            line("speed", "%.1f million instructions a second while the guest is awake", f, "mips", 1);
            line("clock", "%.0f %% of real time", f, "clock", 100);
            line("awake", "%.0f %% of its time the guest computes", f, "awake", 100);
            line("host core", "%.0f %% of one of the host's cores", f, "hostCore", 100);
            line("disks", "%.1f kB a second", f, "diskBytes", 1e-3);
            line("network", "%.1f kB a second", f, "networkBytes", 1e-3);
        }

        private void line(String title, String format, ObjectNode f, String figure, double factor) {
            line(title, String.format(Locale.ROOT, format, f.path(figure).asDouble() * factor));
        }

        private void line(String title, String words) {
            context.out().printf(Locale.ROOT, "%-10s %s%n", title, words);
        }
    }
}
