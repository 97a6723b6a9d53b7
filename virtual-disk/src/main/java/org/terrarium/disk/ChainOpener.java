package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens an image and what it is an overlay of, one after the other however long the chain is. */
final class ChainOpener {
    private final FileHost host;
    private final OpenOptions options;

    ChainOpener(FileHost host, OpenOptions options) {
        this.host = host;
        this.options = options;
    }

    /** The whole chain as one disk. */
    VirtualDisk open(Path path) throws IOException {
        List<MappedDisk.Layer> layers = openLayers(path, Integer.MAX_VALUE);
        boolean readOnly = !options.writable() || options.format() == DiskFormat.ISO;
        VirtualDisk disk = new MappedDisk(layers, null, readOnly);
        return layers.getFirst().format() instanceof RawFormat raw && raw.guarded()
                ? new GuardedRawDisk(disk, path)
                : disk;
    }

    /** The first {@code most} images of the chain, the disk's own first. */
    List<MappedDisk.Layer> openLayers(Path path, int most) throws IOException {
        List<MappedDisk.Layer> layers = new ArrayList<>();
        try {
            Set<Path> seen = new HashSet<>();
            Path next = path;
            OpenOptions how = options;
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
                    how = options.withWritable(false).withFormat(formatOf(backing, namedBy));
                    next = new ImageFiles(host, options, namedBy, 0, false).resolve(backing.name(), "backing file");
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
