package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.AtomicFile;

/**
 * The disks elsewhere that a machine's snapshots stand on, in the file {@code snapshots/outside}, a path a line: what overlays may
 * open although it lies in no machine's folder, because the machine's own description has named it. Not taken over from zip files.
 */
public final class OutsideDisks {
    /** The file's name. */
    public static final String NAME = "outside";

    private OutsideDisks() {}

    /** The images; a file that cannot be read allows none. */
    public static Set<Path> of(MachineFolder machine) {
        return in(machine.snapshots());
    }

    static Set<Path> in(Path snapshots) {
        Set<Path> files = new LinkedHashSet<>();
        try {
            for (String line : Files.readAllLines(snapshots.resolve(NAME), StandardCharsets.UTF_8)) {
                Path file = Path.of(line);
                if (file.isAbsolute()) {
                    files.add(file.normalize());
                    files.add(file.toRealPath());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return files;
        }
        return files;
    }

    /** Notes disks that are about to be stood on. */
    static void add(MachineFolder machine, Collection<Path> disks) throws IOException {
        Set<Path> all = of(machine);
        if (all.addAll(disks)) {
            StringBuilder lines = new StringBuilder();
            all.forEach(file -> lines.append(file).append('\n'));
            Files.createDirectories(machine.snapshots());
            AtomicFile.write(machine.snapshots().resolve(NAME), lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
