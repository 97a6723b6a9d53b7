package org.terrarium.vm.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SoundSpec;

/** The demo machine: a small guest of our own on a floppy that comes with the program. */
public final class DemoMachine {
    private static final String FLOPPY = "demo.img";
    private static final int MEMORY_MIB = 64;

    private DemoMachine() {}

    /**
     * Makes the machine in a library.
     *
     * @param floppy what is on the demo guest's floppy; stays the caller's to close
     */
    public static MachineFolder create(MachineLibrary library, String name, InputStream floppy) throws IOException {
        MachineSpec spec = MachineSpec.of(name).withMemory(MEMORY_MIB).withSound(SoundSpec.HOST);
        MachineFolder folder = library.create(spec, 0);
        Files.copy(floppy, folder.disks().resolve(FLOPPY));
        folder.save(spec.withFloppies(List.of(Path.of("disks", FLOPPY))));
        return folder;
    }
}
