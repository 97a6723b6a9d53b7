package org.terrarium.x86;

import org.terrarium.x86.sys.DebugRegisters;
import org.terrarium.x86.sys.Modes;

/**
 * Everything a guest can find in one logical processor, as plain values: what is saved of it and put back. What follows from
 * these values (address sizes, effective bases, translations, decoded code) is made anew. The registers are those of
 * {@link Cpu} and {@link Fpu}, where their meaning is told.
 *
 * @param gpr RAX to R15
 * @param flagResult the status flags, with {@code flagCarry}, as {@link Cpu#flagResult} keeps them
 * @param selectors ES, CS, SS, DS, FS, GS, then LDTR and TR; the same order in the next three
 * @param tables GDT base and limit, IDT base and limit
 * @param control CR0, CR2, CR3, CR4, EFER
 * @param pdptes the four page-directory-pointer entries that PAE paging has loaded
 * @param msrs STAR, LSTAR, CSTAR, SFMASK, KERNEL_GS_BASE, SYSENTER_CS, SYSENTER_ESP, SYSENTER_EIP, PAT, TSC_AUX
 * @param storedMsrs those that are only stored, in the order of {@code sys.Msr}
 * @param tscOffset what the guest has added to the time stamp counter
 * @param mantissa significands of the physical x87 registers 0 to 7
 * @param lastPointers x87 instruction and operand pointers
 * @param lastSelectors x87 instruction and operand selectors and the opcode
 * @param xmm XMM0 to XMM15, low half first
 */
public record CpuState(
        long[] gpr,
        long rip,
        long flagResult,
        long flagCarry,
        int eflags,
        int[] selectors,
        long[] bases,
        int[] limits,
        int[] attributes,
        int cpl,
        long[] tables,
        long[] control,
        long[] debug,
        long[] pdptes,
        long[] msrs,
        long[] storedMsrs,
        long tscOffset,
        boolean halted,
        boolean interruptShadow,
        int pendingDebug,
        boolean stepTrap,
        boolean intrLine,
        boolean nmiPending,
        boolean nmiBlocked,
        long retired,
        long[] mantissa,
        int[] signExponent,
        int emptyMask,
        int controlWord,
        int statusWord,
        int top,
        boolean errorReported,
        long[] lastPointers,
        int[] lastSelectors,
        long[] xmm,
        int mxcsr,
        long xcr0) {
    private static final int LDTR = 6;
    private static final int TR = 7;

    /** What {@code c} holds, between two runs. */
    static CpuState of(Cpu c) {
        Fpu f = c.fpu;
        return new CpuState(
                java.util.Arrays.copyOf(c.gpr, 16),
                c.rip,
                c.flagResult,
                c.flagCarry,
                c.eflags,
                with(c.segSelector, c.ldtSelector, c.trSelector),
                new long[] {
                    c.segBase[0],
                    c.segBase[1],
                    c.segBase[2],
                    c.segBase[3],
                    c.segBase[4],
                    c.segBase[5],
                    c.ldtBase,
                    c.trBase
                },
                with(c.segLimit, c.ldtLimit, c.trLimit),
                with(c.segAttributes, c.ldtAttributes, c.trAttributes),
                c.cpl,
                new long[] {c.gdtBase, c.gdtLimit, c.idtBase, c.idtLimit},
                new long[] {c.cr0, c.cr2, c.cr3, c.cr4, c.efer},
                c.dr.clone(),
                c.mmu.pdptes(),
                new long[] {
                    c.msrStar,
                    c.msrLstar,
                    c.msrCstar,
                    c.msrSfmask,
                    c.msrKernelGsBase,
                    c.msrSysenterCs,
                    c.msrSysenterEsp,
                    c.msrSysenterEip,
                    c.msrPat,
                    c.msrTscAux
                },
                c.msrStored.clone(),
                c.tscOffset,
                c.halted,
                c.interruptShadow,
                c.pendingDebug,
                c.stepTrap,
                c.intrLine,
                c.nmiPending,
                c.nmiBlocked,
                c.retired,
                f.mantissa.clone(),
                f.signExponent.clone(),
                f.emptyMask,
                f.controlWord,
                f.statusWord,
                f.top,
                f.errorReported,
                new long[] {f.lastInstruction, f.lastOperand},
                new int[] {f.lastInstructionSelector, f.lastOperandSelector, f.lastOpcode},
                f.xmm.clone(),
                f.mxcsr,
                f.xcr0);
    }

    private static int[] with(int[] six, int ldtr, int tr) {
        return new int[] {six[0], six[1], six[2], six[3], six[4], six[5], ldtr, tr};
    }

    /** Puts the values into {@code c}, whose memory holds what it held then. */
    void putInto(Cpu c) {
        System.arraycopy(gpr, 0, c.gpr, 0, 16);
        c.rip = rip;
        c.flagResult = flagResult;
        c.flagCarry = flagCarry;
        c.eflags = eflags;
        System.arraycopy(selectors, 0, c.segSelector, 0, 6);
        System.arraycopy(bases, 0, c.segBase, 0, 6);
        System.arraycopy(limits, 0, c.segLimit, 0, 6);
        System.arraycopy(attributes, 0, c.segAttributes, 0, 6);
        c.ldtSelector = selectors[LDTR];
        c.ldtBase = bases[LDTR];
        c.ldtLimit = limits[LDTR];
        c.ldtAttributes = attributes[LDTR];
        c.trSelector = selectors[TR];
        c.trBase = bases[TR];
        c.trLimit = limits[TR];
        c.trAttributes = attributes[TR];
        c.cpl = cpl & 3;
        c.gdtBase = tables[0];
        c.gdtLimit = (int) tables[1];
        c.idtBase = tables[2];
        c.idtLimit = (int) tables[3];
        c.cr0 = (int) control[0];
        c.cr2 = control[1];
        c.cr3 = control[2];
        c.cr4 = control[3];
        c.efer = control[4];
        System.arraycopy(debug, 0, c.dr, 0, 8);
        c.msrStar = msrs[0];
        c.msrLstar = msrs[1];
        c.msrCstar = msrs[2];
        c.msrSfmask = msrs[3];
        c.msrKernelGsBase = msrs[4];
        c.msrSysenterCs = msrs[5];
        c.msrSysenterEsp = msrs[6];
        c.msrSysenterEip = msrs[7];
        c.msrPat = msrs[8];
        c.msrTscAux = msrs[9];
        System.arraycopy(storedMsrs, 0, c.msrStored, 0, storedMsrs.length);
        c.tscOffset = tscOffset;
        c.halted = halted;
        c.interruptShadow = interruptShadow;
        c.pendingDebug = pendingDebug;
        c.stepTrap = stepTrap;
        c.intrLine = intrLine;
        c.nmiPending = nmiPending;
        c.nmiBlocked = nmiBlocked;
        c.retired = retired;
        putInto(c.fpu);
        Modes.update(c);
        DebugRegisters.changed(c);
        c.mmu.setPdptes(pdptes);
        Modes.update(c);
    }

    private void putInto(Fpu f) {
        System.arraycopy(mantissa, 0, f.mantissa, 0, 8);
        System.arraycopy(signExponent, 0, f.signExponent, 0, 8);
        f.emptyMask = emptyMask & 0xFF;
        f.controlWord = controlWord;
        f.statusWord = statusWord;
        f.top = top & 7;
        f.errorReported = errorReported;
        f.lastInstruction = lastPointers[0];
        f.lastOperand = lastPointers[1];
        f.lastInstructionSelector = lastSelectors[0];
        f.lastOperandSelector = lastSelectors[1];
        f.lastOpcode = lastSelectors[2];
        System.arraycopy(xmm, 0, f.xmm, 0, 32);
        f.mxcsr = mxcsr;
        f.xcr0 = xcr0;
        f.raised = 0;
    }
}
