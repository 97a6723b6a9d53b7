package org.terrarium.vm.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.terrarium.disk.Progress;
import org.terrarium.vm.Machine;

/** A machine's state in two files, as tests make and compare them. */
public record SavedMachine(Path state, Path ram) {
    /** Saves {@code m} into new files in a folder. */
    public static SavedMachine of(Machine m, Path folder, String name) throws IOException {
        CapturedState captured = m.capture(disks -> {});
        try {
            SavedMachine saved = new SavedMachine(folder.resolve(name + ".state"), folder.resolve(name + ".ram"));
            Files.write(saved.state, captured.devices());
            RamFile.write(saved.ram, captured.memory(), null, Progress.NONE);
            return saved;
        } finally {
            m.release(captured);
        }
    }

    /** Puts it into a machine that was just built. */
    public void into(Machine m) throws IOException {
        m.restore(StateFile.read(state), RamImage.open(List.of(ram)));
    }
}
