package org.terrarium.x86.debug;

import java.util.Arrays;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;

/** A copy of all that instructions inside translated code can change of a processor, to be put back and compared. */
final class CpuSnapshot {
    private final long[] gpr = new long[16];
    private final long[] segBase = new long[6];
    private final long[] segEffectiveBase = new long[6];
    private final long[] xmm = new long[32];
    private final long[] mantissa = new long[8];
    private final int[] signExponent = new int[8];
    private final long[] words = new long[19];

    void take(Cpu c) {
        System.arraycopy(c.gpr, 0, gpr, 0, 16);
        System.arraycopy(c.segBase, 0, segBase, 0, 6);
        System.arraycopy(c.segEffectiveBase, 0, segEffectiveBase, 0, 6);
        Fpu f = c.fpu;
        System.arraycopy(f.xmm, 0, xmm, 0, 32);
        System.arraycopy(f.mantissa, 0, mantissa, 0, 8);
        System.arraycopy(f.signExponent, 0, signExponent, 0, 8);
        long[] w = {
            c.rip,
            c.retired,
            c.flagResult,
            c.flagCarry,
            c.eflags,
            c.cr2,
            c.msrKernelGsBase,
            c.pendingDebug,
            f.emptyMask,
            f.controlWord,
            f.statusWord,
            f.top,
            f.lastInstruction,
            f.lastInstructionSelector,
            f.lastOperand,
            f.lastOperandSelector,
            f.lastOpcode,
            f.mxcsr,
            f.raised
        };
        System.arraycopy(w, 0, words, 0, w.length);
    }

    void putBack(Cpu c) {
        System.arraycopy(gpr, 0, c.gpr, 0, 16);
        System.arraycopy(segBase, 0, c.segBase, 0, 6);
        System.arraycopy(segEffectiveBase, 0, c.segEffectiveBase, 0, 6);
        Fpu f = c.fpu;
        System.arraycopy(xmm, 0, f.xmm, 0, 32);
        System.arraycopy(mantissa, 0, f.mantissa, 0, 8);
        System.arraycopy(signExponent, 0, f.signExponent, 0, 8);
        c.rip = words[0];
        c.retired = words[1];
        c.flagResult = words[2];
        c.flagCarry = words[3];
        c.eflags = (int) words[4];
        c.cr2 = words[5];
        c.msrKernelGsBase = words[6];
        c.pendingDebug = (int) words[7];
        f.emptyMask = (int) words[8];
        f.controlWord = (int) words[9];
        f.statusWord = (int) words[10];
        f.top = (int) words[11];
        f.lastInstruction = words[12];
        f.lastInstructionSelector = (int) words[13];
        f.lastOperand = words[14];
        f.lastOperandSelector = (int) words[15];
        f.lastOpcode = (int) words[16];
        f.mxcsr = (int) words[17];
        f.raised = (int) words[18];
    }

    long retired() {
        return words[1];
    }

    /** What differs, one line each; empty when nothing does. */
    String differences(CpuSnapshot other) {
        StringBuilder text = new StringBuilder();
        String[] names = {
            "rip",
            "retired",
            "flagResult",
            "flagCarry",
            "eflags",
            "cr2",
            "kernelGsBase",
            "pendingDebug",
            "empty",
            "controlWord",
            "statusWord",
            "top",
            "fip",
            "fcs",
            "fdp",
            "fds",
            "fop",
            "mxcsr",
            "raised"
        };
        compare(text, "gpr", gpr, other.gpr);
        compare(text, "segBase", segBase, other.segBase);
        compare(text, "segEffectiveBase", segEffectiveBase, other.segEffectiveBase);
        compare(text, "xmm word", xmm, other.xmm);
        compare(text, "mantissa", mantissa, other.mantissa);
        if (!Arrays.equals(signExponent, other.signExponent)) {
            text.append("x87 exponents: ")
                    .append(Arrays.toString(signExponent))
                    .append(", interpreter ")
                    .append(Arrays.toString(other.signExponent))
                    .append('\n');
        }
        for (int n = 0; n < names.length; n++) {
            if (words[n] != other.words[n]) {
                text.append(String.format("%s: translated %x, interpreter %x%n", names[n], words[n], other.words[n]));
            }
        }
        return text.toString();
    }

    private static void compare(StringBuilder text, String name, long[] ours, long[] theirs) {
        for (int n = 0; n < ours.length; n++) {
            if (ours[n] != theirs[n]) {
                text.append(String.format("%s %d: translated %x, interpreter %x%n", name, n, ours[n], theirs[n]));
            }
        }
    }
}
