package org.terrarium.vm.device.vga;

import java.util.Arrays;

/** Registers behind an index register; bits a register does not implement read as 0. */
final class RegisterFile {
    private final int[] masks;
    private final int[] values;
    private int index;

    /** {@code masks} holds the implemented bits of each register. */
    RegisterFile(int... masks) {
        this.masks = masks;
        this.values = new int[masks.length];
    }

    int index() {
        return index;
    }

    void select(int newIndex) {
        index = newIndex;
    }

    /** The selected register; one that does not exist reads as 0. */
    int read() {
        return index < values.length ? values[index] : 0;
    }

    /** Writes the selected register and tells whether that changed it. */
    boolean write(int value) {
        return index < values.length && set(index, value);
    }

    int get(int register) {
        return values[register];
    }

    boolean set(int register, int value) {
        int v = value & masks[register];
        boolean changes = v != values[register];
        values[register] = v;
        return changes;
    }

    void reset() {
        Arrays.fill(values, 0);
        index = 0;
    }

    /** The index register followed by all values. */
    byte[] save() {
        byte[] saved = new byte[values.length + 1];
        saved[0] = (byte) index;
        for (int i = 0; i < values.length; i++) {
            saved[i + 1] = (byte) values[i];
        }
        return saved;
    }

    void restore(byte[] saved) {
        index = saved[0] & 0xFF;
        for (int i = 0; i < values.length; i++) {
            values[i] = saved[i + 1] & masks[i];
        }
    }
}
