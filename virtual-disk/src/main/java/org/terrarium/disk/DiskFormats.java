package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.terrarium.disk.qcow2.Qcow2Creator;
import org.terrarium.disk.qcow2.Qcow2Format;
import org.terrarium.disk.qcow2.Qcow2Header;

/** Opens, creates and describes disk images of every format. */
public final class DiskFormats {
    private DiskFormats() {}

    /** What the file's content shows. A file nobody recognizes is raw. */
    public static DiskFormat probe(Path path) throws IOException {
        try (Storage storage = FileStorage.open(path, OpenFiles.Access.INSPECT)) {
            return requireKnown(Probe.probe(storage), path);
        }
    }

    /**
     * Opens an image and the backing files it names. A CD image opened for writing is a raw disk; opened for reading it must
     * be whole.
     *
     * @throws DiskException when it cannot be: missing, damaged, of a format this version lacks, in use, or its backing
     *     file is refused by the gate
     */
    public static VirtualDisk open(Path path, OpenOptions options) throws IOException {
        return open(path, options, new HashSet<>());
    }

    /** Opens a CD image for reading; anything without a volume descriptor, and one cut short, is refused. */
    public static VirtualDisk openCd(Path path) throws IOException {
        return open(path, OpenOptions.readOnly().withFormat(DiskFormat.ISO));
    }

    private static VirtualDisk open(Path path, OpenOptions options, Set<Path> chain) throws IOException {
        if (Files.exists(path) && !chain.add(path.toRealPath())) {
            throw new DiskException(path, "is its own backing file");
        }
        FileStorage storage =
                FileStorage.open(path, options.writable() ? OpenFiles.Access.WRITE : OpenFiles.Access.READ);
        try {
            return open(storage, options, chain);
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static VirtualDisk open(FileStorage storage, OpenOptions options, Set<Path> chain) throws IOException {
        Path path = storage.path();
        if (storage.size() == 0) {
            throw new DiskException(path, "is empty, so it is no disk image");
        }
        Probe.Finding finding = Probe.probe(storage);
        DiskFormat format = options.format() != null ? options.format() : requireKnown(finding, path);
        if (format == DiskFormat.ISO && options.format() == null && options.writable()) {
            format = DiskFormat.RAW;
        }
        return switch (format) {
            case RAW -> openRaw(storage, options);
            case ISO -> {
                if (finding.format() != DiskFormat.ISO) {
                    throw new DiskException(
                            path,
                            "is not a CD image: "
                                    + (finding.foreign() == null
                                            ? "it has no ISO 9660 or UDF volume descriptor"
                                            : "it is " + finding.foreign()));
                }
                Probe.requireWholeIso(storage);
                yield new MappedDisk(storage, new RawFormat(storage), null, true);
            }
            case QCOW2 -> openQcow2(storage, options, chain);
        };
    }

    private static VirtualDisk openRaw(FileStorage storage, OpenOptions options) {
        VirtualDisk disk = new MappedDisk(storage, new RawFormat(storage), null, !options.writable());
        return options.format() == null && options.writable() ? new GuardedRawDisk(disk, storage.path()) : disk;
    }

    private static VirtualDisk openQcow2(FileStorage storage, OpenOptions options, Set<Path> chain) throws IOException {
        Qcow2Header header = Qcow2Header.read(storage);
        boolean hasBacking = header.backingFile() != null;
        VirtualDisk backing = hasBacking ? openBacking(storage.path(), header, options, chain) : null;
        try {
            Qcow2Format format = Qcow2Format.open(storage, header, hasBacking, options.writable());
            return new MappedDisk(storage, format, backing, !options.writable());
        } catch (IOException | RuntimeException e) {
            if (backing != null) {
                backing.close();
            }
            throw e;
        }
    }

    private static VirtualDisk openBacking(Path path, Qcow2Header header, OpenOptions options, Set<Path> chain)
            throws IOException {
        Path backing = resolveBacking(path, header.backingFile());
        if (!options.gate().test(backing)) {
            throw new DiskException(path, "names " + backing + " as its backing file, which it is not allowed to open");
        }
        DiskFormat format = null;
        if (header.backingFormat() != null) {
            format = DiskFormat.byLabel(header.backingFormat());
            if (format == null) {
                throw new DiskException(
                        path,
                        "has a backing file of format " + header.backingFormat() + ", which this version cannot open");
            }
        }
        try {
            return open(backing, new OpenOptions(false, format, options.gate()), chain);
        } catch (DiskException e) {
            throw new DiskException(path, DiskException.NO_OFFSET, "its backing file " + e.getMessage(), e);
        }
    }

    /** A backing file is named relative to the folder of the image that names it. */
    private static Path resolveBacking(Path image, String name) throws IOException {
        if (name.startsWith("json:") || name.matches("[a-z][a-z0-9+.-]+:.*") && !name.startsWith("file:")) {
            throw new DiskException(image, "names " + name + " as its backing file; only local files can be opened");
        }
        try {
            String local = name.startsWith("file:") ? name.substring("file:".length()) : name;
            return image.toRealPath().resolveSibling(local).normalize();
        } catch (InvalidPathException e) {
            throw new DiskException(image, "names a backing file whose name this host does not allow: " + name);
        }
    }

    private static DiskFormat requireKnown(Probe.Finding finding, Path path) throws DiskException {
        if (finding.foreign() != null) {
            throw new DiskException(
                    path,
                    "is " + finding.foreign() + "; this version opens raw, ISO and qcow2 images, so convert it first "
                            + "(or state the format raw if its bytes are the disk)");
        }
        return finding.format();
    }

    /** Creates an image. A file of that name must not exist; none is left behind when it fails. */
    public static void create(Path path, CreateOptions options) throws IOException {
        long size = options.size();
        if (size == 0 && options.backingFile() != null) {
            Path backing = path.toAbsolutePath().normalize().resolveSibling(options.backingFile());
            try (VirtualDisk disk = open(backing, OpenOptions.readOnly().withFormat(options.backingFormat()))) {
                size = disk.size();
            }
        }
        if (size == 0) {
            throw new DiskException(path, "a disk needs a size");
        }
        FileStorage storage = FileStorage.create(path);
        try {
            try (storage) {
                if (options.format() == DiskFormat.QCOW2) {
                    Qcow2Creator.create(storage, options, size);
                } else {
                    storage.setSize((size + RawFormat.SECTOR - 1) & -RawFormat.SECTOR);
                    storage.sync();
                }
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * A disk that shows {@code base} and keeps all writes in a temporary file, gone when it is closed or this process ends.
     *
     * @param base closed together with the overlay
     * @param folder where the temporary file goes
     */
    public static VirtualDisk throwAway(VirtualDisk base, Path folder) throws IOException {
        FileStorage storage = FileStorage.temporary(folder);
        try {
            Qcow2Creator.create(storage, CreateOptions.qcow2(base.size()), base.size());
            Qcow2Format format = Qcow2Format.open(storage, Qcow2Header.read(storage), true, true);
            return new MappedDisk(storage, format, base, false);
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    /** What an image says about itself, even while a machine uses it. */
    public static DiskInfo info(Path path) throws IOException {
        try (Storage storage = FileStorage.open(path, OpenFiles.Access.INSPECT)) {
            DiskFormat format = requireKnown(Probe.probe(storage), path);
            if (format != DiskFormat.QCOW2) {
                long size = new RawFormat(storage).size();
                return new DiskInfo(format, size, storage.size(), 0, 0, null, null, false, false, 0);
            }
            Qcow2Header header = Qcow2Header.read(storage);
            return new DiskInfo(
                    format,
                    header.size(),
                    storage.size(),
                    header.clusterSize(),
                    header.version(),
                    header.backingFile(),
                    header.backingFormat(),
                    header.dirty(),
                    header.corrupt(),
                    header.snapshotCount());
        }
    }
}
