package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineListener;
import org.terrarium.vm.MachineState;

/**
 * What happened to a machine, a line each in {@code logs/machine.log} of its folder: when it was started and how it ended, and
 * the host's trouble meanwhile. A log that cannot be written is given up silently: whatever keeps it from being written (a full
 * disk, say) keeps more important things from being written, and those are reported.
 */
public final class MachineLog implements MachineListener {
    static final String FILE = "machine.log";

    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final Machine machine;
    private final InstantSource clock;

    private MachineLog(Path file, Machine machine, InstantSource clock) {
        this.file = file;
        this.machine = machine;
        this.clock = clock;
    }

    /** The log of a machine of the library; there is none before its first start. */
    public static Path of(MachineFolder folder) {
        return folder.logs().resolve(FILE);
    }

    /** Has a log of the machine's life written into {@code folder}; one that has become long is put aside first. */
    static void attach(Path folder, Machine machine, InstantSource clock) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
                Files.move(file, folder.resolve(FILE + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            return;
        }
        machine.addListener(new MachineLog(file, machine, clock));
    }

    @Override
    public void stateChanged(MachineState state) {
        write(
                state == MachineState.FAILED
                        ? "stopped by an error: " + machine.failure().orElse("none is known")
                        : state.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void hostTrouble(String sentence) {
        write("trouble: " + sentence);
    }

    private synchronized void write(String what) {
        String line = clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + what.replaceAll("\\R", " ") + "\n";
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            return; // see above
        }
    }
}
