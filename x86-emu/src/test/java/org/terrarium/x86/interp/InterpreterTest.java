package org.terrarium.x86.interp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.sys.CpuModel;
import org.terrarium.x86.sys.Modes;

class InterpreterTest {
    private static final int CODE = 0x7C00;

    private static TestBoard real(String source) {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        board.load(CODE, Nasm.assemble("bits 16\norg 0x7C00\n" + source));
        return board.real(CODE, 0x7000);
    }

    private static TestBoard flat32(String source) {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        board.load(CODE, Nasm.assemble("bits 32\norg 0x7C00\n" + source));
        return board.flat32(CODE, 0x7000);
    }

    private static TestBoard flat64(String source) {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        board.load(CODE, Nasm.assemble("bits 64\norg 0x7C00\n" + source));
        return board.flat64(CODE, 0x7000);
    }

    @Test
    void startsAtTheResetVector() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        assertEquals(0xFFF0, board.cpu.rip);
        assertEquals(0xFFFF_0000L, board.cpu.segBase[Cpu.CS]);
        assertEquals(CpuModel.X86_64_V2.signature(), board.cpu.gpr[Cpu.RDX]);
        assertEquals(16, board.cpu.codeSize);
        assertEquals(2, board.cpu.eflags);
    }

    @Test
    void countsInstructionsExactly() {
        TestBoard board = real("mov cx,10\nagain: inc ax\nloop again\nhlt");
        board.run(1000);
        assertTrue(board.cpu.halted);
        assertEquals(1 + 20 + 1, board.cpu.retired);
        assertEquals(10, board.cpu.gpr[Cpu.RAX]);
    }

    @Test
    void budgetIsKept() {
        TestBoard board = real("again: inc ax\njmp again");
        long done = board.processor.run(1000);
        assertTrue(done >= 1000 && done < 1000 + 64, "retired " + done);
        assertEquals(done, board.cpu.retired);
    }

    @Test
    void exitRequestEndsARun() {
        TestBoard board = real("again: inc ax\njmp again");
        board.processor.requestExit();
        assertEquals(0, board.processor.run(1000));
        assertTrue(board.processor.run(1000) >= 1000, "the request holds for one run");
    }

    // Self-modifying code.

    @Test
    void codeThatChangesTheNextInstruction() {
        TestBoard board = real("""
            mov byte [x+1],5
            x: mov al,3
            hlt\
            """);
        board.run(100);
        assertEquals(5, board.cpu.gpr[Cpu.RAX]);
        assertEquals(3, board.cpu.retired);
    }

    @Test
    void codeThatChangesItselfInALoop() {
        TestBoard board = real("""
            mov cx,100
            again: inc byte [x+1]
            nop
            x: mov al,0
            add bl,al
            loop again
            hlt\
            """);
        board.run(10_000);
        assertEquals(100, board.cpu.gpr[Cpu.RAX]);
        assertEquals(5050 & 0xFF, board.cpu.gpr[Cpu.RBX]);
        assertEquals(1 + 500 + 1, board.cpu.retired);
    }

    @Test
    void codeThatChangesAnotherBlockAlreadyRun() {
        TestBoard board = flat32("""
            mov ecx,3
            again: call f
            inc byte [f+1]
            dec ecx
            jnz again
            hlt
            f: mov al,10
            add ebx,eax
            ret\
            """);
        board.run(1000);
        assertEquals(10 + 11 + 12, board.cpu.gpr[Cpu.RBX]);
    }

    @Test
    void codeOverwrittenByADevice() {
        TestBoard board = real("again: mov al,1\ninc cx\njmp again");
        board.processor.run(100);
        assertEquals(1, board.cpu.gpr[Cpu.RAX]);
        board.load(CODE, new byte[] {(byte) 0xB0, 2});
        board.processor.run(100);
        assertEquals(2, board.cpu.gpr[Cpu.RAX]);
    }

    @Test
    void dataBesideCodeDoesNotDisturbIt() {
        TestBoard board = flat32("""
            mov ecx,1000
            again: inc dword [counter]
            dec ecx
            jnz again
            hlt
            counter: dd 0\
            """);
        board.run(10_000);
        assertEquals(3002, board.cpu.retired);
        assertEquals(1000, board.read32(CODE + Nasm.assemble("""
            bits 32
            org 0x7C00
            mov ecx,1000
            again: inc dword [0x7C10]
            dec ecx
            jnz again
            hlt\
            """).length));
    }

    // Page boundaries.

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void instructionAcrossAPageBoundary(int inFirstPage) {
        // mov dword [0x5000], 0x11223344 is 10 bytes
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        int start = 0x9000 - inFirstPage;
        board.load(start, Nasm.assemble("bits 32\norg " + start + "\nmov dword [0x5000],0x11223344\ninc eax\nhlt"));
        board.flat32(start, 0x7000).run(10);
        assertEquals(0x11223344, board.read32(0x5000));
        assertEquals(1, board.cpu.gpr[Cpu.RAX]);
        assertEquals(3, board.cpu.retired);
    }

    @Test
    void instructionAcrossAPageBoundaryFollowsARemappedSecondPage() {
        // pages 0x8000 and 0x9000 hold "mov eax, imm32"; page 0x9000 is then mapped to 0xA000 with another immediate
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        board.flat64(0x8FFE, 0x7000);
        board.write64(0x3F2000, 0x3F3007);
        for (int n = 0; n < 512; n++) {
            board.write64(0x3F3000 + 8 * n, n << 12 | 7);
        }
        board.load(0x8FFE, new byte[] {(byte) 0xB8, 1});
        board.load(0x9000, new byte[] {0, 0, 0, (byte) 0xF4});
        board.load(0xA000, new byte[] {2, 0, 0, (byte) 0xF4});
        board.run(10);
        assertEquals(1, board.cpu.gpr[Cpu.RAX]);
        board.write64(0x3F3000 + 8 * 9, 0xA007);
        board.cpu.mmu.flushAll();
        board.cpu.halted = false;
        board.cpu.rip = 0x8FFE;
        board.run(10);
        assertEquals(0x201, board.cpu.gpr[Cpu.RAX]);
    }

    /** The page fault comes when the crossing instruction is reached, with the second page's address. */
    @Test
    void fetchFaultOnTheSecondPage() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2);
        board.flat64(0x8FFA, 0x7000);
        board.write64(0x3F2000, 0x3F3007);
        for (int n = 0; n < 512; n++) {
            board.write64(0x3F3000 + 8 * n, n == 9 ? 0 : n << 12 | 7);
        }
        // inc eax (2 bytes); inc eax; mov ecx, imm32 with two bytes in this page
        board.load(0x8FFA, new byte[] {(byte) 0xFF, (byte) 0xC0, (byte) 0xFF, (byte) 0xC0, (byte) 0xB9, 1});
        // no interrupt table: #PF, #DF and shutdown
        board.run(100);
        assertTrue(board.shutdown);
        assertEquals(2, board.cpu.gpr[Cpu.RAX]);
        assertEquals(0x9000, board.cpu.cr2);
        assertEquals(0x8FFE, board.cpu.rip);
        assertEquals(2, board.cpu.retired);
    }

    // Faults inside of a block.

    @Test
    void faultLeavesTheStateBeforeTheInstruction() {
        TestBoard board = flat64("""
            mov rax,0x800000
            mov rbx,7
            add rbx,1
            push qword [rax]
            hlt\
            """);
        board.run(100);
        assertTrue(board.shutdown);
        assertEquals(0x800000, board.cpu.cr2);
        assertEquals(8, board.cpu.gpr[Cpu.RBX]);
        assertEquals(0x7000, board.cpu.gpr[Cpu.RSP]);
        assertEquals(3, board.cpu.retired);
        assertEquals(CODE + 5 + 5 + 4, board.cpu.rip);
    }

    @Test
    void faultingReadModifyWriteLeavesFlags() {
        TestBoard board = flat64("mov rax,0x800000\nxor ebx,ebx\nadd dword [rax],1\nhlt");
        board.run(100);
        assertTrue(board.shutdown);
        assertEquals(0, board.cpu.flagResult);
    }

    // Interrupts.

    @Test
    void interruptIsTakenOnlyWithTheFlagSet() {
        TestBoard board = real("""
            mov word [0x80],handler
            mov word [0x82],0
            mov cx,100
            wait1: loop wait1
            sti
            nop
            mov bx,ax
            hlt
            handler: mov ax,0x1234
            iret\
            """);
        board.processor.run(5);
        board.processor.setInterruptLine(true);
        board.run(1000);
        assertEquals(1, board.acknowledged);
        assertEquals(0, board.cpu.gpr[Cpu.RCX]);
        assertEquals(0x1234, board.cpu.gpr[Cpu.RBX]);
    }

    @Test
    void stiHoldsInterruptsForOneInstruction() {
        // STI; CLI: the interrupt must not get in between; STI; NOP; NOP: it comes after the first NOP
        TestBoard board = real("""
            mov word [0x80],handler
            mov word [0x82],0
            xor dx,dx
            sti
            cli
            inc dx
            sti
            inc dx
            inc dx
            hlt
            handler: mov ax,dx
            iret\
            """);
        board.processor.setInterruptLine(true);
        board.run(1000);
        assertEquals(1, board.acknowledged);
        assertEquals(2, board.cpu.gpr[Cpu.RAX]);
        assertEquals(3, board.cpu.gpr[Cpu.RDX] & 0xFFFF);
    }

    @Test
    void haltWaitsForAnInterrupt() {
        TestBoard board = real("""
            mov word [0x80],handler
            mov word [0x82],0
            sti
            hlt
            inc bx
            cli
            hlt
            handler: inc ax
            iret\
            """);
        board.processor.run(100);
        assertTrue(board.processor.halted());
        assertEquals(4, board.cpu.retired);
        assertEquals(0, board.processor.run(100), "nothing runs while halted");
        board.processor.setInterruptLine(true);
        assertFalse(board.processor.halted());
        board.processor.run(100);
        assertEquals(1, board.cpu.gpr[Cpu.RAX]);
        assertEquals(1, board.cpu.gpr[Cpu.RBX]);
        board.processor.setInterruptLine(true);
        assertTrue(board.processor.halted(), "IF is clear");
    }

    @Test
    void singleStepTrapsAfterEachInstruction() {
        TestBoard board = real("""
            mov word [4],handler
            mov word [6],0
            pushf
            pop ax
            or ax,0x100
            push ax
            popf
            inc bx
            inc bx
            inc bx
            push dx
            popf
            inc bx
            hlt
            handler: inc cx
            iret\
            """);
        board.cpu.gpr[Cpu.RDX] = 2;
        board.run(1000);
        assertEquals(4, board.cpu.gpr[Cpu.RBX]);
        // three INC, PUSH, POPF (which clears TF but had started with it)
        assertEquals(5, board.cpu.gpr[Cpu.RCX]);
    }

    // Flat and segmented addressing.

    @Test
    void aSegmentBaseChangesDecodedAddresses() {
        TestBoard board = real("""
            mov cx,2
            again: mov ax,[0x10]
            add bx,ax
            mov dx,0x100
            mov ds,dx
            loop again
            hlt\
            """);
        board.load(0x10, new byte[] {1, 0});
        board.load(0x1010, new byte[] {2, 0});
        board.run(100);
        assertEquals(3, board.cpu.gpr[Cpu.RBX]);
    }

    @Test
    void manyBlocksStayBounded() {
        // 4 KiB of JMP $+2 at every even address, reached in a loop over two megabytes of code
        TestBoard board = flat32("jmp 0x100000");
        int bytes = 2 << 20;
        byte[] code = new byte[bytes];
        for (int n = 0; n < bytes - 6; n += 2) {
            code[n] = (byte) 0xEB;
        }
        code[bytes - 6] = (byte) 0xE9;
        int back = -bytes + 1;
        for (int n = 0; n < 4; n++) {
            code[bytes - 5 + n] = (byte) (back >> 8 * n);
        }
        board.load(0x100000, code);
        board.processor.run(3_000_000);
        assertTrue(board.cpu.retired >= 3_000_000);
        assertFalse(board.shutdown);
    }

    @Test
    void instructionPointerWrapsTo32Bits() {
        TestBoard board = flat64("nop");
        board.flat32(0x1000, 0x7000);
        board.cpu.cr0 &= ~Cpu.CR0_PG;
        board.cpu.efer = 0;
        Modes.update(board.cpu);
        board.load(0x1000, Nasm.assemble("bits 32\norg 0x1000\njmp 0x1000-0x2000\n"));
        board.processor.run(1);
        assertEquals(0xFFFF_F000L, board.cpu.rip);
    }
}
