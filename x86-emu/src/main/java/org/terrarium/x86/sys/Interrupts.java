package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;

/**
 * Delivery of exceptions, software and external interrupts in every mode (SDM volume 3, chapter 6; 20.3 for
 * virtual-8086 mode; volume 2, INT n).
 *
 * <p>Delivery changes nothing of the processor's state before it is certain to succeed; a fault on the way leaves as the
 * processor's GuestFault with the error code's EXT bit set where it belongs.
 */
public final class Interrupts {
    /** INT n: the gate's DPL is checked, virtual-8086 mode has its own rules. */
    private static final int SOFTWARE = 0;

    /** INT3 and INTO: the gate's DPL is checked. */
    private static final int SOFTWARE_EXCEPTION = 1;

    /** Exceptions, INT1 and interrupts from outside: EXT is set in error codes of nested faults. */
    private static final int HARDWARE = 2;

    /** Error code bits (6.13). */
    private static final int EXT = 1;

    private static final int IDT = 2;

    /** Flags that an interrupt through a gate clears, IF aside. */
    private static final int CLEARED = Cpu.TF | Cpu.NT | Cpu.RF | Cpu.VM;

    private Interrupts() {}

    /**
     * Delivers the processor's fault ({@code c.fault()}); {@code c.rip} is the address of the faulting instruction. Faults
     * while delivering become double faults by the rules of 6.15 (interrupt 8); a third one shuts the processor down.
     */
    public static void deliverFault(Cpu c) {
        GuestFault f = c.fault();
        c.pendingDebug = 0;
        if (f.vector == GuestFault.WAIT) {
            c.stepTrap = false;
            c.halted = true;
            return;
        }
        deliverNested(c, f.vector, f.hasErrorCode(), f.errorCode, true);
    }

    private static void deliverNested(Cpu c, int firstVector, boolean firstHasError, int firstError, boolean fault) {
        int vector = firstVector;
        boolean hasError = firstHasError;
        int error = firstError;
        boolean setResume = fault && vector != GuestFault.DB && vector != GuestFault.DF;
        while (true) {
            try {
                deliver(c, vector, hasError, error, HARDWARE, setResume);
                return;
            } catch (GuestFault nested) {
                if (vector == GuestFault.DF) {
                    shutdown(c);
                    return;
                }
                if (doubleFault(vector, nested.vector)) {
                    vector = GuestFault.DF;
                    error = 0;
                    hasError = true;
                    setResume = false;
                } else {
                    vector = nested.vector;
                    hasError = nested.hasErrorCode();
                    error = nested.errorCode;
                    setResume = true;
                }
            }
        }
    }

    /** Whether a second exception while delivering a first makes a double fault (table 6-5). */
    private static boolean doubleFault(int first, int second) {
        return contributory(first) && contributory(second)
                || first == GuestFault.PF && (contributory(second) || second == GuestFault.PF);
    }

    private static boolean contributory(int vector) {
        return vector == GuestFault.DE || vector >= GuestFault.TS && vector <= GuestFault.GP;
    }

    /** Triple fault: the processor stops until reset or NMI; the board is told. */
    private static void shutdown(Cpu c) {
        c.halted = true;
        c.eflags &= ~Cpu.IF;
        c.bus.shutdown();
    }

    /** Whether something waits to be taken at this instruction boundary: call {@link #service} then. */
    public static boolean pending(Cpu c) {
        return c.pendingDebug != 0
                || c.nmiPending && !c.nmiBlocked
                || c.intrLine && (c.eflags & Cpu.IF) != 0 && !c.interruptShadow;
    }

    /**
     * Takes the most urgent of what waits at an instruction boundary (table 6-2): debug trap, NMI, external interrupt. Wakes
     * a halted processor. Returns whether anything was delivered.
     */
    public static boolean service(Cpu c) {
        if (c.pendingDebug != 0) {
            DebugRegisters.reportTraps(c);
            deliverNested(c, GuestFault.DB, false, 0, false);
            return true;
        }
        if (c.nmiPending && !c.nmiBlocked) {
            c.nmiPending = false;
            c.nmiBlocked = true;
            c.halted = false;
            deliverNested(c, GuestFault.NMI, false, 0, false);
            return true;
        }
        if (c.intrLine && (c.eflags & Cpu.IF) != 0 && !c.interruptShadow) {
            int vector = c.bus.acknowledgeInterrupt();
            if (vector >= 0) {
                c.halted = false;
                deliverNested(c, vector & 0xFF | EXTERNAL_BENIGN, false, 0, false);
                return true;
            }
        }
        return false;
    }

    /** Marks an external vector so that numbers 0..31 do not count as exceptions in the double-fault rules. */
    private static final int EXTERNAL_BENIGN = 0x100;

    /** INT n. */
    public static void intN(Cpu c, Insn i) {
        int vector = (int) i.imm & 0xFF;
        if (FlagsRegister.virtual8086(c) && Virtual8086.softwareInterrupt(c, vector)) {
            return;
        }
        deliver(c, vector, false, 0, SOFTWARE, false);
    }

    /** INT3. */
    public static void int3(Cpu c, Insn i) {
        deliver(c, GuestFault.BP, false, 0, SOFTWARE_EXCEPTION, false);
    }

    /** INT1 (ICEBP): a debug exception without a condition in DR6. */
    public static void int1(Cpu c, Insn i) {
        deliver(c, GuestFault.DB, false, 0, HARDWARE, false);
    }

    /** INTO. */
    public static void into(Cpu c, Insn i) {
        if ((FlagsRegister.read(c) & Cpu.OF) != 0) {
            deliver(c, GuestFault.OF, false, 0, SOFTWARE_EXCEPTION, false);
        }
    }

    private static void deliver(Cpu c, int number, boolean hasError, int error, int kind, boolean setResume) {
        int vector = number & 0xFF;
        c.interruptShadow = false;
        c.stepTrap = false;
        if (!c.protectedMode()) {
            deliverReal(c, vector);
            return;
        }
        try {
            if (c.longMode()) {
                deliverLong(c, vector, hasError, error, kind, setResume);
            } else {
                deliverProtected(c, vector, hasError, error, kind, setResume);
            }
        } catch (GuestFault nested) {
            if (kind == HARDWARE && nested.vector >= GuestFault.TS && nested.vector <= GuestFault.GP) {
                nested.errorCode |= EXT;
            }
            throw nested;
        }
    }

    private static void deliverReal(Cpu c, int vector) {
        if (vector * 4 + 3 > (c.idtLimit & 0xFFFF)) {
            throw c.fault(GuestFault.GP, 0);
        }
        int entry = c.mmu.readSystem32(c.idtBase + vector * 4 & 0xFFFF_FFFFL);
        PushFrame frame = PushFrame.current(c);
        frame.push(16, FlagsRegister.read(c));
        frame.push(16, c.segSelector[Cpu.CS]);
        frame.push(16, c.rip);
        StackAccess.setPointer(c, frame.pointer);
        Segments.loadReal(c, Cpu.CS, entry >>> 16);
        c.rip = entry & 0xFFFF;
        FlagsRegister.write(c, 0, Cpu.IF | Cpu.TF | Cpu.AC | Cpu.RF);
    }

    private static int savedFlags(Cpu c, boolean setResume) {
        int flags = FlagsRegister.read(c);
        return setResume ? flags | Cpu.RF : flags;
    }

    private static void deliverProtected(Cpu c, int vector, boolean hasError, int error, int kind, boolean setResume) {
        int gateError = vector * 8 + IDT;
        if (vector * 8 + 7 > (c.idtLimit & 0xFFFF)) {
            throw c.fault(GuestFault.GP, gateError);
        }
        long gate = c.mmu.readSystem64(c.idtBase + vector * 8 & 0xFFFF_FFFFL);
        int attributes = Descriptors.attributes(gate);
        int type = attributes & Descriptors.TYPE;
        boolean known = type == Descriptors.TASK_GATE
                || type == Descriptors.INTERRUPT_GATE16
                || type == Descriptors.TRAP_GATE16
                || type == Descriptors.INTERRUPT_GATE32
                || type == Descriptors.TRAP_GATE32;
        checkGate(c, attributes, known, kind, gateError);
        if (type == Descriptors.TASK_GATE) {
            TaskSwitch.interrupt(c, Descriptors.gateSelector(gate), hasError, error, savedFlags(c, setResume));
            return;
        }
        int selector = Descriptors.gateSelector(gate);
        long d = gateTarget(c, selector);
        int code = Descriptors.attributes(d);
        int dpl = Descriptors.dpl(code);
        boolean v86 = FlagsRegister.virtual8086(c);
        boolean inner = (code & Descriptors.CONFORMING) == 0 && dpl < c.cpl;
        if (inner ? v86 && dpl != 0 : v86 || (code & Descriptors.CONFORMING) == 0 && dpl != c.cpl) {
            throw Descriptors.generalProtection(c, selector);
        }
        int size = (type & 8) != 0 ? 32 : 16;
        long offset = Descriptors.gateOffset(gate);
        int flags = savedFlags(c, setResume);
        int newCpl = inner ? dpl : c.cpl;
        int stackSelector = 0;
        long stack = 0;
        PushFrame frame;
        if (inner) {
            stackSelector = InnerStack.selector(c, dpl);
            stack = InnerStack.descriptor(c, stackSelector, dpl);
            frame = PushFrame.inner(c, stackSelector, stack, InnerStack.pointer(c, dpl));
            if (v86) {
                frame.push(size, c.segSelector[Cpu.GS]);
                frame.push(size, c.segSelector[Cpu.FS]);
                frame.push(size, c.segSelector[Cpu.DS]);
                frame.push(size, c.segSelector[Cpu.ES]);
            }
            frame.push(size, c.segSelector[Cpu.SS]);
            frame.push(size, c.gpr[Cpu.RSP]);
        } else {
            frame = PushFrame.current(c);
        }
        frame.push(size, flags);
        frame.push(size, c.segSelector[Cpu.CS]);
        frame.push(size, c.rip);
        if (hasError) {
            frame.push(size, error);
        }
        if (offset > (Descriptors.limit(d) & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.GP, 0);
        }
        int codeAttributes = Descriptors.markAccessed(c, selector, d);
        int stackAttributes = inner ? Descriptors.markAccessed(c, stackSelector, stack) : 0;

        Segments.set(c, Cpu.CS, selector & 0xFFFC | newCpl, d, codeAttributes);
        c.cpl = newCpl;
        c.rip = offset;
        c.eflags &= ~(CLEARED | ((type & 1) == 0 ? Cpu.IF : 0));
        if (inner) {
            Segments.set(c, Cpu.SS, stackSelector, stack, stackAttributes);
            if (v86) {
                Segments.loadNull(c, Cpu.ES, 0);
                Segments.loadNull(c, Cpu.DS, 0);
                Segments.loadNull(c, Cpu.FS, 0);
                Segments.loadNull(c, Cpu.GS, 0);
            }
        }
        Modes.update(c);
        StackAccess.setPointer(c, frame.pointer);
    }

    private static void checkGate(Cpu c, int attributes, boolean known, int kind, int gateError) {
        if (!known || kind != HARDWARE && Descriptors.dpl(attributes) < c.cpl) {
            throw c.fault(GuestFault.GP, gateError);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, gateError);
        }
    }

    /** The code segment a gate names, as far as its checks do not depend on the current level's relation to it. */
    private static long gateTarget(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            throw c.fault(GuestFault.GP, 0);
        }
        long d = Descriptors.read(c, selector, GuestFault.GP);
        int code = Descriptors.attributes(d);
        if (!Descriptors.isCode(code) || Descriptors.dpl(code) > c.cpl) {
            throw Descriptors.generalProtection(c, selector);
        }
        if ((code & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        return d;
    }

    private static void deliverLong(Cpu c, int vector, boolean hasError, int error, int kind, boolean setResume) {
        int gateError = vector * 8 + IDT;
        if (vector * 16 + 15 > (c.idtLimit & 0xFFFF)) {
            throw c.fault(GuestFault.GP, gateError);
        }
        long gate = c.mmu.readSystem64(c.idtBase + vector * 16);
        int attributes = Descriptors.attributes(gate);
        int type = attributes & Descriptors.TYPE;
        boolean known = type == Descriptors.INTERRUPT_GATE32 || type == Descriptors.TRAP_GATE32;
        checkGate(c, attributes, known, kind, gateError);
        long offset = Descriptors.gateOffset(gate) | c.mmu.readSystem64(c.idtBase + vector * 16 + 8) << 32;
        int selector = Descriptors.gateSelector(gate);
        long d = gateTarget(c, selector);
        int code = Descriptors.attributes(d);
        if ((code & (Descriptors.LONG | Descriptors.BIG)) != Descriptors.LONG) {
            throw Descriptors.generalProtection(c, selector);
        }
        boolean inner = (code & Descriptors.CONFORMING) == 0 && Descriptors.dpl(code) < c.cpl;
        int newCpl = inner ? Descriptors.dpl(code) : c.cpl;
        int stackEntry = (int) (gate >>> 32) & 7;
        long pointer;
        if (stackEntry != 0) {
            pointer = InnerStack.interruptStack(c, stackEntry);
        } else if (inner) {
            pointer = InnerStack.pointer64(c, newCpl);
        } else {
            pointer = c.gpr[Cpu.RSP];
        }
        if (offset << 16 >> 16 != offset) {
            throw c.fault(GuestFault.GP, 0);
        }
        PushFrame frame = PushFrame.wide(c, pointer & ~0xFL, newCpl != 3);
        frame.push(64, c.segSelector[Cpu.SS]);
        frame.push(64, c.gpr[Cpu.RSP]);
        frame.push(64, savedFlags(c, setResume));
        frame.push(64, c.segSelector[Cpu.CS]);
        frame.push(64, c.rip);
        if (hasError) {
            frame.push(64, error);
        }
        int codeAttributes = Descriptors.markAccessed(c, selector, d);

        Segments.set(c, Cpu.CS, selector & 0xFFFC | newCpl, d, codeAttributes);
        c.cpl = newCpl;
        c.rip = offset;
        c.gpr[Cpu.RSP] = frame.pointer;
        c.eflags &= ~(CLEARED | ((type & 1) == 0 ? Cpu.IF : 0));
        if (inner) {
            Segments.loadNullStack(c, newCpl);
        }
        Modes.update(c);
    }
}
