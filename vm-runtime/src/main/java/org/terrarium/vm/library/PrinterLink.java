package org.terrarium.vm.library;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;
import org.terrarium.vm.HostTrouble;

/** What the guest prints on the parallel port, added to a file of the host: further jobs follow those of earlier runs. */
final class PrinterLink implements AutoCloseable {
    private final OutputStream target;
    private final SerialPump pump;

    private PrinterLink(OutputStream target, SerialPump pump) {
        this.target = target;
        this.pump = pump;
    }

    /** @param file what is printed into, or null for a printer that throws everything away */
    static PrinterLink open(Path file) throws IOException {
        if (file == null) {
            return new PrinterLink(null, null);
        }
        try {
            OutputStream target = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new PrinterLink(target, SerialPump.to(target, "printer"));
        } catch (IOException e) {
            throw new IOException("the printer's file " + file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    /** Where the machine's builder shall send each byte. */
    IntConsumer sink() {
        return pump == null ? value -> {} : pump::write;
    }

    @Override
    public void close() throws IOException {
        if (pump != null) {
            pump.close();
            target.close();
        }
    }
}
