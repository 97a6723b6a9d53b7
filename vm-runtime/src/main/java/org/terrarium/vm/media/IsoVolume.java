package org.terrarium.vm.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.VirtualDisk;

/**
 * What a CD says about itself in its primary volume descriptor (ECMA-119, 8.4) and its root directory (9.1).
 *
 * @param system what it was made for, often empty
 * @param volume its name
 * @param publisher who published it
 * @param application the program that made it
 * @param rootNames files and folders at the top, upper case, without version numbers; the first sectors of a long list
 * @param bootable whether there is an El Torito boot record
 */
public record IsoVolume(
        String system, String volume, String publisher, String application, Set<String> rootNames, boolean bootable) {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;

    /** As many descriptors as any disc has; one that never ends its list must not keep us. */
    private static final int MAX_DESCRIPTORS = 16;

    private static final int MAX_ROOT_BYTES = 8 * SECTOR;
    private static final int BOOT = 0;
    private static final int PRIMARY = 1;
    private static final int TERMINATOR = 255;

    // Places in the primary volume descriptor and in a directory record, counted from 0.
    private static final int SYSTEM_ID = 8;
    private static final int VOLUME_ID = 40;
    private static final int ID_LENGTH = 32;
    private static final int ROOT_RECORD = 156;
    private static final int PUBLISHER = 318;
    private static final int APPLICATION = 574;
    private static final int LONG_ID_LENGTH = 128;
    private static final int EXTENT = 2;
    private static final int DATA_LENGTH = 10;
    private static final int NAME_LENGTH = 32;
    private static final int NAME = 33;

    /**
     * Reads a CD image, packed or not.
     *
     * @throws IOException with a sentence when it is no CD image
     */
    public static IsoVolume read(Path file) throws IOException {
        try (VirtualDisk disc = DiskFormats.openCd(file)) {
            return read(file, disc);
        }
    }

    private static IsoVolume read(Path file, VirtualDisk disc) throws IOException {
        ByteBuffer primary = null;
        boolean bootable = false;
        for (int n = FIRST_DESCRIPTOR; n < FIRST_DESCRIPTOR + MAX_DESCRIPTORS; n++) {
            if ((n + 1L) * SECTOR > disc.size()) {
                break;
            }
            ByteBuffer descriptor = sectors(disc, n, SECTOR);
            if (!text(descriptor, 1, 5).equals("CD001")) {
                break;
            }
            int type = descriptor.get(0) & 0xFF;
            if (type == TERMINATOR) {
                break;
            }
            if (type == PRIMARY && primary == null) {
                primary = descriptor;
            }
            bootable |= type == BOOT && text(descriptor, 7, ID_LENGTH).startsWith("EL TORITO");
        }
        if (primary == null) {
            throw new DiskException(file, "is no CD image: there is no ISO 9660 volume in it");
        }
        return new IsoVolume(
                text(primary, SYSTEM_ID, ID_LENGTH),
                text(primary, VOLUME_ID, ID_LENGTH),
                text(primary, PUBLISHER, LONG_ID_LENGTH),
                text(primary, APPLICATION, LONG_ID_LENGTH),
                names(disc, primary.getInt(ROOT_RECORD + EXTENT), primary.getInt(ROOT_RECORD + DATA_LENGTH)),
                bootable);
    }

    private static Set<String> names(VirtualDisk disc, int sector, int length) throws IOException {
        long end = Math.min(
                (sector & 0xFFFF_FFFFL) * SECTOR + Math.clamp(length & 0xFFFF_FFFFL, 0, MAX_ROOT_BYTES), disc.size());
        long from = (sector & 0xFFFF_FFFFL) * SECTOR;
        Set<String> names = new TreeSet<>();
        if (from >= end) {
            return names; // the disc lies about its own directory
        }
        ByteBuffer directory = sectors(disc, sector, (int) (end - from));
        for (int at = 0; at + NAME < directory.limit(); ) {
            int record = directory.get(at) & 0xFF;
            if (record == 0) {
                at = (at / SECTOR + 1) * SECTOR; // records do not cross sectors
                continue;
            }
            int nameLength = directory.get(at + NAME_LENGTH) & 0xFF;
            // The names of one byte 0 and 1 are the directory itself and its parent.
            if (nameLength > 1 && at + NAME + nameLength <= directory.limit()) {
                names.add(text(directory, at + NAME, nameLength)
                        .replaceFirst(";\\d+$", "")
                        .replaceFirst("\\.$", ""));
            }
            at += record;
        }
        return names;
    }

    private static ByteBuffer sectors(VirtualDisk disc, long first, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        disc.read(first * SECTOR, buffer);
        return buffer.rewind();
    }

    private static String text(ByteBuffer from, int at, int length) {
        return new String(from.array(), at, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }
}
