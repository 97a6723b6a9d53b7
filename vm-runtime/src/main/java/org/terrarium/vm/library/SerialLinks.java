package org.terrarium.vm.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.spec.SerialSpec;

/** Connects a machine's serial ports with the places its description names. */
final class SerialLinks implements AutoCloseable {
    /** Terrarium's own streams, for ports that lead to stdio. */
    record Console(InputStream in, OutputStream out) {}

    private final List<OutputStream> targets = new ArrayList<>();
    private final List<SerialPump> pumps = new ArrayList<>();
    private final List<SerialSpec> specs;
    private final Console console;

    private SerialLinks(List<SerialSpec> specs, Console console) {
        this.specs = specs;
        this.console = console;
    }

    /**
     * Opens files and TCP ports.
     *
     * @param resolve finds the file that a description means
     */
    static SerialLinks open(List<SerialSpec> specs, UnaryOperator<Path> resolve, Console console) throws IOException {
        SerialLinks links = new SerialLinks(specs, console);
        try {
            for (int i = 0; i < specs.size(); i++) {
                OutputStream target = links.target(specs.get(i), resolve);
                links.targets.add(target);
                links.pumps.add(SerialPump.to(target, "serial-" + i));
            }
        } catch (IOException e) {
            links.close();
            throw e;
        }
        return links;
    }

    private OutputStream target(SerialSpec spec, UnaryOperator<Path> resolve) throws IOException {
        return switch (spec.kind()) {
            case NONE -> OutputStream.nullOutputStream();
            case STDIO -> console.out();
            case TCP -> SerialTcp.listen(spec.port());
            case FILE -> {
                Path file = resolve.apply(spec.file());
                try {
                    yield Files.newOutputStream(file);
                } catch (IOException e) {
                    throw new IOException(
                            "the serial port's file " + file + " cannot be written: " + HostTrouble.sentence(e), e);
                }
            }
        };
    }

    /** Where the machine's builder shall send each port's output. */
    List<SerialPump> sinks() {
        return pumps;
    }

    /** Lets what comes from outside reach the machine. */
    void connect(Machine machine) {
        for (int i = 0; i < specs.size(); i++) {
            int port = i;
            switch (specs.get(i).kind()) {
                case STDIO -> Thread.ofPlatform().daemon().name("serial-stdin").start(() -> carryInput(machine, port));
                case TCP -> ((SerialTcp) targets.get(i)).serve(bytes -> machine.sendSerial(port, bytes));
                case NONE, FILE -> {}
            }
        }
    }

    private void carryInput(Machine machine, int port) {
        try {
            Streams.forEachChunk(console.in(), bytes -> machine.sendSerial(port, bytes));
        } catch (IOException e) {
            // No more input, as at its end.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        for (SerialPump pump : pumps) {
            pump.close();
        }
        for (int i = 0; i < targets.size(); i++) {
            if (specs.get(i).kind() != SerialSpec.Kind.STDIO) {
                targets.get(i).close();
            }
        }
    }
}
