package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.DiskSpec;

/** Makes the images that a machine goes on in. */
final class Overlays {
    private static final String PREFIX = "overlay-";

    private Overlays() {}

    /** Whether a file is one of those that are made here: they are deleted when nothing needs them. */
    static boolean isOverlay(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(".qcow2");
    }

    /**
     * Makes an empty overlay for each disk; either all of them or none. The images below need not be closed.
     *
     * @return the disks as the machine's description is to name them
     */
    static List<DiskSpec> over(MachineFolder folder, List<DiskSpec> disks, RandomGenerator random) throws IOException {
        List<DiskSpec> made = new ArrayList<>();
        try {
            for (DiskSpec disk : disks) {
                Path below = folder.resolve(disk.file());
                if (!below.startsWith(folder.path())) {
                    OutsideDisks.add(folder, List.of(below));
                }
                DiskInfo info = DiskFormats.info(below);
                if (info.encrypted()) {
                    throw new IOException(
                            "the disk " + below + " is encrypted; snapshots of such disks are not possible");
                }
                DiskFormat format = disk.format() == null ? info.format() : disk.format();
                Files.createDirectories(folder.disks());
                Path overlay = folder.disks().resolve(PREFIX + id(random) + ".qcow2");
                DiskFormats.create(
                        overlay,
                        CreateOptions.qcow2(info.size())
                                .withBacking(BackingReference.to(reference(folder, overlay, below), format)));
                made.add(new DiskSpec(folder.name(overlay), DiskFormat.QCOW2, disk.controller(), disk.discard()));
            }
            return made;
        } catch (IOException | RuntimeException e) {
            drop(folder, made);
            throw e;
        }
    }

    /** Deletes overlays that came to nothing. */
    static void drop(MachineFolder folder, List<DiskSpec> overlays) throws IOException {
        for (DiskSpec disk : overlays) {
            Files.deleteIfExists(folder.resolve(disk.file()));
        }
    }

    /** How an image names what it lies on: relatively in the machine's folder, absolutely elsewhere. */
    static String reference(MachineFolder folder, Path image, Path other) {
        return other.startsWith(folder.path()) ? relative(image, other) : other.toString();
    }

    /** How an image names another one beside it or in a neighbouring folder. */
    static String relative(Path image, Path other) {
        return image.getParent().relativize(other).toString().replace('\\', '/');
    }

    static String id(RandomGenerator random) {
        return "%012x".formatted(random.nextLong() & 0xFFFF_FFFF_FFFFL);
    }
}
