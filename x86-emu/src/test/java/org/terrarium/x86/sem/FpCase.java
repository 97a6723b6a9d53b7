package org.terrarium.x86.sem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;

/** The layout of {@code struct test} of {@code fp-oracle.c}, in a shared buffer, and its transfer to and from a processor. */
final class FpCase {
    static final int BYTES = 5 * 8 + 416 + 64;
    static final int NO_TRAP = 0xFFFF;

    static final int RAX = 0;
    static final int RCX = 8;
    static final int RDX = 16;
    static final int RFLAGS = 24;
    static final int TRAP = 32;
    static final int FX = 40;
    static final int CONTROL = FX;
    static final int STATUS = FX + 2;
    static final int TAGS = FX + 4;
    static final int MXCSR = FX + 24;
    static final int ST = FX + 32;
    static final int XMM = FX + 160;
    static final int MEMORY = FX + 416;

    private FpCase() {}

    static ByteBuffer buffer(int cases) {
        return ByteBuffer.allocate(cases * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts case n into the processor; its memory operand goes to linear address {@code operand}. */
    static void load(ByteBuffer b, int n, Cpu c, long operand) {
        int at = n * BYTES;
        c.gpr[Cpu.RAX] = b.getLong(at + RAX);
        c.gpr[Cpu.RCX] = b.getLong(at + RCX);
        c.gpr[Cpu.RDX] = b.getLong(at + RDX);
        c.gpr[Cpu.RDI] = operand;
        int flags = (int) b.getLong(at + RFLAGS);
        c.flagResult = Flags.resultOf(flags);
        c.flagCarry = Flags.carryOf(flags);
        Fpu f = c.fpu;
        f.controlWord = b.getShort(at + CONTROL) & 0xFFFF;
        X87State.setStatusWord(f, b.getShort(at + STATUS) & 0xFFFF);
        f.emptyMask = ~b.get(at + TAGS) & 0xFF;
        f.mxcsr = b.getInt(at + MXCSR);
        for (int i = 0; i < 8; i++) {
            int p = f.top + i & 7;
            f.mantissa[p] = b.getLong(at + ST + 16 * i);
            f.signExponent[p] = b.getShort(at + ST + 16 * i + 8) & 0xFFFF;
        }
        for (int i = 0; i < 32; i++) {
            f.xmm[i] = b.getLong(at + XMM + 8 * i);
        }
        for (int i = 0; i < 64; i += 8) {
            c.mmu.write64(operand + i, b.getLong(at + MEMORY + i));
        }
    }

    static void store(ByteBuffer b, int n, Cpu c, long operand, int trap) {
        int at = n * BYTES;
        b.putLong(at + RAX, c.gpr[Cpu.RAX]);
        b.putLong(at + RCX, c.gpr[Cpu.RCX]);
        b.putLong(at + RDX, c.gpr[Cpu.RDX]);
        b.putLong(at + RFLAGS, Flags.status(c.flagResult, c.flagCarry));
        b.putLong(at + TRAP, trap);
        Fpu f = c.fpu;
        b.putShort(at + CONTROL, (short) f.controlWord);
        b.putShort(at + STATUS, (short) X87State.statusWord(f));
        b.put(at + TAGS, (byte) ~f.emptyMask);
        b.putInt(at + MXCSR, f.mxcsr);
        for (int i = 0; i < 8; i++) {
            int p = f.top + i & 7;
            b.putLong(at + ST + 16 * i, f.mantissa[p]);
            b.putLong(at + ST + 16 * i + 8, f.signExponent[p] & 0xFFFF);
        }
        for (int i = 0; i < 32; i++) {
            b.putLong(at + XMM + 8 * i, f.xmm[i]);
        }
        for (int i = 0; i < 64; i += 8) {
            b.putLong(at + MEMORY + i, c.mmu.read64(operand + i));
        }
    }

    /**
     * What differs between the answers of host and emulation, or null.
     *
     * @param status bits of the x87 status word that are compared
     */
    static String difference(ByteBuffer before, ByteBuffer host, ByteBuffer ours, int n, int status) {
        int at = n * BYTES;
        StringBuilder text = new StringBuilder();
        compare(text, "trap", host.getLong(at + TRAP), ours.getLong(at + TRAP));
        compare(text, "rax", host.getLong(at + RAX), ours.getLong(at + RAX));
        compare(text, "rcx", host.getLong(at + RCX), ours.getLong(at + RCX));
        compare(text, "rdx", host.getLong(at + RDX), ours.getLong(at + RDX));
        compare(
                text,
                "flags",
                host.getLong(at + RFLAGS) & Cpu.STATUS_FLAGS,
                ours.getLong(at + RFLAGS) & Cpu.STATUS_FLAGS);
        compare(text, "fcw", host.getShort(at + CONTROL) & 0xFFFF, ours.getShort(at + CONTROL) & 0xFFFF);
        compare(text, "fsw", host.getShort(at + STATUS) & status, ours.getShort(at + STATUS) & status);
        compare(text, "tags", host.get(at + TAGS) & 0xFF, ours.get(at + TAGS) & 0xFF);
        compare(text, "mxcsr", host.getInt(at + MXCSR), ours.getInt(at + MXCSR));
        for (int i = 0; i < 8; i++) {
            if (host.getLong(at + ST + 16 * i) != ours.getLong(at + ST + 16 * i)
                    || host.getShort(at + ST + 16 * i + 8) != ours.getShort(at + ST + 16 * i + 8)) {
                text.append(String.format(" st%d host %s ours %s;", i, extended(host, at, i), extended(ours, at, i)));
            }
        }
        for (int i = 0; i < 32; i++) {
            compare(
                    text,
                    "xmm" + i / 2 + (i % 2 == 0 ? "L" : "H"),
                    host.getLong(at + XMM + 8 * i),
                    ours.getLong(at + XMM + 8 * i));
        }
        for (int i = 0; i < 64; i += 8) {
            compare(text, "mem+" + i, host.getLong(at + MEMORY + i), ours.getLong(at + MEMORY + i));
        }
        return text.isEmpty() ? null : text + "\n    before: " + describe(before, at);
    }

    private static void compare(StringBuilder text, String what, long host, long ours) {
        if (host != ours) {
            text.append(String.format(" %s host %x ours %x;", what, host, ours));
        }
    }

    private static String extended(ByteBuffer b, int at, int i) {
        return String.format("%04x:%016x", b.getShort(at + ST + 16 * i + 8) & 0xFFFF, b.getLong(at + ST + 16 * i));
    }

    private static String describe(ByteBuffer b, int at) {
        return String.format(
                "fcw %04x fsw %04x tags %02x mxcsr %04x st0 %s st1 %s st2 %s st7 %s xmm1 %016x %016x xmm2 %016x %016x"
                        + " mem %016x %016x rax %x rdx %x flags %x",
                b.getShort(at + CONTROL) & 0xFFFF,
                b.getShort(at + STATUS) & 0xFFFF,
                b.get(at + TAGS) & 0xFF,
                b.getInt(at + MXCSR),
                extended(b, at, 0),
                extended(b, at, 1),
                extended(b, at, 2),
                extended(b, at, 7),
                b.getLong(at + XMM + 24),
                b.getLong(at + XMM + 16),
                b.getLong(at + XMM + 40),
                b.getLong(at + XMM + 32),
                b.getLong(at + MEMORY + 8),
                b.getLong(at + MEMORY),
                b.getLong(at + RAX),
                b.getLong(at + RDX),
                b.getLong(at + RFLAGS));
    }
}
