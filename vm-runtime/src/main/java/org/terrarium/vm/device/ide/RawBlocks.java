package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Mmc.BLOCK;

import java.util.Arrays;

/** Surrounds plain data blocks with the parts of a mode 1 CD sector that READ CD may ask for (MMC-3, 4.2.3.7). */
final class RawBlocks {
    private static final int SYNC = 0x80;
    private static final int HEADER = 0x20;
    private static final int USER_DATA = 0x10;
    private static final int EDC_ECC = 0x08;
    private static final int SYNC_BYTES = 12;
    private static final int HEADER_BYTES = 4;
    private static final int EDC_ECC_BYTES = 288;

    private RawBlocks() {}

    /** Bytes of one block with these parts. */
    static int size(int parts) {
        return ((parts & SYNC) != 0 ? SYNC_BYTES : 0)
                + ((parts & HEADER) != 0 ? HEADER_BYTES : 0)
                + ((parts & USER_DATA) != 0 ? BLOCK : 0)
                + ((parts & EDC_ECC) != 0 ? EDC_ECC_BYTES : 0);
    }

    /**
     * Rearranges {@code count} data blocks at the start of {@code buffer} in place, from the last to the first; error
     * correction bytes are zeroes, as the medium here never needs them. Returns the number of bytes.
     */
    static int spread(byte[] buffer, long lba, int count, int parts) {
        int size = size(parts);
        byte[] data = new byte[BLOCK];
        for (int k = 0; k < count; k++) {
            // Growing blocks are moved last first, shrinking ones first first, so that none overwrites another's data.
            int b = size > BLOCK ? count - 1 - k : k;
            System.arraycopy(buffer, b * BLOCK, data, 0, BLOCK);
            int at = b * size;
            if ((parts & SYNC) != 0) {
                buffer[at] = 0;
                Arrays.fill(buffer, at + 1, at + SYNC_BYTES - 1, (byte) 0xFF);
                buffer[at + SYNC_BYTES - 1] = 0;
                at += SYNC_BYTES;
            }
            if ((parts & HEADER) != 0) {
                long frame = lba + b + 150;
                buffer[at] = bcd(frame / 4500);
                buffer[at + 1] = bcd(frame / 75 % 60);
                buffer[at + 2] = bcd(frame % 75);
                buffer[at + 3] = 1;
                at += HEADER_BYTES;
            }
            if ((parts & USER_DATA) != 0) {
                System.arraycopy(data, 0, buffer, at, BLOCK);
                at += BLOCK;
            }
            if ((parts & EDC_ECC) != 0) {
                Arrays.fill(buffer, at, at + EDC_ECC_BYTES, (byte) 0);
            }
        }
        return count * size;
    }

    private static byte bcd(long value) {
        return (byte) (value / 10 % 10 << 4 | value % 10);
    }
}
