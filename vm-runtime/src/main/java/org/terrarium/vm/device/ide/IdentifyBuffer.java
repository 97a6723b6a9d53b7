package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.SECTOR;

import java.util.Arrays;

/** Fills the 256 words that IDENTIFY (PACKET) DEVICE returns (ATA/ATAPI-6, 8.15 and 8.16). */
final class IdentifyBuffer {
    private final byte[] bytes;

    /** Clears and fills the first sector of {@code bytes}. */
    IdentifyBuffer(byte[] bytes) {
        this.bytes = bytes;
        Arrays.fill(bytes, 0, SECTOR, (byte) 0);
    }

    IdentifyBuffer word(int index, int value) {
        bytes[2 * index] = (byte) value;
        bytes[2 * index + 1] = (byte) (value >> 8);
        return this;
    }

    /** A value over two words, low word first. */
    IdentifyBuffer dword(int index, long value) {
        return word(index, (int) value).word(index + 1, (int) (value >> 16));
    }

    /** An ASCII string padded with spaces; the two characters of a word are swapped. */
    IdentifyBuffer string(int index, int words, String text) {
        for (int k = 0; k < 2 * words; k++) {
            char c = k < text.length() ? text.charAt(k) : ' ';
            bytes[2 * index + (k ^ 1)] = (byte) (c < 0x20 || c > 0x7E ? '?' : c);
        }
        return this;
    }

    /** Word 63: multiword DMA modes 0 to 2, and which is selected. */
    IdentifyBuffer multiwordDma(int transferMode) {
        return word(63, 0x0007 | (transferMode >> 3 == 4 ? 0x100 << (transferMode & 7) : 0));
    }

    /** Word 88: Ultra DMA modes 0 to 5, and which is selected. */
    IdentifyBuffer ultraDma(int transferMode) {
        return word(88, 0x003F | (transferMode >> 3 == 8 ? 0x100 << (transferMode & 7) : 0));
    }

    /** Word 255: signature and checksum over all bytes. */
    void seal() {
        bytes[510] = (byte) 0xA5;
        int sum = 0;
        for (int k = 0; k < SECTOR - 1; k++) {
            sum += bytes[k];
        }
        bytes[511] = (byte) -sum;
    }
}
