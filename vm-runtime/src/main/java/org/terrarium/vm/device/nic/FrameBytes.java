package org.terrarium.vm.device.nic;

import java.util.Arrays;
import java.util.zip.CRC32;

/** What a card does with a frame before its driver sees it. */
public final class FrameBytes {
    /** Octets of the shortest frame without its check sequence (IEEE 802.3, 3.2.8). */
    public static final int MIN = 60;

    /** Octets of the frame check sequence. */
    public static final int FCS = 4;

    private FrameBytes() {}

    /** The frame, filled up with zeros to the shortest length; the same array when it is long enough. */
    public static byte[] padded(byte[] frame) {
        return frame.length >= MIN ? frame : Arrays.copyOf(frame, MIN);
    }

    /** The frame as it is on the wire: filled up, and with its check sequence (IEEE 802.3, 3.2.9) at the end. */
    public static byte[] withFcs(byte[] frame) {
        int length = Math.max(MIN, frame.length);
        byte[] wire = Arrays.copyOf(frame, length + FCS);
        CRC32 crc = new CRC32();
        crc.update(wire, 0, length);
        long value = crc.getValue();
        for (int k = 0; k < FCS; k++) {
            wire[length + k] = (byte) (value >>> 8 * k);
        }
        return wire;
    }

    /** The address in the first six octets, first octet in bits 47..40. */
    public static long destination(byte[] frame) {
        long address = 0;
        for (int k = 0; k < 6; k++) {
            address = address << 8 | frame[k] & 0xFF;
        }
        return address;
    }

    /** The CRC-32 of a group address as hash filters use it: not complemented, its first-shifted bit in bit 31. */
    public static int hash(byte[] frame) {
        int crc = -1;
        for (int k = 0; k < 6; k++) {
            int octet = frame[k];
            for (int bit = 0; bit < 8; bit++) {
                boolean feedback = (crc < 0) != ((octet >> bit & 1) != 0);
                crc = crc << 1 ^ (feedback ? 0x04C1_1DB7 : 0);
            }
        }
        return crc;
    }
}
