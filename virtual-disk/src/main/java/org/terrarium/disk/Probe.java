package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Recognizes formats by their signatures. */
final class Probe {
    /** ECMA-119 section 8.1: volume descriptors begin at logical sector 16, standard identifier at byte 1. */
    private static final int VOLUME_DESCRIPTORS = 16 * 2048;

    private static final int HEAD = VOLUME_DESCRIPTORS + 2048;

    /** A format that is known by sight but not opened. */
    private record Foreign(String name, int offset, byte[] signature) {}

    private static final List<Foreign> FOREIGN = List.of(
            new Foreign("a VMDK image", 0, ascii("KDMV")),
            new Foreign("a VMDK image", 0, ascii("COWD")),
            new Foreign("a VMDK description file", 0, ascii("# Disk DescriptorFile")),
            new Foreign("a VDI image", 0x40, new byte[] {0x7f, 0x10, (byte) 0xda, (byte) 0xbe}),
            new Foreign("a VHDX image", 0, ascii("vhdxfile")),
            new Foreign("a VHD image", 0, ascii("conectix")),
            new Foreign("a QED image", 0, ascii("QED\0")),
            new Foreign("a Parallels image", 0, ascii("WithoutFreeSpace")),
            new Foreign("a Parallels image", 0, ascii("WithouFreSpacExt")),
            new Foreign("a LUKS encrypted image", 0, ascii("LUKS\u00ba\u00be")),
            new Foreign("compressed with gzip", 0, new byte[] {0x1f, (byte) 0x8b, 8}),
            new Foreign("compressed with xz", 0, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}),
            new Foreign("compressed with zstd", 0, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}));

    /**
     * @param format what it is, or null when it is foreign
     * @param foreign what it is in words, or null
     */
    record Finding(DiskFormat format, String foreign) {}

    private Probe() {}

    /** Anything without a known signature is raw. */
    static Finding probe(Storage storage) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, storage.size()));
        storage.read(0, head);
        return probe(head.flip());
    }

    /** The same for the first bytes of a file. */
    static Finding probe(ByteBuffer head) {
        if (head.limit() >= 8
                && head.getInt(head.position()) == 0x514649fb
                && (head.getInt(head.position() + 4) == 2 || head.getInt(head.position() + 4) == 3)) {
            return new Finding(DiskFormat.QCOW2, null);
        }
        for (Foreign foreign : FOREIGN) {
            if (hasAt(head, foreign.offset, foreign.signature)) {
                return new Finding(null, foreign.name);
            }
        }
        return new Finding(isVolumeDescriptor(head) ? DiskFormat.ISO : DiskFormat.RAW, null);
    }

    private static boolean isVolumeDescriptor(ByteBuffer head) {
        // ISO 9660, its High Sierra forerunner, or the start of a UDF recognition sequence (ECMA-167 2/9.1).
        return hasAt(head, VOLUME_DESCRIPTORS + 1, ascii("CD001"))
                || hasAt(head, VOLUME_DESCRIPTORS + 9, ascii("CDROM"))
                || hasAt(head, VOLUME_DESCRIPTORS + 1, ascii("BEA01"));
    }

    /**
     * A compact disc image must be whole: ECMA-119 section 8.4.8 and 8.4.12 state the volume's size in its descriptor.
     */
    static void requireWholeIso(Storage storage) throws IOException {
        ByteBuffer descriptor = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(VOLUME_DESCRIPTORS, descriptor);
        if (!hasAt(descriptor.flip(), 1, ascii("CD001")) || descriptor.get(0) != 1) {
            return;
        }
        long blocks = Integer.toUnsignedLong(descriptor.getInt(80));
        long stated = blocks * Short.toUnsignedInt(descriptor.getShort(128));
        if (storage.size() < stated) {
            throw new DiskException(
                    storage.path(),
                    "the CD image is truncated: it should have " + stated + " bytes and has " + storage.size()
                            + "; fetch it again");
        }
    }

    private static boolean hasAt(ByteBuffer head, int offset, byte[] signature) {
        if (head.remaining() < offset + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (head.get(head.position() + offset + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
