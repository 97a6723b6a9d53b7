package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens an image and what it is an overlay of, one after the other however long the chain is. */
final class ChainOpener {
    /** Which of the chain's images are opened for writing, if the options allow writing at all. */
    interface Writable {
        Writable TOP = (path, depth) -> depth == 0;

        boolean test(Path path, int depth) throws IOException;
    }

    private final FileHost host;
    private final OpenOptions options;
    private String snapshot;

    ChainOpener(FileHost host, OpenOptions options) {
        this.host = host;
        this.options = options;
    }

    /** The contents that a snapshot inside the first image holds. */
    ChainOpener withSnapshot(String idOrName) {
        snapshot = idOrName;
        return this;
    }

    /** The whole chain as one disk. */
    VirtualDisk open(Path path) throws IOException {
        return guarded(openMapped(path, Integer.MAX_VALUE));
    }

    /** A disk of the first {@code most} images of the chain. */
    MappedDisk openMapped(Path path, int most) throws IOException {
        boolean readOnly = !options.writable() || options.format() == DiskFormat.ISO;
        return new MappedDisk(openLayers(path, most, Writable.TOP), null, readOnly);
    }

    /** The disk, kept from being taken for another format where nobody has called it raw. */
    static VirtualDisk guarded(MappedDisk disk) {
        MappedDisk.Layer top = disk.layers().getFirst();
        return top.format() instanceof RawFormat raw && raw.guarded()
                ? new GuardedRawDisk(disk, top.storage().path())
                : disk;
    }

    /** The first {@code most} images of the chain, the disk's own first. */
    List<MappedDisk.Layer> openLayers(Path path, int most, Writable writable) throws IOException {
        List<MappedDisk.Layer> layers = new ArrayList<>();
        try {
            Set<Path> seen = new HashSet<>();
            Path next = path;
            OpenOptions how = options.withWritable(options.writable() && writable.test(path, 0));
            Path namedBy = null;
            while (next != null && layers.size() < most) {
                if (!seen.add(host.real(next))) {
                    throw new DiskException(namedBy, "is its own backing file");
                }
                layers.add(openLayer(next, how, layers.size(), namedBy));
                if (namedBy != null) {
                    layers.get(layers.size() - 2)
                            .format()
                            .acceptBacking(next, layers.getLast().format());
                }
                BackingReference backing = layers.getLast().format().backing();
                namedBy = next;
                next = null;
                if (backing != null) {
                    next = new ImageFiles(host, options, namedBy, 0, false).resolve(backing.name(), "backing file");
                    how = options.withWritable(options.writable() && writable.test(next, layers.size()))
                            .withFormat(formatOf(backing, namedBy));
                }
            }
            return layers;
        } catch (IOException | RuntimeException e) {
            for (MappedDisk.Layer layer : layers) {
                layer.close();
            }
            throw e;
        }
    }

    private MappedDisk.Layer openLayer(Path path, OpenOptions how, int depth, Path namedBy) throws IOException {
        try {
            return openLayer(path, how, depth);
        } catch (DiskException e) {
            if (namedBy == null) {
                throw e;
            }
            throw new DiskException(namedBy, DiskException.NO_OFFSET, "its backing file " + e.getMessage(), e);
        }
    }

    private MappedDisk.Layer openLayer(Path path, OpenOptions how, int depth) throws IOException {
        Storage storage = host.open(path, how.writable() ? OpenFiles.Access.WRITE : OpenFiles.Access.READ);
        ImageFiles files = new ImageFiles(host, how, path, depth, false);
        if (depth == 0) {
            files.showSnapshot(snapshot);
        }
        try {
            ImageFormat format = DiskFormats.openImage(storage, how, files);
            return new MappedDisk.Layer(storage, format, files.opened());
        } catch (IOException | RuntimeException e) {
            storage.close();
            files.close();
            throw e;
        }
    }

    private static DiskFormat formatOf(BackingReference backing, Path namedBy) throws DiskException {
        if (backing.format() == null) {
            return null;
        }
        DiskFormat format = DiskFormat.byLabel(backing.format());
        if (format == null) {
            throw new DiskException(
                    namedBy, "has a backing file of format " + backing.format() + ", which this version cannot open");
        }
        return format;
    }
}
