package org.terrarium.x86;

import org.terrarium.x86.sem.SoftFloat;

/** x87, MMX and SSE state (SDM volume 1, chapters 8 to 10). Plain data; the meaning is in {@code sem}. */
public final class Fpu {
    /** Significands of the eight physical x87 registers; an MMX register is the significand of the same number. */
    public final long[] mantissa = new long[8];

    /** Sign (bit 15) and biased exponent (bits 14..0) of the eight physical registers. */
    public final int[] signExponent = new int[8];

    /** Full two-bit tags per physical register (0 valid, 1 zero, 2 special, 3 empty) kept as: bit n set = register n empty. */
    public int emptyMask = 0xFF;

    public int controlWord = 0x37F;

    /** Status word without TOP (bits 13..11 are 0 here). */
    public int statusWord;

    public int top;

    /** The FERR# pin: an unmasked exception was reported to the board, and is pending still. */
    public boolean errorReported;

    public long lastInstruction;
    public int lastInstructionSelector;
    public long lastOperand;
    public int lastOperandSelector;
    public int lastOpcode;

    /** XMM registers, register n in elements 2n (bits 63..0) and 2n+1 (bits 127..64). */
    public final long[] xmm = new long[32];

    public int mxcsr = 0x1F80;

    /** Extended control register 0 (XSAVE state components). */
    public long xcr0 = 1;

    /**
     * SIMD floating-point exceptions (MXCSR bits 0..5) of the running instruction that are not yet in {@link #mxcsr}; 0 between
     * instructions. The arithmetic sets it, {@code sem.SimdState.commit} moves it into MXCSR or raises #XM.
     */
    public int raised;

    /** Whether additions and multiplications may go the short way ({@link Optimisation#X87}). */
    public boolean shortArithmetic = Optimisation.X87.on();

    /** Working registers of the software floating point; nothing in it survives an instruction. */
    public final SoftFloat soft = new SoftFloat();
}
