package org.terrarium.vm.device.apic;

import java.util.Arrays;

/** A 256-bit register of the APIC (ISR, TMR, IRR): one bit per interrupt vector. */
final class VectorSet {
    private final int[] words = new int[8];

    void set(int vector) {
        words[vector >> 5] |= 1 << vector;
    }

    void clear(int vector) {
        words[vector >> 5] &= ~(1 << vector);
    }

    boolean contains(int vector) {
        return (words[vector >> 5] >>> vector & 1) != 0;
    }

    /** The highest vector, or -1. */
    int highest() {
        for (int w = 7; w >= 0; w--) {
            if (words[w] != 0) {
                return 32 * w + 31 - Integer.numberOfLeadingZeros(words[w]);
            }
        }
        return -1;
    }

    int word(int index) {
        return words[index];
    }

    void clearAll() {
        Arrays.fill(words, 0);
    }

    int[] toArray() {
        return words.clone();
    }

    void assign(int[] saved) {
        System.arraycopy(saved, 0, words, 0, words.length);
    }
}
