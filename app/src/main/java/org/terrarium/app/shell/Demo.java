package org.terrarium.app.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import org.terrarium.vm.library.DemoMachine;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;

/** The demo machine: a small guest of our own on a floppy that comes with the program. */
final class Demo {
    private static final String RESOURCE = "/org/terrarium/app/demo/demo.img";
    private static final String NAME = "Demo";

    private final MachineLibrary library;

    Demo(MachineLibrary library) {
        this.library = library;
    }

    /** Makes the machine in the library and returns its folder. */
    MachineFolder create() throws IOException {
        try (InputStream floppy = floppy()) {
            return DemoMachine.create(library, freeName(), floppy);
        }
    }

    /** What is on the demo guest's floppy. */
    static InputStream floppy() throws IOException {
        InputStream image = Demo.class.getResourceAsStream(RESOURCE);
        if (image == null) {
            throw new IOException("this build of Terrarium comes without the demo guest");
        }
        return image;
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
