package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.decode.Decoder;
import org.terrarium.x86.interp.Handlers;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.sys.CpuModel;

/**
 * When x87, MMX and SSE instructions may run at all, for every row of their chapters: CR0.EM, CR0.TS, CR0.MP, CR4.OSFXSR, pending
 * x87 exceptions, CR0.NE, and the alignment of 128-bit operands (SDM volume 3, tables 2-2, 12-1, 13-1; volume 2, per
 * instruction).
 */
class FpuGateTest {
    private static final int NONE = -1;
    private static final int OPERAND = 0x100000;

    private final TestBoard board = new TestBoard(CpuModel.X86_64_V2).flat64(0x1000, 0x8000);
    private final Cpu cpu = board.cpu;
    private final Decoder decoder = new Decoder(CpuModel.X86_64_V2);

    @BeforeEach
    void everythingAllowed() {
        cpu.cr0 |= Cpu.CR0_NE | Cpu.CR0_MP;
        cpu.cr0 &= ~(Cpu.CR0_EM | Cpu.CR0_TS);
        cpu.cr4 |= Cpu.CR4_OSFXSR | Cpu.CR4_OSXMMEXCPT;
        X87Control.initialize(cpu.fpu);
        cpu.fpu.mxcsr = 0x1F80;
        cpu.gpr[Cpu.RDI] = OPERAND;
    }

    private static boolean chapter(Row row, String start) {
        return row.source().startsWith(start)
                && !row.mnemonic().startsWith("XSAVE")
                && !row.mnemonic().equals("XRSTOR");
    }

    /** Whether the instruction ignores pending x87 exceptions. */
    private static boolean noWait(Row row) {
        return row.mnemonic().startsWith("FN") && !row.mnemonic().equals("FNOP")
                || row.mnemonic().equals("FXSAVE")
                || row.mnemonic().equals("FXRSTOR");
    }

    private static boolean touchesMmx(Row row, boolean memory) {
        return row.operands().stream().anyMatch(o -> switch (o.kind()) {
            case REG_MMX, RM_MMX -> true;
            case MMX_OR_MEM -> !memory;
            default -> false;
        });
    }

    /** The vector a row raises, or NONE. */
    private int run(Row row, boolean memory) {
        byte[] code = FpEmulation.code(row, memory, 0);
        Insn insn = new Insn();
        assertTrue(decoder.decode(code, 0, code.length, 64, Decoder.FLAT_64, insn), () -> "too short: " + row);
        assertEquals(row, insn.row, "decoded another row");
        insn.exec = Handlers.bind(insn);
        try {
            insn.exec.run(cpu, insn);
            return NONE;
        } catch (GuestFault fault) {
            return fault.vector;
        }
    }

    private interface Check {
        Integer expected(Row row, boolean memory);
    }

    /** Runs all forms of the rows; {@code expected} gives the vector, or null for "do not care". */
    private void all(Predicate<Row> rows, Check check) {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Row row : InstructionTable.get().rows()) {
            boolean only16 = row.has(Attribute.O16) && !row.has(Attribute.O32) && !row.has(Attribute.O64);
            if (!rows.test(row) || only16) {
                continue;
            }
            for (boolean memory : new boolean[] {false, true}) {
                boolean exists = memory
                        ? row.allowsMemory() && row.operands().stream().anyMatch(Operand::mayBeMemory)
                        : row.allowsRegister();
                Integer expected = exists ? check.expected(row, memory) : null;
                if (expected == null) {
                    continue;
                }
                seen++;
                int before = cpu.fpu.statusWord;
                int found = run(row, memory);
                cpu.fpu.statusWord = before;
                if (found != expected) {
                    wrong.add(row + (memory ? " memory" : "") + ": vector " + found + ", not " + expected);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(seen >= 10, "only " + seen + " forms were tried");
    }

    @Test
    void taskSwitchedGivesDeviceNotAvailable() {
        cpu.cr0 |= Cpu.CR0_TS;
        all(r -> chapter(r, "x87") || chapter(r, "mmx") || chapter(r, "sse"), (row, memory) -> GuestFault.NM);
    }

    @Test
    void emulationGivesDeviceNotAvailableForX87AndUndefinedForTheRest() {
        cpu.cr0 |= Cpu.CR0_EM;
        all(
                r -> chapter(r, "x87") || chapter(r, "mmx") || chapter(r, "sse"),
                (row, memory) -> row.mnemonic().equals("FWAIT")
                        ? (Integer) NONE
                        : row.source().startsWith("x87") ? GuestFault.NM : GuestFault.UD);
    }

    @Test
    void waitHeedsTaskSwitchedOnlyWithMonitorCoprocessor() {
        cpu.cr0 |= Cpu.CR0_TS;
        cpu.cr0 &= ~Cpu.CR0_MP;
        Row wait = InstructionTable.get().rows().stream()
                .filter(r -> r.mnemonic().equals("FWAIT"))
                .findFirst()
                .orElseThrow();
        assertEquals(NONE, run(wait, false));
        cpu.cr0 |= Cpu.CR0_MP;
        assertEquals(GuestFault.NM, run(wait, false));
    }

    @Test
    void withoutTheSystemsConsentSseIsUndefinedAndMmxIsNot() {
        cpu.cr4 &= ~Cpu.CR4_OSFXSR;
        all(
                r -> chapter(r, "mmx") || chapter(r, "sse"),
                (row, memory) -> row.source().startsWith("mmx") ? (Integer) NONE : GuestFault.UD);
    }

    @Test
    void pendingExceptionIsReportedByWaitingInstructions() {
        cpu.fpu.controlWord = 0x37B;
        X87State.setStatusWord(cpu.fpu, SoftFloat.ZERO_DIVIDE);
        all(r -> chapter(r, "x87") || chapter(r, "mmx"), (row, memory) -> noWait(row) ? null : (Integer) GuestFault.MF);
        all(r -> chapter(r, "sse"), (row, memory) -> touchesMmx(row, memory) ? (Integer) GuestFault.MF : null);
    }

    @Test
    void nonWaitingInstructionsIgnorePendingExceptions() {
        for (Row row : InstructionTable.get().rows()) {
            if (chapter(row, "x87") && noWait(row)) {
                everythingAllowed();
                cpu.fpu.controlWord = 0x37B;
                X87State.setStatusWord(cpu.fpu, SoftFloat.ZERO_DIVIDE);
                assertEquals(NONE, run(row, row.has(Attribute.MEM)), row::toString);
            }
        }
    }

    @Test
    void withoutNumericErrorThePinIsAssertedAndTheInstructionGoesOn() {
        cpu.cr0 &= ~Cpu.CR0_NE;
        cpu.fpu.controlWord = 0x37B;
        X87State.setStatusWord(cpu.fpu, SoftFloat.ZERO_DIVIDE);
        Row load = InstructionTable.get().rows().stream()
                .filter(r -> r.mnemonic().equals("FLD1"))
                .findFirst()
                .orElseThrow();
        assertEquals(NONE, run(load, false));
        assertEquals(1, board.floatingPointErrors);
        assertEquals(7, cpu.fpu.top);

        board.ignoresFloatingPointErrors = false;
        assertEquals(GuestFault.WAIT, run(load, false));
        assertEquals(1, board.floatingPointErrors, "the pin went active once and is active still");
        assertEquals(7, cpu.fpu.top, "the waiting instruction was carried out");
        X87State.setStatusWord(cpu.fpu, 0);
        assertEquals(NONE, run(load, false));
        X87State.setStatusWord(cpu.fpu, SoftFloat.ZERO_DIVIDE);
        assertEquals(GuestFault.WAIT, run(load, false));
        assertEquals(2, board.floatingPointErrors, "a second exception is reported again");
    }

    @Test
    void unmaskedSimdExceptionNeedsTheSystemsConsent() {
        Row divide = InstructionTable.get().rows().stream()
                .filter(r -> r.mnemonic().equals("DIVSD"))
                .findFirst()
                .orElseThrow();
        cpu.fpu.xmm[2] = Double.doubleToRawLongBits(1.0);
        cpu.fpu.xmm[4] = 0;
        cpu.fpu.mxcsr = 0x1F80 & ~(SoftFloat.ZERO_DIVIDE << 7);
        assertEquals(GuestFault.XM, run(divide, false));
        assertEquals(SoftFloat.ZERO_DIVIDE, cpu.fpu.mxcsr & 0x3F);
        assertEquals(Double.doubleToRawLongBits(1.0), cpu.fpu.xmm[2], "the destination was written");
        cpu.cr4 &= ~Cpu.CR4_OSXMMEXCPT;
        assertEquals(GuestFault.UD, run(divide, false));
    }

    @Test
    void operandsOf128BitsMustBeAligned() {
        cpu.gpr[Cpu.RDI] = OPERAND + 8;
        all(r -> chapter(r, "sse"), (row, memory) -> {
            boolean wide = row.operands().stream().anyMatch(o -> o.mayBeMemory() && o.bits(32) == 128);
            // LDMXCSR would unmask exceptions for the rows after it
            if (!memory || row.mnemonic().equals("LDMXCSR")) {
                return null;
            }
            return wide && !row.has(Attribute.UNALIGNED) ? GuestFault.GP : NONE;
        });
    }
}
