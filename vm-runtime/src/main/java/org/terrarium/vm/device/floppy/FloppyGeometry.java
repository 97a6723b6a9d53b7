package org.terrarium.vm.device.floppy;

/**
 * The shape of a floppy disk with 512-byte sectors.
 *
 * @param cylinders tracks per side
 * @param heads sides
 * @param sectors sectors per track, numbered from 1
 * @param rate data rate it is recorded with, as in the CCR register: 0 is 500, 1 is 300, 2 is 250 kbit/s, 3 is 1 Mbit/s
 */
public record FloppyGeometry(int cylinders, int heads, int sectors, int rate) {
    public static final int SECTOR_BYTES = 512;

    /** The formats of the PC, smallest first. */
    private static final FloppyGeometry[] KNOWN = {
        new FloppyGeometry(40, 1, 8, 2), // 160 KB
        new FloppyGeometry(40, 1, 9, 2), // 180 KB
        new FloppyGeometry(40, 2, 8, 2), // 320 KB
        new FloppyGeometry(40, 2, 9, 2), // 360 KB
        new FloppyGeometry(80, 2, 9, 2), // 720 KB
        new FloppyGeometry(80, 2, 15, 0), // 1.2 MB
        new FloppyGeometry(80, 2, 18, 0), // 1.44 MB
        new FloppyGeometry(80, 2, 21, 0), // 1.68 MB
        new FloppyGeometry(80, 2, 36, 3), // 2.88 MB
    };

    /**
     * The smallest format that holds an image of {@code bytes} (images are often cut behind their last used sector), or null
     * when none does.
     */
    public static FloppyGeometry forSize(long bytes) {
        for (FloppyGeometry g : KNOWN) {
            if (bytes > 0 && bytes <= g.bytes()) {
                return g;
            }
        }
        return null;
    }

    /** Capacity in bytes. */
    public long bytes() {
        return (long) cylinders * heads * sectors * SECTOR_BYTES;
    }
}
