package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.terrarium.disk.vhd.VhdImages;

/** Recognizes formats by their signatures. */
final class Probe {
    /** ECMA-119 section 8.1: volume descriptors begin at logical sector 16, standard identifier at byte 1. */
    private static final int VOLUME_DESCRIPTORS = 16 * 2048;

    private static final int HEAD = VOLUME_DESCRIPTORS + 2048;

    /**
     * What a format begins with.
     *
     * @param format null for one that is known by sight but not opened
     * @param name in words
     */
    private record Signature(DiskFormat format, String name, int offset, byte[] bytes) {}

    private static final List<Signature> SIGNATURES = List.of(
            // Versions after 3 are qcow2 as well, and refused as such; version 1 is another format.
            new Signature(null, "a qcow image of version 1", 0, new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 1}),
            new Signature(DiskFormat.QCOW2, "a qcow2 image", 0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}),
            new Signature(DiskFormat.VMDK, "a VMDK image", 0, ascii("KDMV")),
            new Signature(DiskFormat.VMDK, "a VMDK image", 0, ascii("COWD")),
            new Signature(DiskFormat.VMDK, "a VMDK description file", 0, ascii("# Disk DescriptorFile")),
            new Signature(DiskFormat.VDI, "a VDI image", 0x40, new byte[] {0x7f, 0x10, (byte) 0xda, (byte) 0xbe}),
            new Signature(DiskFormat.VHDX, "a VHDX image", 0, ascii("vhdxfile")),
            new Signature(DiskFormat.VHD, "a VHD image", 0, ascii("conectix")),
            new Signature(DiskFormat.GZIP, "compressed with gzip", 0, new byte[] {0x1f, (byte) 0x8b, 8}),
            new Signature(DiskFormat.XZ, "compressed with xz", 0, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}),
            new Signature(
                    DiskFormat.ZSTD, "compressed with zstd", 0, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}),
            new Signature(null, "a QED image", 0, ascii("QED\0")),
            new Signature(null, "a Parallels image", 0, ascii("WithoutFreeSpace")),
            new Signature(null, "a Parallels image", 0, ascii("WithouFreSpacExt")),
            new Signature(DiskFormat.LUKS, "a LUKS encrypted image", 0, ascii("LUKS\u00ba\u00be")));

    /**
     * @param format what it is, or null when it is foreign
     * @param words what it is in words
     */
    record Finding(DiskFormat format, String words) {}

    private Probe() {}

    /**
     * Goes by the content, but believes two names: a file called .raw is raw whatever a guest has written into it, and only a
     * file called .vhd can be a fixed VHD, which has its one signature behind the guest's data. Anything else without a known
     * signature is raw.
     */
    static Finding probe(Storage storage) throws IOException {
        if (isNamedRaw(storage)) {
            return new Finding(DiskFormat.RAW, "a raw image by its name");
        }
        if (mayBeFixedVhd(storage.path()) && VhdImages.recognizes(storage)) {
            return new Finding(DiskFormat.VHD, "a VHD image");
        }
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, storage.size()));
        storage.read(0, head);
        return probe(head.flip());
    }

    static boolean isNamedRaw(Storage storage) {
        return name(storage.path()).endsWith(".raw");
    }

    /** Only under this name does a footer at the end count. */
    static boolean mayBeFixedVhd(Path path) {
        return name(path).endsWith(".vhd");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** The same for the first bytes of a file without a name. */
    static Finding probe(ByteBuffer head) {
        for (Signature signature : SIGNATURES) {
            if (hasAt(head, signature.offset, signature.bytes)) {
                return new Finding(signature.format, signature.name);
            }
        }
        return isVolumeDescriptor(head)
                ? new Finding(DiskFormat.ISO, "a CD image")
                : new Finding(DiskFormat.RAW, "a raw image, as it has no signature");
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
