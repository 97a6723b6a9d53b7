package org.terrarium.disk.qcow2;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Packs and unpacks single clusters (qcow2.rst, "compression_type" and "Compressed Clusters Descriptor"). Thread-safe. */
final class ClusterCodec {
    /**
     * QEMU unpacks deflate with a window of 4 KiB. Java's deflater always has one of 32 KiB, but after a full flush it never
     * refers to what came before, so a full flush after each 4 KiB keeps within QEMU's window.
     */
    private static final int DEFLATE_WINDOW = 4096;

    private static final int ZSTD_LEVEL = 3;

    /** A cluster has at most 2^21 bytes, so no honest frame needs a larger window; a dishonest one gets no memory. */
    private static final int ZSTD_MAX_WINDOW_LOG = 23;

    private final boolean zstd;
    private final int clusterSize;

    ClusterCodec(Qcow2Header header) {
        this.zstd = header.compression() == Qcow2Header.ZSTD;
        this.clusterSize = header.clusterSize();
    }

    /** Null when the packed form would not be smaller than a cluster. */
    byte[] pack(ByteBuffer cluster) {
        byte[] bytes = new byte[clusterSize];
        cluster.get(bytes);
        if (zstd) {
            byte[] packed = Zstd.compress(bytes, ZSTD_LEVEL);
            return packed.length < clusterSize ? packed : null;
        }
        return deflate(bytes);
    }

    private byte[] deflate(byte[] bytes) {
        byte[] packed = new byte[clusterSize];
        int length = 0;
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            for (int at = 0; at < clusterSize; at += DEFLATE_WINDOW) {
                int part = Math.min(DEFLATE_WINDOW, clusterSize - at);
                boolean last = at + part == clusterSize;
                deflater.setInput(bytes, at, part);
                if (last) {
                    deflater.finish();
                }
                length += deflater.deflate(
                        packed, length, clusterSize - length, last ? Deflater.NO_FLUSH : Deflater.FULL_FLUSH);
                if (length == clusterSize) {
                    return null;
                }
            }
            return deflater.finished() ? Arrays.copyOf(packed, length) : null;
        }
    }

    /**
     * @param packed begins with the packed cluster; what follows is not part of it
     * @return a whole cluster, or null when it cannot be unpacked
     */
    byte[] unpack(byte[] packed) {
        byte[] bytes = new byte[clusterSize];
        return (zstd ? unpackZstd(packed, bytes) : inflate(packed, bytes)) ? bytes : null;
    }

    private boolean inflate(byte[] packed, byte[] bytes) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed);
            int filled = 0;
            while (filled < clusterSize) {
                int n = inflater.inflate(bytes, filled, clusterSize - filled);
                if (n == 0) {
                    return false;
                }
                filled += n;
            }
            return true;
        } catch (DataFormatException e) {
            return false;
        }
    }

    private static boolean unpackZstd(byte[] packed, byte[] bytes) {
        try (ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
            stream.setLongMax(ZSTD_MAX_WINDOW_LOG);
            stream.setContinuous(true);
            return stream.readNBytes(bytes, 0, bytes.length) == bytes.length;
        } catch (IOException e) {
            // What zstd reports of bad contents comes as one.
            return false;
        }
    }
}
