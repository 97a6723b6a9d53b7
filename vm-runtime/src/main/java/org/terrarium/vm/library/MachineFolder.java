package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SpecException;

/**
 * One machine on disk: a folder that can be moved, copied and zipped.
 *
 * @param path the folder, {@code <name>.terrarium}
 */
public record MachineFolder(Path path) {
    static final String SUFFIX = ".terrarium";

    public MachineFolder {
        path = path.toAbsolutePath().normalize();
        if (!isMachine(path)) {
            throw new IllegalArgumentException(path + " is no machine's folder: its name does not end in " + SUFFIX);
        }
    }

    /** Whether the path is named like a machine's folder. */
    public static boolean isMachine(Path path) {
        Path name = path.getFileName();
        return name != null
                && name.toString().endsWith(SUFFIX)
                && name.toString().length() > SUFFIX.length()
                && !name.toString().startsWith(".");
    }

    /** The machine's name, which is that of the folder: a copied or renamed folder is a machine of that name. */
    public String name() {
        String folder = path.getFileName().toString();
        return folder.substring(0, folder.length() - SUFFIX.length());
    }

    public Path machineJson() {
        return path.resolve("machine.json");
    }

    /** The description before its last change. */
    public Path previousJson() {
        return path.resolve("machine.json.previous");
    }

    public Path disks() {
        return path.resolve("disks");
    }

    public Path snapshots() {
        return path.resolve("snapshots");
    }

    /** The firmware's settings. */
    public Path nvram() {
        return path.resolve("nvram");
    }

    public Path leases() {
        return path.resolve("leases.json");
    }

    /** Where the machine's logs are. */
    public Path logs() {
        return path.resolve("logs");
    }

    public Path lock() {
        return path.resolve("lock");
    }

    /**
     * Whether who may change everything in a folder of the host's could change a machine itself: its description, disks or snapshots.
     *
     * @param folder what may be changed, need not be there
     * @param machine the machine's folder
     */
    public static boolean exposed(Path folder, Path machine) {
        Path open = real(folder);
        Path own = real(machine);
        return own.startsWith(open)
                || Stream.of("disks", "snapshots").map(own::resolve).anyMatch(open::startsWith);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize(); // not there, so no links lead to it
        }
    }

    /** Reads {@code machine.json}. */
    public MachineSpec load() throws SpecException {
        return MachineFile.load(machineJson(), name());
    }

    /** Replaces {@code machine.json}; what was there before is kept beside it, if it could be read. */
    public void save(MachineSpec spec) throws IOException {
        keepPrevious();
        MachineFile.save(machineJson(), spec);
    }

    private void keepPrevious() throws IOException {
        try {
            MachineSpec now = load();
            MachineFile.save(previousJson(), now);
        } catch (SpecException e) {
            return; // none yet, or spoiled: an older one that is good stays
        }
    }

    /** The description before its last change, if there is a good one. */
    public Optional<MachineSpec> previous() {
        try {
            return Optional.of(MachineFile.load(previousJson(), name()));
        } catch (SpecException e) {
            return Optional.empty();
        }
    }

    /** The file that a path in {@code machine.json} means. */
    public Path resolve(Path file) {
        return path.resolve(file).normalize();
    }

    /** How {@code machine.json} names a file: relative when it is in this folder, else absolute. */
    public Path name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(path) ? path.relativize(absolute) : absolute;
    }
}
