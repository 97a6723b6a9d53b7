package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** Far JMP and CALL, direct, through memory and through gates (SDM volume 2, JMP and CALL; volume 3, 5.8). */
public final class FarTransfer {
    private FarTransfer() {}

    /** JMP ptr16:16/32. */
    public static void jump(Cpu c, Insn i) {
        jumpTo(c, i.imm2 & 0xFFFF, maskOffset(i.imm, i.operandSize), i.operandSize);
    }

    /** JMP m16:16/32/64. */
    public static void jumpMemory(Cpu c, Insn i) {
        long offset = pointerOffset(c, i);
        jumpTo(c, pointerSelector(c, i), offset, i.operandSize);
    }

    /** CALL ptr16:16/32. */
    public static void call(Cpu c, Insn i) {
        callTo(c, i.imm2 & 0xFFFF, maskOffset(i.imm, i.operandSize), i.operandSize);
    }

    /** CALL m16:16/32/64. */
    public static void callMemory(Cpu c, Insn i) {
        long offset = pointerOffset(c, i);
        callTo(c, pointerSelector(c, i), offset, i.operandSize);
    }

    private static long maskOffset(long offset, int size) {
        return size == 16 ? offset & 0xFFFF : size == 32 ? offset & 0xFFFF_FFFFL : offset;
    }

    /** The offset part of a far pointer in memory, its rights checked for the selector too. */
    static long pointerOffset(Cpu c, Insn i) {
        int bytes = i.operandSize >> 3;
        long lin = Operands.linear(c, i, bytes + 2, false);
        return switch (bytes) {
            case 2 -> c.mmu.read16(lin);
            case 4 -> c.mmu.read32(lin) & 0xFFFF_FFFFL;
            default -> c.mmu.read64(lin);
        };
    }

    static int pointerSelector(Cpu c, Insn i) {
        int bytes = i.operandSize >> 3;
        return c.mmu.read16(Operands.linear(c, i, bytes + 2, false) + bytes & c.linearMask);
    }

    private static void jumpTo(Cpu c, int selector, long offset, int size) {
        if (c.realAddressing()) {
            if (offset > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
                throw c.fault(GuestFault.GP, 0);
            }
            Segments.loadReal(c, Cpu.CS, selector);
            c.rip = offset;
            return;
        }
        long d = target(c, selector);
        int attributes = Descriptors.attributes(d);
        if (Descriptors.isCode(attributes)) {
            checkDirect(c, selector, attributes);
            enterCode(c, selector & 0xFFFC | c.cpl, d, offset);
            return;
        }
        switch (systemTarget(c, selector, attributes)) {
            case Descriptors.CALL_GATE16, Descriptors.CALL_GATE32 -> jumpGate(c, selector, d);
            case Descriptors.TASK_GATE -> TaskSwitch.jump(c, taskGateTarget(c, selector, d));
            default -> TaskSwitch.jump(c, availableTask(c, selector, attributes));
        }
    }

    private static void callTo(Cpu c, int selector, long offset, int size) {
        if (c.realAddressing()) {
            PushFrame frame = PushFrame.current(c);
            frame.push(size, c.segSelector[Cpu.CS]);
            frame.push(size, c.rip);
            if (offset > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
                throw c.fault(GuestFault.GP, 0);
            }
            StackAccess.setPointer(c, frame.pointer);
            Segments.loadReal(c, Cpu.CS, selector);
            c.rip = offset;
            return;
        }
        long d = target(c, selector);
        int attributes = Descriptors.attributes(d);
        if (Descriptors.isCode(attributes)) {
            checkDirect(c, selector, attributes);
            PushFrame frame = PushFrame.current(c);
            frame.push(size, c.segSelector[Cpu.CS]);
            frame.push(size, c.rip);
            enterCode(c, selector & 0xFFFC | c.cpl, d, offset);
            StackAccess.setPointer(c, frame.pointer);
            return;
        }
        switch (systemTarget(c, selector, attributes)) {
            case Descriptors.CALL_GATE16, Descriptors.CALL_GATE32 -> callGate(c, selector, d);
            case Descriptors.TASK_GATE -> TaskSwitch.call(c, taskGateTarget(c, selector, d));
            default -> TaskSwitch.call(c, availableTask(c, selector, attributes));
        }
    }

    private static long target(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            throw c.fault(GuestFault.GP, 0);
        }
        return Descriptors.read(c, selector, GuestFault.GP);
    }

    /** Privilege and presence of a code segment reached without a gate. */
    private static void checkDirect(Cpu c, int selector, int attributes) {
        int dpl = Descriptors.dpl(attributes);
        boolean allowed =
                (attributes & Descriptors.CONFORMING) != 0 ? dpl <= c.cpl : (selector & 3) <= c.cpl && dpl == c.cpl;
        if (!allowed) {
            throw Descriptors.generalProtection(c, selector);
        }
        checkLongBits(c, selector, attributes);
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
    }

    /** In IA-32e mode a code segment with both L and D is reserved. */
    static void checkLongBits(Cpu c, int selector, int attributes) {
        int both = Descriptors.LONG | Descriptors.BIG;
        if (c.longMode() && (attributes & both) == both) {
            throw Descriptors.generalProtection(c, selector);
        }
    }

    /**
     * Checks the offset against the code segment and enters it: CS, CPL (from the selector's RPL) and rip. Only a memory fault
     * while setting the accessed bit can still come before anything changes.
     */
    static void enterCode(Cpu c, int selector, long d, long offset) {
        checkOffset(c, d, offset);
        int attributes = Descriptors.markAccessed(c, selector, d);
        Segments.set(c, Cpu.CS, selector, d, attributes);
        c.cpl = selector & 3;
        c.rip = offset;
        Modes.update(c);
    }

    static void checkOffset(Cpu c, long d, long offset) {
        boolean wide = c.longMode() && (Descriptors.attributes(d) & Descriptors.LONG) != 0;
        boolean outside =
                wide ? offset << 16 >> 16 != offset : offset < 0 || offset > (Descriptors.limit(d) & 0xFFFF_FFFFL);
        if (outside) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    /** Type and privilege of a gate or TSS named by a far transfer; returns the type. */
    private static int systemTarget(Cpu c, int selector, int attributes) {
        int type = attributes & Descriptors.TYPE;
        boolean known = switch (type) {
            case Descriptors.CALL_GATE32 -> true;
            case Descriptors.CALL_GATE16,
                    Descriptors.TASK_GATE,
                    Descriptors.TSS16_AVAILABLE,
                    Descriptors.TSS16_BUSY,
                    Descriptors.TSS32_AVAILABLE,
                    Descriptors.TSS32_BUSY -> !c.longMode();
            default -> false;
        };
        int dpl = Descriptors.dpl(attributes);
        if (!known || dpl < c.cpl || dpl < (selector & 3)) {
            throw Descriptors.generalProtection(c, selector);
        }
        return type;
    }

    private static int availableTask(Cpu c, int selector, int attributes) {
        int type = attributes & Descriptors.TYPE;
        boolean available = type == Descriptors.TSS16_AVAILABLE || type == Descriptors.TSS32_AVAILABLE;
        if ((selector & 4) != 0 || !available) {
            throw Descriptors.generalProtection(c, selector);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        return selector;
    }

    private static int taskGateTarget(Cpu c, int selector, long gate) {
        if ((Descriptors.attributes(gate) & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        int task = Descriptors.gateSelector(gate);
        if ((task & 4) != 0) {
            throw Descriptors.generalProtection(c, task);
        }
        long d = Descriptors.read(c, task, GuestFault.GP);
        return availableTask(c, task, Descriptors.attributes(d));
    }

    /** Offset of a call gate, from its upper half too in IA-32e mode. */
    private static long callGateOffset(Cpu c, int selector, long gate) {
        if ((Descriptors.attributes(gate) & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        long offset = Descriptors.gateOffset(gate);
        if (c.longMode()) {
            long upper = Descriptors.readUpper(c, selector, GuestFault.GP);
            if ((upper >>> 40 & Descriptors.TYPE) != 0) {
                throw Descriptors.generalProtection(c, selector);
            }
            offset |= upper << 32;
        }
        return offset;
    }

    /** The code segment a call gate leads to. */
    private static long callGateTarget(Cpu c, int selector) {
        long d = target(c, selector);
        int attributes = Descriptors.attributes(d);
        boolean wrongSize = c.longMode() && (attributes & (Descriptors.LONG | Descriptors.BIG)) != Descriptors.LONG;
        if (!Descriptors.isCode(attributes) || Descriptors.dpl(attributes) > c.cpl || wrongSize) {
            throw Descriptors.generalProtection(c, selector);
        }
        return d;
    }

    private static void checkPresent(Cpu c, int selector, long d) {
        if ((Descriptors.attributes(d) & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
    }

    private static void jumpGate(Cpu c, int gateSelector, long gate) {
        long offset = callGateOffset(c, gateSelector, gate);
        int selector = Descriptors.gateSelector(gate);
        long d = callGateTarget(c, selector);
        int attributes = Descriptors.attributes(d);
        if ((attributes & Descriptors.CONFORMING) == 0 && Descriptors.dpl(attributes) != c.cpl) {
            throw Descriptors.generalProtection(c, selector);
        }
        checkPresent(c, selector, d);
        enterCode(c, selector & 0xFFFC | c.cpl, d, offset);
    }

    private static void callGate(Cpu c, int gateSelector, long gate) {
        long offset = callGateOffset(c, gateSelector, gate);
        int selector = Descriptors.gateSelector(gate);
        long d = callGateTarget(c, selector);
        checkPresent(c, selector, d);
        int attributes = Descriptors.attributes(d);
        int dpl = Descriptors.dpl(attributes);
        boolean inner = (attributes & Descriptors.CONFORMING) == 0 && dpl < c.cpl;
        int size = c.longMode() ? 64 : (Descriptors.attributes(gate) & 8) != 0 ? 32 : 16;
        if (!inner) {
            PushFrame frame =
                    c.longMode() ? PushFrame.wide(c, c.gpr[Cpu.RSP] & c.stackMask, c.cpl != 3) : PushFrame.current(c);
            frame.push(size, c.segSelector[Cpu.CS]);
            frame.push(size, c.rip);
            enterCode(c, selector & 0xFFFC | c.cpl, d, offset);
            StackAccess.setPointer(c, frame.pointer);
        } else if (c.longMode()) {
            PushFrame frame = PushFrame.wide(c, InnerStack.pointer64(c, dpl), true);
            frame.push(64, c.segSelector[Cpu.SS]);
            frame.push(64, c.gpr[Cpu.RSP]);
            frame.push(64, c.segSelector[Cpu.CS]);
            frame.push(64, c.rip);
            enterCode(c, selector & 0xFFFC | dpl, d, offset);
            Segments.loadNullStack(c, dpl);
            Modes.update(c);
            c.gpr[Cpu.RSP] = frame.pointer;
        } else {
            callInner(c, selector, d, offset, size, (int) (gate >>> 32) & 0x1F);
        }
    }

    private static void callInner(Cpu c, int selector, long d, long offset, int size, int parameters) {
        int dpl = Descriptors.dpl(Descriptors.attributes(d));
        int stackSelector = InnerStack.selector(c, dpl);
        long stack = InnerStack.descriptor(c, stackSelector, dpl);
        PushFrame frame = PushFrame.inner(c, stackSelector, stack, InnerStack.pointer(c, dpl));
        frame.push(size, c.segSelector[Cpu.SS]);
        frame.push(size, c.gpr[Cpu.RSP]);
        for (int n = parameters - 1; n >= 0; n--) {
            frame.push(size, StackAccess.peek(c, size, n * (size >> 3)));
        }
        frame.push(size, c.segSelector[Cpu.CS]);
        frame.push(size, c.rip);
        checkOffset(c, d, offset);
        int stackAttributes = Descriptors.markAccessed(c, stackSelector, stack);
        enterCode(c, selector & 0xFFFC | dpl, d, offset);
        Segments.set(c, Cpu.SS, stackSelector, stack, stackAttributes);
        Modes.update(c);
        StackAccess.setPointer(c, frame.pointer);
    }
}
