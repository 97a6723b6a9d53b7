package org.terrarium.disk;

/**
 * A new image.
 *
 * @param format raw or qcow2
 * @param size what the guest sees, bytes; rounded up to whole sectors; 0 with a backing file takes that one's size
 * @param backingFile written into the image as it stands, relative to the image's folder unless absolute; or null
 * @param backingFormat the backing file's format, needed with a backing file; else null
 * @param clusterSize power of two from 512 to 2 MiB; qcow2 only
 * @param lazyRefcounts reference counts are written only when the image is closed; qcow2 only
 */
public record CreateOptions(
        DiskFormat format,
        long size,
        String backingFile,
        DiskFormat backingFormat,
        int clusterSize,
        boolean lazyRefcounts) {
    public static final int DEFAULT_CLUSTER_SIZE = 64 << 10;

    public CreateOptions {
        if (size < 0) {
            throw new IllegalArgumentException("a disk cannot have " + size + " bytes");
        }
        if (Integer.bitCount(clusterSize) != 1 || clusterSize < 512 || clusterSize > 2 << 20) {
            throw new IllegalArgumentException("the cluster size must be a power of two from 512 bytes to 2 MiB");
        }
        if ((backingFile == null) != (backingFormat == null)) {
            throw new IllegalArgumentException("a backing file and its format must be given together");
        }
        if (format == DiskFormat.ISO || format == DiskFormat.RAW && backingFile != null) {
            throw new IllegalArgumentException("an image of format " + format.label()
                    + (format == DiskFormat.ISO ? " cannot be created" : " cannot have a backing file"));
        }
    }

    public static CreateOptions raw(long size) {
        return new CreateOptions(DiskFormat.RAW, size, null, null, DEFAULT_CLUSTER_SIZE, false);
    }

    public static CreateOptions qcow2(long size) {
        return new CreateOptions(DiskFormat.QCOW2, size, null, null, DEFAULT_CLUSTER_SIZE, false);
    }

    /** An overlay that shows {@code backingFile} until it is written to. */
    public static CreateOptions overlay(String backingFile, DiskFormat backingFormat) {
        return new CreateOptions(DiskFormat.QCOW2, 0, backingFile, backingFormat, DEFAULT_CLUSTER_SIZE, false);
    }

    public CreateOptions withClusterSize(int bytes) {
        return new CreateOptions(format, size, backingFile, backingFormat, bytes, lazyRefcounts);
    }

    public CreateOptions withLazyRefcounts() {
        return new CreateOptions(format, size, backingFile, backingFormat, clusterSize, true);
    }

    public CreateOptions withSize(long bytes) {
        return new CreateOptions(format, bytes, backingFile, backingFormat, clusterSize, lazyRefcounts);
    }
}
