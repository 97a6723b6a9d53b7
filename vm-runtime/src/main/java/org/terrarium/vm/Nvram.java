package org.terrarium.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.terrarium.vm.device.rtc.Rtc;
import org.terrarium.vm.spec.AtomicFile;

/**
 * The battery of the machine's CMOS memory: a file that holds the firmware's settings while the power is off. The time in it
 * is the host's.
 */
final class Nvram {
    private static final int BYTES = 2 * Rtc.BANK;

    private final Rtc rtc;
    private final Path file;
    private byte[] stored;

    private Nvram(Rtc rtc, Path file) {
        this.rtc = rtc;
        this.file = file;
    }

    /**
     * Fills the clock chip's memory from the builder's file, if there is one.
     *
     * @throws IOException in one sentence when the file cannot be used
     */
    static Nvram load(MachineBuilder b, Rtc rtc) throws IOException {
        Path file = b.nvram().map(MachineBuilder.NvramOption::file).orElse(null);
        if (file != null && Files.exists(file)) {
            rtc.setContents(read(file));
        }
        Nvram nvram = new Nvram(rtc, b.nvram().filter(o -> !o.throwAway()).isPresent() ? file : null);
        nvram.stored = rtc.contents();
        return nvram;
    }

    private static byte[] read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES + 1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + HostTrouble.sentence(e), e);
        }
        if (bytes.length != BYTES) {
            throw new IOException(file + " does not hold a firmware's settings: it must have " + BYTES
                    + " bytes; delete it to start with the usual settings");
        }
        return bytes;
    }

    /** Writes the file when the guest has changed something since; throws in one sentence, and the file is then as before. */
    void store() throws IOException {
        byte[] now = rtc.contents();
        if (file == null || Arrays.equals(now, stored)) {
            return;
        }
        try {
            AtomicFile.write(file, now);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
        stored = now;
    }
}
