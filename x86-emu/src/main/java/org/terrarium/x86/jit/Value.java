package org.terrarium.x86.jit;

/**
 * An operand's value: a constant or a local variable of the JVM.
 *
 * @param slot the variable, -1 for a constant
 * @param wide it is a long
 * @param bits its width; narrower than 32 is zero-extended
 * @param constant the constant
 */
record Value(int slot, boolean wide, int bits, long constant) {
    static Value constant(long value, boolean wide, int bits) {
        return new Value(-1, wide, bits, value);
    }

    boolean isConstant() {
        return slot < 0;
    }
}
