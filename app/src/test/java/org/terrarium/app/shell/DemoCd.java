package org.terrarium.app.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A CD from which the demo guest starts: an ISO 9660 volume (ECMA-119) whose El Torito catalogue (version 1.0) has the demo's floppy
 * as an emulated one.
 */
final class DemoCd {
    private static final int SECTOR = 2048;
    private static final int CATALOGUE_SECTOR = 19;
    private static final int FLOPPY_SECTOR = 20;
    private static final int FLOPPY_BYTES = 1_474_560;
    private static final int FLOPPY_144 = 2;
    private static final int LOAD_RECORDS = 4;
    private static final int VOLUME_ID = 40;

    private DemoCd() {}

    /** Makes it; {@code volume} is what the CD calls itself, such as {@code Debian 12.5.0 amd64 n}. */
    static Path make(Path file, String volume) {
        ByteBuffer cd =
                ByteBuffer.allocate(FLOPPY_SECTOR * SECTOR + FLOPPY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        descriptor(cd, 16, 1);
        ascii(cd, 16 * SECTOR + VOLUME_ID, String.format("%-32s", volume));
        descriptor(cd, 17, 0);
        ascii(cd, 17 * SECTOR + 7, "EL TORITO SPECIFICATION");
        cd.putInt(17 * SECTOR + 71, CATALOGUE_SECTOR);
        descriptor(cd, 18, 255);
        int entry = CATALOGUE_SECTOR * SECTOR;
        cd.put(entry, (byte) 1).putShort(entry + 30, (short) 0xAA55);
        cd.putShort(entry + 28, (short) -(1 + 0xAA55)); // all words together are 0
        int boot = entry + 32;
        cd.put(boot, (byte) 0x88).put(boot + 1, (byte) FLOPPY_144);
        cd.putShort(boot + 6, (short) LOAD_RECORDS).putInt(boot + 8, FLOPPY_SECTOR);
        try (InputStream image = Demo.class.getResourceAsStream("/org/terrarium/app/demo/demo.img")) {
            cd.put(FLOPPY_SECTOR * SECTOR, image.readAllBytes());
            return Files.write(file, cd.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void descriptor(ByteBuffer cd, int sector, int type) {
        cd.put(sector * SECTOR, (byte) type);
        ascii(cd, sector * SECTOR + 1, "CD001\1");
    }

    private static void ascii(ByteBuffer cd, int at, String text) {
        cd.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }
}
