package org.terrarium.disk;

import java.util.EnumSet;
import java.util.Set;

/**
 * A new image.
 *
 * @param format its format
 * @param size what the guest sees, bytes; rounded up to whole sectors; 0 with a backing file takes that one's size
 * @param backing the disk it is an overlay of, with the format stated; or null
 * @param clusterSize power of two from 512 to 2 MiB, or 0 for the format's usual one
 * @param variant which of the format's kinds, such as a fixed VHD, in that format's own words; null for the usual one
 * @param qcow2 what only qcow2 has, and the passphrase, which a LUKS image has too
 */
public record CreateOptions(
        DiskFormat format, long size, BackingReference backing, int clusterSize, String variant, Qcow2Options qcow2) {
    public static final int DEFAULT_CLUSTER_SIZE = 64 << 10;

    private static final Set<DiskFormat> OVERLAYS = EnumSet.of(DiskFormat.QCOW2, DiskFormat.VHD, DiskFormat.VMDK);

    public CreateOptions {
        if (size < 0) {
            throw new IllegalArgumentException("a disk cannot have " + size + " bytes");
        }
        if (clusterSize != 0 && (Integer.bitCount(clusterSize) != 1 || clusterSize < 512 || clusterSize > 2 << 20)) {
            throw new IllegalArgumentException("the cluster size must be a power of two from 512 bytes to 2 MiB");
        }
        if (backing != null && (backing.name() == null || backing.format() == null)) {
            throw new IllegalArgumentException("a backing file and its format must be given together");
        }
        if (!format.creatable()) {
            throw new IllegalArgumentException("an image of format " + format.label() + " cannot be created");
        }
        if (backing != null && !OVERLAYS.contains(format)) {
            throw new IllegalArgumentException("an image of format " + format.label() + " cannot have a backing file");
        }
        if (variant != null && !format.variants().contains(variant)) {
            throw new IllegalArgumentException("an image of format " + format.label() + " cannot be " + variant
                    + "; choose " + String.join(", ", format.variants()));
        }
        if (format != DiskFormat.QCOW2 && !qcow2.withPassphrase(null).equals(Qcow2Options.DEFAULT)) {
            throw new IllegalArgumentException("only a qcow2 image can have that");
        }
        if (format != DiskFormat.QCOW2 && format != DiskFormat.LUKS && qcow2.passphrase() != null) {
            throw new IllegalArgumentException("only a qcow2 or luks image can be encrypted");
        }
    }

    /** The usual image of a format. */
    public static CreateOptions of(DiskFormat format, long size) {
        return new CreateOptions(format, size, null, 0, null, Qcow2Options.DEFAULT);
    }

    public static CreateOptions raw(long size) {
        return of(DiskFormat.RAW, size);
    }

    public static CreateOptions qcow2(long size) {
        return of(DiskFormat.QCOW2, size);
    }

    /** An overlay that shows {@code backingFile} until it is written to. */
    public static CreateOptions overlay(String backingFile, DiskFormat backingFormat) {
        return qcow2(0).withBacking(BackingReference.to(backingFile, backingFormat));
    }

    public CreateOptions withBacking(BackingReference reference) {
        return new CreateOptions(format, size, reference, clusterSize, variant, qcow2);
    }

    public CreateOptions withClusterSize(int bytes) {
        return new CreateOptions(format, size, backing, bytes, variant, qcow2);
    }

    public CreateOptions withLazyRefcounts() {
        return withQcow2(qcow2.withLazyRefcounts());
    }

    public CreateOptions withSize(long bytes) {
        return new CreateOptions(format, bytes, backing, clusterSize, variant, qcow2);
    }

    public CreateOptions withVariant(String kind) {
        return new CreateOptions(format, size, backing, clusterSize, kind, qcow2);
    }

    public CreateOptions withQcow2(Qcow2Options options) {
        return new CreateOptions(format, size, backing, clusterSize, variant, options);
    }

    /** What the contents are encrypted with, or null. */
    public String passphrase() {
        return qcow2.passphrase();
    }

    /** The variant stated, or the usual one. */
    public String variantOrUsual() {
        return variant == null ? format.variants().getFirst() : variant;
    }

    /** The cluster size stated, or the usual one. */
    public int clusterSizeOr(int usual) {
        return clusterSize == 0 ? usual : clusterSize;
    }
}
