package org.terrarium.app.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SoundSpec;

/** The demo machine: a small guest of our own on a floppy that comes with the program. */
final class Demo {
    private static final String RESOURCE = "/org/terrarium/app/demo/demo.img";
    private static final String FLOPPY = "demo.img";
    private static final String NAME = "Demo";
    private static final int MEMORY_MIB = 64;

    private final MachineLibrary library;

    Demo(MachineLibrary library) {
        this.library = library;
    }

    /** Makes the machine in the library and returns its folder. */
    MachineFolder create() throws IOException {
        try (InputStream image = Demo.class.getResourceAsStream(RESOURCE)) {
            if (image == null) {
                throw new IOException("This build of Terrarium comes without the demo guest.");
            }
            MachineSpec spec = MachineSpec.of(freeName()).withMemory(MEMORY_MIB).withSound(SoundSpec.HOST);
            MachineFolder folder = library.create(spec, 0);
            Files.copy(image, folder.disks().resolve(FLOPPY));
            folder.save(spec.withFloppies(List.of(Path.of("disks", FLOPPY))));
            return folder;
        }
    }

    private String freeName() throws IOException {
        Set<String> taken = library.list().stream().map(MachineEntry::name).collect(Collectors.toSet());
        String name = NAME;
        for (int n = 2; taken.contains(name); n++) {
            name = NAME + " " + n;
        }
        return name;
    }
}
