package org.terrarium.vm.device.vga;

import java.util.Arrays;

/** The digital to analog converter: 256 colours of three 6-bit (or, switched by the VBE interface, 8-bit) parts. */
final class Dac {
    static final int STATE_WRITE = 0;
    static final int STATE_READ = 3;

    private final byte[] palette = new byte[3 * 256];
    private final int[] argb = new int[256];
    private int mask = 0xFF;
    private int writeIndex;
    private int readIndex;
    private int part;
    private int state;
    private boolean wide;

    Dac() {
        reset();
    }

    void reset() {
        Arrays.fill(palette, (byte) 0);
        mask = 0xFF;
        writeIndex = 0;
        readIndex = 0;
        part = 0;
        state = STATE_WRITE;
        wide = false;
        derive();
    }

    /** The colour that a pixel shows. */
    int color(int pixel) {
        return argb[pixel & mask];
    }

    int mask() {
        return mask;
    }

    void setMask(int value) {
        mask = value;
    }

    int writeIndex() {
        return writeIndex;
    }

    int state() {
        return state;
    }

    void selectForWrite(int index) {
        writeIndex = index;
        part = 0;
        state = STATE_WRITE;
    }

    void selectForRead(int index) {
        readIndex = index;
        part = 0;
        state = STATE_READ;
    }

    int readData() {
        int value = palette[3 * readIndex + part] & 0xFF;
        part++;
        if (part == 3) {
            part = 0;
            readIndex = readIndex + 1 & 0xFF;
        }
        return value;
    }

    void writeData(int value) {
        palette[3 * writeIndex + part] = (byte) (wide ? value : value & 0x3F);
        part++;
        if (part == 3) {
            deriveOne(writeIndex);
            part = 0;
            writeIndex = writeIndex + 1 & 0xFF;
        }
    }

    /** Chooses 8 bits a part instead of 6. */
    void setWide(boolean newWide) {
        if (newWide != wide) {
            wide = newWide;
            derive();
        }
    }

    boolean wide() {
        return wide;
    }

    private void derive() {
        for (int i = 0; i < 256; i++) {
            deriveOne(i);
        }
    }

    private void deriveOne(int i) {
        argb[i] = 0xFF000000 | level(3 * i) << 16 | level(3 * i + 1) << 8 | level(3 * i + 2);
    }

    private int level(int at) {
        int v = palette[at] & 0xFF;
        return wide ? v : (v & 0x3F) << 2 | (v & 0x3F) >> 4;
    }

    DacState save() {
        return new DacState(palette, mask, writeIndex, readIndex, part, state, wide);
    }

    void restore(DacState s) {
        System.arraycopy(s.palette(), 0, palette, 0, palette.length);
        mask = s.mask();
        writeIndex = s.writeIndex();
        readIndex = s.readIndex();
        part = s.part();
        state = s.state();
        wide = s.wide();
        derive();
    }
}
