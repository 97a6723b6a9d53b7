package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.sys.CpuModel;
import org.terrarium.x86.sys.Modes;

/**
 * The saved forms of the floating-point state: environment and FNSAVE images in their four formats (SDM volume 1, figures 8-9 to
 * 8-12), FXSAVE (table 10-2), XSAVE (chapter 13), and the registers that MMX and x87 share (9.5.1).
 */
class FpuStateTest {
    private static final int AREA = 0x6000;

    private TestBoard run(TestBoard board, int bits, String source) {
        board.load(0x1000, Nasm.assemble("bits " + bits + "\norg 0x1000\n" + source + "\nhlt\n"));
        board.cpu.cr0 |= Cpu.CR0_NE | Cpu.CR0_MP;
        Modes.update(board.cpu);
        board.run(1000);
        assertEquals(true, board.cpu.halted, "the program did not reach its end");
        return board;
    }

    private static TestBoard protected32() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2).flat32(0x1000, 0x8000);
        board.cpu.segSelector[Cpu.CS] = 0x1B;
        board.cpu.segSelector[Cpu.DS] = 0x23;
        return board;
    }

    private static TestBoard long64() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2).flat64(0x1000, 0x8000);
        board.cpu.cr4 |= Cpu.CR4_OSXSAVE;
        board.cpu.fpu.xcr0 = 3;
        return board;
    }

    private static ByteBuffer area(TestBoard board, int bytes) {
        return ByteBuffer.wrap(board.read(AREA, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Three registers: a normal number, a zero and an infinity; the last instruction is at 0x1000 + 9 and read [0x5004]. */
    private static final String FILL = """
        fninit                  ; 1000, 2 bytes
        fld1                    ; 1002
        fldz                    ; 1004
        nop
        nop
        nop                     ; 1006..1008
        """;

    @Test
    void environmentInProtectedMode() {
        TestBoard board = protected32();
        board.write64(0x5000, 0x7F80_0000_0000_0000L);
        run(board, 32, FILL + "fld dword [0x5004]\nfnstenv [0x6000]");
        ByteBuffer e = area(board, 28);
        assertEquals(0xFFFF_037F, e.getInt(0));
        assertEquals(0xFFFF_0000 | 5 << 11, e.getInt(4));
        // register 7 valid (0), 6 zero (1), 5 special (2), the others empty (3)
        assertEquals(0xFFFF_0000 | 0 << 14 | 1 << 12 | 2 << 10 | 0x3FF, e.getInt(8));
        assertEquals(0x1009, e.getInt(12));
        assertEquals(0x1B | 0x105 << 16, e.getInt(16), "selector and opcode D9 05");
        assertEquals(0x5004, e.getInt(20));
        assertEquals(0xFFFF_0023, e.getInt(24));
    }

    @Test
    void environmentInProtectedModeWithShortOperands() {
        TestBoard board = protected32();
        run(board, 32, FILL + "fld dword [0x5004]\no16 fnstenv [0x6000]");
        ByteBuffer e = area(board, 16);
        assertEquals(0x037F, e.getShort(0));
        assertEquals(5 << 11, e.getShort(2));
        assertEquals(0x1009, e.getShort(6));
        assertEquals(0x1B, e.getShort(8));
        assertEquals(0x5004, e.getShort(10));
        assertEquals(0x23, e.getShort(12));
        assertEquals(0, e.getShort(14), "only 14 bytes are written");
    }

    @Test
    void environmentInRealModeHasLinearAddresses() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2).real(0x1000, 0x8000);
        run(board, 16, FILL + "mov ax,0x3000\nmov ds,ax\nfld dword [0x5004]\nxor ax,ax\nmov ds,ax\nfnstenv [0x6000]");
        ByteBuffer e = area(board, 16);
        assertEquals(0x037F, e.getShort(0));
        assertEquals(0x100E, e.getShort(6));
        assertEquals(0x106, e.getShort(8), "opcode D9 06, upper address bits 0");
        assertEquals(0x5004, e.getShort(10));
        assertEquals(3 << 12, e.getShort(12), "bits 19..16 of the operand's address 35004");
    }

    @Test
    void environmentInRealModeWithLongOperands() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2).real(0x1000, 0x8000);
        run(
                board,
                16,
                FILL + "mov ax,0x3000\nmov ds,ax\nfld dword [0x5004]\nxor ax,ax\nmov ds,ax\no32 fnstenv [0x6000]");
        ByteBuffer e = area(board, 28);
        assertEquals(0xFFFF_037F, e.getInt(0));
        assertEquals(0xFFFF_100E, e.getInt(12));
        assertEquals(0x106, e.getInt(16));
        assertEquals(0xFFFF_5004, e.getInt(20));
        assertEquals(3 << 12, e.getInt(24));
    }

    @Test
    void storingTheEnvironmentMasksAllExceptions() {
        TestBoard board = protected32();
        run(board, 32, "fninit\nmov word [0x5000],0x300\nfldcw [0x5000]\nfnstenv [0x6000]\nfnstcw [0x6100]");
        assertEquals(0x340, area(board, 4).getShort(0));
        assertEquals(0x37F, board.read32(0x6100) & 0xFFFF);
    }

    @Test
    void savedUnitComesBackWhole() {
        TestBoard board = protected32();
        run(board, 32, FILL + "fldpi\nfstp st3\nfldl2t\nfnsave [0x6000]");
        Fpu f = board.cpu.fpu;
        assertEquals(0x37F, f.controlWord);
        assertEquals(0, X87State.statusWord(f));
        assertEquals(0xFF, f.emptyMask, "FNSAVE initializes");
        ByteBuffer saved = area(board, 108);
        // ST(0) log2(10)
        assertEquals(0xD49A_784B_CD1B_8AFEL, saved.getLong(28));
        assertEquals(0x4000, saved.getShort(36));
        // and back, into a processor that knows nothing of it
        TestBoard other = protected32();
        other.load(AREA, saved.array());
        run(other, 32, "frstor [0x6000]\nfnsave [0x7000]");
        assertArrayEquals(saved.array(), other.read(0x7000, 108));
    }

    private static void randomize(Fpu f, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int n = 0; n < 8; n++) {
            f.mantissa[n] = random.nextLong();
            f.signExponent[n] = random.nextInt(0x10000);
        }
        for (int n = 0; n < 32; n++) {
            f.xmm[n] = random.nextLong();
        }
        f.controlWord = 0x37F;
        X87State.setStatusWord(f, random.nextInt(0x10000) & ~0x80FF);
        f.emptyMask = random.nextInt(0x100);
        f.mxcsr = 0x1F80 | random.nextInt(0x40);
        f.lastInstruction = random.nextLong();
        f.lastOperand = random.nextLong();
        f.lastOpcode = random.nextInt(0x800);
        f.lastInstructionSelector = 0;
        f.lastOperandSelector = 0;
    }

    private static void assertSame(Fpu expected, Fpu found) {
        assertArrayEquals(expected.mantissa, found.mantissa);
        assertArrayEquals(expected.signExponent, found.signExponent);
        assertArrayEquals(expected.xmm, found.xmm);
        assertEquals(expected.controlWord, found.controlWord);
        assertEquals(X87State.statusWord(expected), X87State.statusWord(found));
        assertEquals(expected.emptyMask, found.emptyMask);
        assertEquals(expected.mxcsr, found.mxcsr);
        assertEquals(expected.lastInstruction, found.lastInstruction);
        assertEquals(expected.lastOperand, found.lastOperand);
        assertEquals(expected.lastOpcode, found.lastOpcode);
    }

    @Test
    void fxsaveHasTheManualsLayoutAndComesBack() {
        TestBoard board = long64();
        Fpu f = board.cpu.fpu;
        randomize(f, 1);
        board.load(AREA + 464, filled(48));
        run(board, 64, "o64 fxsave [0x6000]");
        ByteBuffer a = area(board, 512);
        assertEquals(0x37F, a.getShort(0));
        assertEquals(X87State.statusWord(f), a.getShort(2) & 0xFFFF);
        assertEquals(~f.emptyMask & 0xFF, a.get(4) & 0xFF);
        assertEquals(f.lastOpcode, a.getShort(6));
        assertEquals(f.lastInstruction, a.getLong(8));
        assertEquals(f.lastOperand, a.getLong(16));
        assertEquals(f.mxcsr, a.getInt(24));
        assertEquals(0xFFFF, a.getInt(28));
        for (int n = 0; n < 8; n++) {
            assertEquals(f.mantissa[f.top + n & 7], a.getLong(32 + 16 * n));
            assertEquals(f.signExponent[f.top + n & 7], a.getShort(40 + 16 * n) & 0xFFFF);
        }
        for (int n = 0; n < 32; n++) {
            assertEquals(f.xmm[n], a.getLong(160 + 8 * n));
        }
        assertArrayEquals(filled(48), Arrays.copyOfRange(a.array(), 464, 512), "bytes 464..511 belong to software");
        TestBoard other = long64();
        other.load(AREA, a.array());
        run(other, 64, "o64 fxrstor [0x6000]");
        assertSame(f, other.cpu.fpu);
    }

    private static byte[] filled(int n) {
        byte[] bytes = new byte[n];
        Arrays.fill(bytes, (byte) 0xA5);
        return bytes;
    }

    @Test
    void fxsaveOutsideOf64BitModeLeavesTheUpperRegistersAlone() {
        TestBoard board = protected32();
        board.cpu.cr4 |= Cpu.CR4_OSFXSR;
        randomize(board.cpu.fpu, 2);
        board.load(AREA, filled(512));
        run(board, 32, "fxsave [0x6000]");
        ByteBuffer a = area(board, 512);
        assertEquals(board.cpu.fpu.xmm[15], a.getLong(160 + 8 * 15));
        assertArrayEquals(filled(8), Arrays.copyOfRange(a.array(), 160 + 8 * 16, 160 + 8 * 17));
    }

    @Test
    void restoringReservedControlBitsFaultsAndChangesNothing() {
        TestBoard board = long64();
        randomize(board.cpu.fpu, 3);
        int status = X87State.statusWord(board.cpu.fpu);
        board.write64(AREA + 24, 0x1_1F80L);
        board.load(0x1000, Nasm.assemble("bits 64\nfxrstor [0x6000]\nhlt\n"));
        board.run(10);
        assertEquals(true, board.shutdown, "#GP without an IDT ends in shutdown");
        assertEquals(status, X87State.statusWord(board.cpu.fpu));
    }

    @Test
    void xsaveWritesWhatIsAskedForAndInUse() {
        TestBoard board = long64();
        randomize(board.cpu.fpu, 4);
        Arrays.fill(board.cpu.fpu.xmm, 0);
        board.load(AREA, filled(512));
        run(board, 64, "mov eax,-1\nmov edx,-1\nxsave64 [0x6000]");
        ByteBuffer a = area(board, 576);
        assertEquals(1, a.getLong(512), "x87 in use, SSE in its initial state");
        assertEquals(board.cpu.fpu.mantissa[board.cpu.fpu.top], a.getLong(32));
        assertEquals(board.cpu.fpu.mxcsr, a.getInt(24));
        // only x87 asked for: MXCSR and XMM stay as they were, their header bit too
        TestBoard partial = long64();
        randomize(partial.cpu.fpu, 5);
        partial.load(AREA, filled(512));
        partial.write64(AREA + 512, 2);
        run(partial, 64, "mov eax,1\nxor edx,edx\nxsave64 [0x6000]");
        ByteBuffer p = area(partial, 576);
        assertEquals(3, p.getLong(512));
        assertEquals(0xA5A5_A5A5, p.getInt(24));
        assertEquals(0xA5A5_A5A5_A5A5_A5A5L, p.getLong(160));
    }

    @Test
    void xrstorInitializesComponentsThatTheHeaderLacks() {
        TestBoard board = long64();
        randomize(board.cpu.fpu, 6);
        board.write64(AREA + 24, 0x1FBF);
        board.write64(AREA + 160, 0x1122_3344_5566_7788L);
        board.write64(AREA + 512, 2);
        run(board, 64, "mov eax,-1\nmov edx,-1\nxrstor64 [0x6000]");
        Fpu f = board.cpu.fpu;
        assertEquals(0x37F, f.controlWord);
        assertEquals(0xFF, f.emptyMask);
        assertEquals(0, f.mantissa[3]);
        assertEquals(0x1FBF, f.mxcsr);
        assertEquals(0x1122_3344_5566_7788L, f.xmm[0]);
    }

    @Test
    void xrstorRefusesUnknownComponents() {
        TestBoard board = long64();
        board.write64(AREA + 512, 4);
        board.load(0x1000, Nasm.assemble("bits 64\nmov eax,-1\nxrstor64 [0x6000]\nhlt\n"));
        board.run(10);
        assertEquals(true, board.shutdown, "#GP without an IDT ends in shutdown");
    }

    @Test
    void mmxRegistersAreTheSignificands() {
        TestBoard board = protected32();
        run(board, 32, "fninit\nfld1\nfldpi\nmov eax,0x12345678\nmovd mm3,eax\n");
        Fpu f = board.cpu.fpu;
        assertEquals(0x12345678L, f.mantissa[3]);
        assertEquals(0xFFFF, f.signExponent[3]);
        assertEquals(0x8000_0000_0000_0000L, f.mantissa[7], "1.0 stays in register 7");
        assertEquals(0, f.top);
        assertEquals(0, f.emptyMask, "all registers valid");
        TestBoard empty = protected32();
        run(empty, 32, "fninit\nfld1\npxor mm0,mm0\nemms\n");
        assertEquals(0xFF, empty.cpu.fpu.emptyMask);
    }

    @Test
    void unmaskedExceptionArrivesAtTheNextWaitingInstruction() {
        TestBoard board = protected32();
        board.load(0x1000, Nasm.assemble("""
            bits 32
            fninit
            mov word [0x5000],0x37b    ; zero divide unmasked
            fldcw [0x5000]
            fld1
            fldz
            fdivp st1,st0
            mov eax,1
            fnstsw [0x6000]
            fwait
            hlt
            """));
        board.cpu.cr0 |= Cpu.CR0_NE | Cpu.CR0_MP;
        board.run(100);
        assertEquals(1, board.cpu.gpr[Cpu.RAX], "instructions that do not wait go on");
        assertEquals(true, board.shutdown, "#MF without an IDT ends in shutdown");
        assertEquals(0x8084 | 6 << 11, board.read32(AREA) & 0xFFFF, "busy, summary, zero divide; nothing popped");
    }
}
