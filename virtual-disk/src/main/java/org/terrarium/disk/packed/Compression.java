package org.terrarium.disk.packed;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZInputStream;

/** How a whole image file is packed. */
public enum Compression {
    GZIP,
    XZ,
    ZSTD;

    private static final int BUFFER = 1 << 17;

    /** What xz needs for its largest preset, whose dictionary has 64 MiB. */
    private static final int XZ_MEMORY_KIB = 66 << 10;

    /** Windows up to 64 MiB; the largest that the zstd program makes without --long or --ultra is 8 MiB. */
    private static final int ZSTD_WINDOW_LOG = 26;

    /** The contents from their start; errors of the packed form are IOExceptions. */
    InputStream open(Storage packed) throws IOException {
        InputStream in = new BufferedInputStream(new StorageInputStream(packed), BUFFER);
        return switch (this) {
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
            case ZSTD -> new ZstdInputStream(in).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    /** Length of the contents, bytes, or -1 where only unpacking all of them tells. */
    long length(Storage packed) throws IOException {
        if (this != XZ) {
            return -1;
        }
        // The index at the end of the file, whose checksum is checked.
        try (SeekableXZInputStream seekable =
                new SeekableXZInputStream(new StorageInputStream.Seekable(packed), XZ_MEMORY_KIB)) {
            return seekable.length();
        }
    }

    /** Turns the error of an unpacking library into a sentence. */
    DiskException explain(Storage packed, Exception error) {
        if (error instanceof DiskException ours) {
            return ours;
        }
        String what = error instanceof MemoryLimitException
                ? "needs more memory to unpack than is allowed"
                : "is damaged or truncated: it cannot be unpacked (" + error.getMessage() + ")";
        return new DiskException(packed.path(), DiskException.NO_OFFSET, what, error);
    }
}
