package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.terrarium.vm.Machine;
import org.terrarium.vm.display.ScreenRecorder;
import org.terrarium.vm.display.TextScreen;
import org.terrarium.vm.input.KeyLayout;
import org.terrarium.vm.input.KeyStroke;

/**
 * What a console's window does with a running machine, by the control socket: text out of its screen and into its keyboard, its
 * serial ports, a recording. Trouble is an exception whose message is one sentence.
 */
final class ConsoleOrders implements AutoCloseable {
    private static final int CAPS_LOCK = 4;
    private static final int SERIAL_PORTS = 2;

    private final Machine machine;
    private ScreenRecorder recorder;

    ConsoleOrders(Machine machine) {
        this.machine = machine;
    }

    /** Carries the order out; false when it is none of these. */
    boolean carryOut(String command, JsonNode order, ObjectNode answer) throws IOException {
        switch (command) {
            case "screenText" -> {
                Optional<TextScreen> screen = machine.textScreen();
                answer.put("graphics", screen.isEmpty());
                answer.put("text", screen.map(TextScreen::text).orElse(""));
            }
            case "type" -> machine.type(order.path("text").asText());
            case "paste" ->
                paste(order.path("text").asText(), order.path("layout").asText());
            case "debugPort" -> answer.put("text", machine.debugPort().text());
            case "serial" -> answer.put("text", machine.serial(port(order)).text());
            case "serialSend" ->
                machine.sendSerial(port(order), order.path("text").asText().getBytes(StandardCharsets.UTF_8));
            case "record" -> record(Path.of(order.path("file").asText()));
            case "recordEnd" -> endRecording();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int port(JsonNode order) throws IOException {
        int port = order.path("port").asInt();
        if (port < 0 || port >= SERIAL_PORTS) {
            throw new IOException("a machine has the serial ports 1 to " + SERIAL_PORTS);
        }
        return port;
    }

    private void paste(String text, String layout) throws IOException {
        try {
            machine.input()
                    .type(KeyStroke.unshifted(
                            KeyLayout.of(layout).strokes(text), (machine.input().leds() & CAPS_LOCK) != 0));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private synchronized void record(Path file) throws IOException {
        if (recorder != null && recorder.running()) {
            throw new IOException("the screen is being recorded already, in " + recorder.file());
        }
        MachineSession.requireFolder(file);
        recorder = new ScreenRecorder(machine.screen(), file, System::nanoTime, trouble -> {});
    }

    private synchronized void endRecording() throws IOException {
        if (recorder == null) {
            throw new IOException("the screen is not being recorded");
        }
        ScreenRecorder ending = recorder;
        recorder = null;
        ending.close();
        if (!ending.trouble().isEmpty()) {
            throw new IOException(ending.trouble());
        }
    }

    /** Ends a recording, whose film is kept. */
    @Override
    public synchronized void close() {
        if (recorder != null) {
            recorder.close();
        }
    }
}
