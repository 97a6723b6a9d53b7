package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.terrarium.disk.qcow2.Qcow2Format;
import org.terrarium.disk.qcow2.Qcow2Snapshots;

/** Snapshots inside an image; only qcow2 has them. */
public final class DiskSnapshots {
    private DiskSnapshots() {}

    /** Those in the image, in its order; none for a format that has no snapshots. */
    public static List<DiskSnapshot> list(Path image, OpenOptions options) throws IOException {
        try (Storage storage = FileStorage.open(image, OpenFiles.Access.READ)) {
            DiskFormat format =
                    options.format() != null ? options.format() : DiskFormats.requireKnown(Probe.probe(storage), image);
            return format == DiskFormat.QCOW2 ? Qcow2Snapshots.list(storage) : List.of();
        }
    }

    /** Keeps the present contents under a name. */
    public static void create(Path image, OpenOptions options, String name, Instant date) throws IOException {
        change(image, options, snapshots -> snapshots.create(name, date));
    }

    /** @param idOrName an id is looked for first */
    public static void delete(Path image, OpenOptions options, String idOrName) throws IOException {
        change(image, options, snapshots -> snapshots.delete(idOrName));
    }

    /** Goes back to a snapshot's contents and size; the present contents are lost. */
    public static void apply(Path image, OpenOptions options, String idOrName) throws IOException {
        change(image, options, snapshots -> snapshots.apply(idOrName));
    }

    /** A snapshot's contents, for reading. */
    public static VirtualDisk open(Path image, OpenOptions options, String idOrName) throws IOException {
        try (Storage storage = FileStorage.open(image, OpenFiles.Access.READ)) {
            if (options.format() == null && DiskFormats.requireKnown(Probe.probe(storage), image) != DiskFormat.QCOW2) {
                throw new DiskException(image, "has no snapshots inside; only a qcow2 image can");
            }
        }
        return new ChainOpener(FileHost.LOCAL, options.withWritable(false))
                .withSnapshot(idOrName)
                .open(image);
    }

    private interface Change {
        void run(Qcow2Snapshots snapshots) throws IOException;
    }

    private static void change(Path image, OpenOptions options, Change change) throws IOException {
        try (MappedDisk disk = new ChainOpener(FileHost.LOCAL, options.withWritable(true)).openMapped(image, 1)) {
            disk.change(format -> {
                if (!(format instanceof Qcow2Format qcow2)) {
                    throw new DiskException(image, "has no snapshots inside; only a qcow2 image can");
                }
                change.run(new Qcow2Snapshots(qcow2));
            });
        }
    }
}
