package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** The same with how sure that is; also for an image that cannot be opened. */
    public static Recognition identify(Path path) throws IOException {
        ImageFiles files = new ImageFiles(FileHost.LOCAL, OpenOptions.readOnly(), path, 0, false);
        try (Storage storage = FileStorage.open(path, OpenFiles.Access.INSPECT)) {
            Probe.Finding finding = Probe.probe(storage);
            return new Recognition(finding.format(), confidence(finding, storage, files), finding.words());
        } finally {
            files.close();
        }
    }

    private static Recognition.Confidence confidence(Probe.Finding finding, Storage storage, ImageContext context)
            throws IOException {
        if (finding.format() == DiskFormat.RAW) {
            return Probe.isNamedRaw(storage) ? Recognition.Confidence.CERTAIN : Recognition.Confidence.GUESS;
        }
        if (finding.format() == null) {
            return Recognition.Confidence.LIKELY;
        }
        try {
            if (finding.format() == DiskFormat.ISO) {
                Probe.requireWholeIso(storage);
            }
            info(storage, context);
            return Recognition.Confidence.CERTAIN;
        } catch (DiskException e) {
            return Recognition.Confidence.LIKELY;
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
        return new ChainOpener(FileHost.LOCAL, options).open(path);
    }

    /** Opens a CD image for reading; anything without a volume descriptor, and one cut short, is refused. */
    public static VirtualDisk openCd(Path path) throws IOException {
        return open(path, OpenOptions.readOnly().withFormat(DiskFormat.ISO));
    }

    /** Opens one image of the format that is stated or shown by its content, without its backing file. */
    static ImageFormat openImage(Storage storage, OpenOptions options, ImageContext context) throws IOException {
        Path path = storage.path();
        if (storage.size() == 0) {
            throw new DiskException(path, "is empty, so it is no disk image");
        }
        Probe.Finding finding = Probe.probe(storage);
        DiskFormat format = options.format() != null ? options.format() : requireKnown(finding, path);
        if (format == DiskFormat.ISO && options.format() == null && context.writable()) {
            format = DiskFormat.RAW;
        }
        return switch (format) {
            case RAW -> new RawFormat(storage, options.format() == null && context.writable());
            case ISO -> openIso(storage, finding, context);
            case QCOW2 -> Qcow2Format.open(storage, context);
            case VMDK, VDI, VHD, VHDX, LUKS -> ForeignFormats.open(format, storage, context);
            case GZIP, XZ, ZSTD ->
                openUnpacked(ForeignFormats.unpack(format, storage, context), options.withFormat(null), context);
        };
    }

    private static ImageFormat openIso(Storage storage, Probe.Finding finding, ImageContext context)
            throws IOException {
        Storage contents = finding.format() == null ? null : ForeignFormats.unpack(finding.format(), storage, context);
        if (contents != null) {
            return openUnpacked(contents, OpenOptions.readOnly().withFormat(DiskFormat.ISO), context);
        }
        if (finding.format() != DiskFormat.ISO) {
            throw new DiskException(
                    storage.path(),
                    "is not a CD image: "
                            + (finding.format() == DiskFormat.RAW
                                    ? "it has no ISO 9660 or UDF volume descriptor"
                                    : "it is " + finding.words()));
        }
        Probe.requireWholeIso(storage);
        return new RawFormat(storage, false);
    }

    private static ImageFormat openUnpacked(Storage contents, OpenOptions options, ImageContext context)
            throws IOException {
        requireOnePacking(contents);
        return openImage(contents, options, context);
    }

    private static void requireOnePacking(Storage contents) throws IOException {
        DiskFormat inner = Probe.probe(contents).format();
        if (inner == DiskFormat.GZIP || inner == DiskFormat.XZ || inner == DiskFormat.ZSTD) {
            throw new DiskException(contents.path(), "is packed more than once; unpack it first");
        }
    }

    static DiskFormat requireKnown(Probe.Finding finding, Path path) throws DiskException {
        if (finding.format() == null) {
            throw new DiskException(
                    path,
                    "is " + finding.words() + ", which this version cannot open; convert it first (or state the format "
                            + "raw if its bytes are the disk)");
        }
        return finding.format();
    }

    /** Creates an image. A file of that name must not exist; none is left behind when it fails. */
    public static void create(Path path, CreateOptions options) throws IOException {
        createFiles(path, options);
    }

    /** The same; all the files it has made. */
    static Set<Path> createFiles(Path path, CreateOptions options) throws IOException {
        long size = options.size();
        if (size == 0 && options.backing() != null) {
            size = sizeOfBacking(path, options.backing());
        }
        if (size == 0) {
            throw new DiskException(path, "a disk needs a size");
        }
        NewFiles files = new NewFiles();
        try (files) {
            FileStorage storage = files.create(path);
            switch (options.format()) {
                case QCOW2 -> Qcow2Creator.create(storage, options, size, name -> files.create(beside(path, name)));
                case RAW -> {
                    storage.setSize((size + RawFormat.SECTOR - 1) & -RawFormat.SECTOR);
                    storage.sync();
                }
                default ->
                    ForeignFormats.create(
                            storage,
                            options,
                            (size + RawFormat.SECTOR - 1) & -RawFormat.SECTOR,
                            name -> files.create(beside(path, name)));
            }
            files.keep();
        }
        return files.paths();
    }

    private static long sizeOfBacking(Path path, BackingReference reference) throws IOException {
        DiskFormat format = DiskFormat.byLabel(reference.format());
        if (format == null) {
            throw new DiskException(path, "cannot have a backing file of the unknown format " + reference.format());
        }
        try (VirtualDisk disk =
                open(beside(path, reference.name()), OpenOptions.readOnly().withFormat(format))) {
            return disk.size();
        }
    }

    private static Path beside(Path path, String name) {
        return path.toAbsolutePath().normalize().resolveSibling(name);
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
            Qcow2Creator.create(storage, CreateOptions.qcow2(base.size()), base.size(), name -> null);
            Qcow2Format format = Qcow2Format.open(storage, ImageFiles.overBase(storage.path()));
            return new MappedDisk(storage, format, base, false);
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    /** What an image says about itself, even while a machine uses it. */
    public static DiskInfo info(Path path) throws IOException {
        ImageFiles files = new ImageFiles(FileHost.LOCAL, OpenOptions.readOnly(), path, 0, false);
        try (Storage storage = FileStorage.open(path, OpenFiles.Access.INSPECT)) {
            return info(storage, files);
        } finally {
            files.close();
        }
    }

    /**
     * What an image and all below it say about themselves, the image first, even while a machine uses them.
     *
     * @param options which files may be named; nothing is asked for passphrases
     */
    public static Map<Path, DiskInfo> chain(Path path, OpenOptions options) throws IOException {
        Map<Path, DiskInfo> chain = new LinkedHashMap<>();
        DiskFormat stated = options.format();
        Path next = path;
        Path namedBy = null;
        while (next != null) {
            if (chain.containsKey(next)) {
                throw new DiskException(namedBy, "is its own backing file");
            }
            ImageFiles files = new ImageFiles(FileHost.LOCAL, options.withWritable(false), next, 0, false);
            DiskInfo info;
            try (Storage storage = FileStorage.open(next, OpenFiles.Access.INSPECT)) {
                info = stated == DiskFormat.RAW ? linear(stated, storage) : info(storage, files);
            } finally {
                files.close();
            }
            chain.put(next, info);
            namedBy = next;
            next = info.backingFile() == null ? null : files.resolve(info.backingFile(), "backing file");
            stated = info.backingFormat() == null ? null : DiskFormat.byLabel(info.backingFormat());
        }
        return chain;
    }

    /** Bytes of an image's file that are no holes, as far as the host can tell. */
    public static long storedBytes(Path path) throws IOException {
        long stored = 0;
        try (Storage storage = FileStorage.open(path, OpenFiles.Access.INSPECT)) {
            long size = storage.size();
            for (long at = storage.dataFrom(0); at < size; ) {
                long hole = Math.min(size, storage.holeFrom(at));
                stored += hole - at;
                at = storage.dataFrom(hole);
            }
        }
        return stored;
    }

    private static DiskInfo linear(DiskFormat format, Storage storage) {
        long size = new RawFormat(storage, false).size();
        return new DiskInfo(format, size, storage.size(), 0, 0, null, null, false, false, 0, false, Map.of());
    }

    static DiskInfo info(Storage storage, ImageContext context) throws IOException {
        DiskFormat format = requireKnown(Probe.probe(storage), storage.path());
        return switch (format) {
            case RAW, ISO -> linear(format, storage);
            case QCOW2 -> {
                Qcow2Header header = Qcow2Header.read(storage);
                yield new DiskInfo(
                        format,
                        header.size(),
                        storage.size(),
                        header.clusterSize(),
                        header.version(),
                        header.backingFile(),
                        header.backingFormat(),
                        header.dirty(),
                        header.corrupt(),
                        header.snapshotCount(),
                        header.encrypted(),
                        header.details());
            }
            default -> ForeignFormats.info(format, storage, context);
        };
    }
}
