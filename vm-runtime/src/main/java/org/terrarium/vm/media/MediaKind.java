package org.terrarium.vm.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.vm.device.floppy.FloppyGeometry;

/** What a file is good for in a PC, by its content. */
public enum MediaKind {
    CD,
    FLOPPY,
    DISK,
    /** A machine's folder. */
    MACHINE;

    private static final int SECTOR = 512;
    private static final int SIGNATURE = 510;

    /** Endings that raw images have; the content of a raw image may be anything. */
    private static final Set<String> RAW_ENDINGS = Set.of("img", "raw", "dd", "ima", "flp", "vfd", "bin", "dsk");

    /**
     * Looks at a file or folder.
     *
     * @throws IOException with a sentence when it is none of these, or cannot be read
     */
    public static MediaKind of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            if (Files.exists(file.resolve("machine.json")) && file.toString().endsWith(".terrarium")) {
                return MACHINE;
            }
            throw new DiskException(file, "is a folder, and not one of a machine");
        }
        DiskInfo info = DiskFormats.info(file);
        return switch (info.format()) {
            case ISO -> CD;
            case RAW -> raw(file, info.size());
            case GZIP, XZ, ZSTD -> packed(file);
            default -> DISK;
        };
    }

    private static MediaKind raw(Path file, long size) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(2 * SECTOR);
        try (FileChannel in = FileChannel.open(file)) {
            while (start.hasRemaining() && in.read(start) > 0) {
                continue;
            }
        }
        boolean bootable = start.position() >= SECTOR
                && (start.get(SIGNATURE) & 0xFF) == 0x55
                && (start.get(SIGNATURE + 1) & 0xFF) == 0xAA;
        boolean gpt = start.position() >= SECTOR + 8
                && new String(start.array(), SECTOR, 8, StandardCharsets.US_ASCII).equals("EFI PART");
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (size == 0 || size % SECTOR != 0 || !bootable && !gpt && !RAW_ENDINGS.contains(ending)) {
            throw new DiskException(file, "is no CD, disk or floppy image that Terrarium knows");
        }
        return FloppyGeometry.forSize(size) == null ? DISK : FLOPPY;
    }

    /** Packed images say what they are by the name before the last ending, as looking inside would unpack them. */
    private static MediaKind packed(Path file) throws DiskException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.[^.]*$", "");
        if (name.endsWith(".iso")) {
            return CD;
        }
        for (DiskFormat format : DiskFormat.values()) {
            if (name.endsWith("." + format.label())) {
                return DISK;
            }
        }
        if (RAW_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return DISK;
        }
        throw new DiskException(file, "is packed, and its name does not say what is in it; unpack it first");
    }
}
