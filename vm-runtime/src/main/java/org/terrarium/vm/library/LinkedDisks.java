package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.SpecException;

/** The disk images that a machine needs: its own, those of its snapshots, and whatever they are overlays of. */
public final class LinkedDisks {
    private final Set<Path> files = new LinkedHashSet<>();

    private LinkedDisks(Collection<Path> first) {
        Deque<Path> open = new ArrayDeque<>(first);
        while (!open.isEmpty()) {
            Path file = real(open.remove());
            if (files.add(file)) {
                Path backing = backingOf(file);
                if (backing != null) {
                    open.add(backing);
                }
            }
        }
    }

    /** All images of a machine; those that are missing or cannot be read count by their name. */
    public static LinkedDisks of(MachineFolder machine) throws IOException {
        Set<Path> first = new LinkedHashSet<>();
        try {
            for (DiskSpec disk : machine.load().disks()) {
                first.add(machine.resolve(disk.file()));
            }
        } catch (SpecException e) {
            // A broken machine's files count all the same.
        }
        for (Path folder : List.of(machine.disks(), machine.snapshots())) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    all.filter(Files::isRegularFile).forEach(first::add);
                }
            }
        }
        return new LinkedDisks(first);
    }

    /** One image and what it is an overlay of. */
    public static LinkedDisks of(Path image) {
        return new LinkedDisks(List.of(image));
    }

    /** The images, the machine's own first. */
    public Set<Path> files() {
        return files;
    }

    /** Whether any of them lies in that folder. */
    public boolean reachInto(Path folder) {
        Path real = real(folder);
        return files.stream().anyMatch(file -> file.startsWith(real));
    }

    /** Whether all of them lie in that folder. */
    public boolean stayIn(Path folder) {
        Path real = real(folder);
        return files.stream().allMatch(file -> file.startsWith(real));
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static Path backingOf(Path file) {
        try {
            DiskInfo info = DiskFormats.info(file);
            return info.backingFile() == null ? null : file.resolveSibling(info.backingFile());
        } catch (IOException e) {
            return null; // No image, or one that cannot be read: it leads nowhere.
        }
    }
}
