package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Writes what overlays hold into the image they are overlays of. */
public final class DiskCommit {
    static final int PIECE = 1 << 20;

    private DiskCommit() {}

    /**
     * Brings {@code base} to what {@code image} shows. Until it is done, and when it is stopped, {@code image} shows what it
     * did before; other overlays of {@code base}, and those in between, no longer show what they did.
     *
     * @param base an image further down the chain, or null for the one that {@code image} names
     * @param keep leave the contents in {@code image} too; else it is emptied, unless there are others in between
     */
    public static void commit(Path image, OpenOptions options, Path base, boolean keep, Progress progress)
            throws IOException {
        Path realBase = base == null ? null : FileHost.LOCAL.real(base);
        ChainOpener.Writable writable = (path, depth) -> depth == 0
                || (realBase == null ? depth == 1 : FileHost.LOCAL.real(path).equals(realBase));
        List<MappedDisk.Layer> layers = new ChainOpener(FileHost.LOCAL, options.withWritable(true))
                .openLayers(image, Integer.MAX_VALUE, writable);
        int upper = 1;
        while (realBase != null
                && upper < layers.size()
                && !FileHost.LOCAL.real(layers.get(upper).storage().path()).equals(realBase)) {
            upper++;
        }
        if (upper >= layers.size()) {
            closeAll(layers);
            throw new DiskException(
                    image, base == null ? "has no backing file to commit to" : "is no overlay of " + base);
        }
        try (MappedDisk above = new MappedDisk(layers.subList(0, upper), null, false);
                MappedDisk below = new MappedDisk(layers.subList(upper, layers.size()), null, false)) {
            if (above.size() > below.size()) {
                DiskResize.resize(below, above.size());
            }
            VirtualDisk target = ChainOpener.guarded(below);
            try {
                copy(above, upper, target, progress);
            } finally {
                target.flush();
            }
            if (!keep && upper == 1) {
                above.change(ImageFormat::clear);
            }
        }
    }

    private static void closeAll(List<MappedDisk.Layer> layers) throws IOException {
        for (MappedDisk.Layer layer : layers) {
            layer.close();
        }
    }

    /** @param layers how many images of {@code from} count; the rest it shares with {@code to} */
    static void copy(MappedDisk from, int layers, VirtualDisk to, Progress progress) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long size = from.size();
        long at = 0;
        while (at < size) {
            progress.at(at, size);
            RangeStatus status = from.status(at, size - at);
            long length = status.length();
            if (status.depth() < layers && status.zero()) {
                to.writeZeroes(at, length);
            } else if (status.depth() < layers) {
                length = Math.min(length, PIECE);
                piece.clear().limit((int) length);
                from.read(at, piece);
                to.write(at, piece.flip());
            }
            at += length;
        }
        progress.at(size, size);
    }
}
