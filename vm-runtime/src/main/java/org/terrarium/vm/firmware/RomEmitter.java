package org.terrarium.vm.firmware;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts machine code and data into a ROM image: bytes at a moving position, labels with 8- and 16-bit fixups, and trap
 * points. A trap point is the two-byte instruction {@code OUT port, AL}; the firmware recognises it by the address of the
 * instruction behind it, so no register is spent and an OUT from elsewhere means nothing.
 */
final class RomEmitter {
    /** Length of a trap's instruction. */
    static final int TRAP_BYTES = 2;

    private record Fixup(int at, int size, boolean relative, String label) {}

    private final byte[] image;
    private final int trapPort;
    private final Map<String, Integer> labels = new HashMap<>();
    private final Map<Integer, TrapPoint> traps = new HashMap<>();
    private final java.util.List<Fixup> fixups = new java.util.ArrayList<>();
    private int at;

    /** An image of {@code size} bytes filled with 0xFF, as an erased ROM is. */
    RomEmitter(int size, int trapPort) {
        image = new byte[size];
        Arrays.fill(image, (byte) 0xFF);
        this.trapPort = trapPort;
    }

    /** Goes on at {@code offset}, which must not lie before the current position. */
    RomEmitter at(int offset) {
        if (offset < at) {
            throw new IllegalStateException("ROM contents overlap: at %04X, wanted %04X".formatted(at, offset));
        }
        at = offset;
        return this;
    }

    int position() {
        return at;
    }

    RomEmitter label(String name) {
        if (labels.put(name, at) != null) {
            throw new IllegalStateException("ROM label defined twice: " + name);
        }
        return this;
    }

    RomEmitter db(int... bytes) {
        for (int b : bytes) {
            image[at++] = (byte) b;
        }
        return this;
    }

    RomEmitter bytes(byte[] data) {
        System.arraycopy(data, 0, image, at, data.length);
        at += data.length;
        return this;
    }

    RomEmitter dw(int... words) {
        for (int w : words) {
            db(w, w >> 8);
        }
        return this;
    }

    RomEmitter dd(int value) {
        return dw(value, value >>> 16);
    }

    RomEmitter ascii(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A trap to the firmware: {@code OUT port, AL}. */
    RomEmitter trap(TrapPoint point) {
        db(0xE6, trapPort);
        traps.put(at, point);
        return this;
    }

    RomEmitter iret() {
        return db(0xCF);
    }

    /** A near jump to a label (3 bytes in 16-bit code). */
    RomEmitter jmp(String label) {
        db(0xE9);
        return relative16(label);
    }

    /** A short jump with opcode {@code opcode} (EB, or a conditional 7x) to a label at most 127 bytes away. */
    RomEmitter shortJump(int opcode, String label) {
        db(opcode);
        fixups.add(new Fixup(at, 1, true, label));
        return db(0);
    }

    RomEmitter relative16(String label) {
        fixups.add(new Fixup(at, 2, true, label));
        return dw(0);
    }

    /** The 16-bit offset of a label in the image. */
    RomEmitter offsetOf(String label) {
        fixups.add(new Fixup(at, 2, false, label));
        return dw(0);
    }

    int address(String label) {
        Integer offset = labels.get(label);
        if (offset == null) {
            throw new IllegalStateException("ROM label not defined: " + label);
        }
        return offset;
    }

    Map<Integer, TrapPoint> traps() {
        return traps;
    }

    /** Resolves all labels and returns the image itself. */
    byte[] finish() {
        for (Fixup f : fixups) {
            int target = address(f.label);
            int value = f.relative ? target - (f.at + f.size) : target;
            if (f.relative && f.size == 1 && value != (byte) value) {
                throw new IllegalStateException("ROM jump too far: " + f.label);
            }
            image[f.at] = (byte) value;
            if (f.size == 2) {
                image[f.at + 1] = (byte) (value >> 8);
            }
        }
        fixups.clear();
        return image;
    }

    /** Makes the byte at {@code checksumAt} such that the bytes of [start, end) sum to 0 modulo 256. */
    static void checksum(byte[] image, int start, int end, int checksumAt) {
        image[checksumAt] = 0;
        int sum = 0;
        for (int k = start; k < end; k++) {
            sum += image[k];
        }
        image[checksumAt] = (byte) -sum;
    }
}
