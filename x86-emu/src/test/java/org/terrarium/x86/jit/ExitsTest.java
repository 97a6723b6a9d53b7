package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.TestBoard;

/**
 * Interrupts, non-maskable interrupts, single steps and breakpoints between any two blocks of warm regions: the interrupted place
 * and the registers there must be the same in both tiers.
 */
class ExitsTest {
    private static final int IDT = 0x1000;
    private static final int GDT = 0x2000;
    private static final int STACK = 0x7000;
    private static final int VECTOR = 0x20;

    /** Loops with calls, branches, string instructions and memory; handlers note where they were in a ring of 64 KiB at 100000h. */
    private static final String PROGRAM = """
        jmp begin
        align 16
        timer: pushad
        call note
        popad
        iretd
        align 16
        nmi: pushad
        call note
        popad
        iretd
        align 16
        debug: pushad
        call note
        mov eax,dr6
        xor [0xF004],eax
        mov eax,0xFFFF0FF0
        mov dr6,eax
        or dword [esp+40],0x10000
        popad
        iretd
        note: mov edx,[0xF000]
        and edx,0xFFF0
        mov eax,[esp+36]
        mov [0x100000+edx],eax
        mov eax,[esp+44]
        mov [0x100004+edx],eax
        mov eax,[esp+32]
        xor eax,[esp+28]
        xor eax,[esp+16]
        mov [0x100008+edx],eax
        add edx,16
        mov [0xF000],edx
        ret
        begin: cld
        sti
        again: mov ecx,9
        inner: lea eax,[ecx+ebx*2]
        test al,4
        jz even
        call odd
        jmp joined
        even: add [0x20000+ecx*4],eax
        joined: cmp eax,[0x20004]
        sbb ebx,eax
        loop inner
        mov esi,0x20000
        mov edi,0x30000
        mov ecx,40
        rep movsd
        STEP
        push ebx
        popfd_at: pop edx
        imul edx,edx,77
        add ebp,edx
        watched: inc dword [0x20040]
        dec dword [0xF010]
        jnz near again
        cli
        hlt
        odd: push ecx
        mov ecx,3
        shifted: rol ebx,cl
        dec ecx
        jnz shifted
        pop ecx
        test ebx,1
        jz done
        xor ebx,0x12345678
        done: ret
        """;

    private static TwoTiers boards(String extra) {
        TwoTiers t = new TwoTiers(TwoTiers.eager());
        String source = "bits 32\norg 0x7C00\n" + PROGRAM.replace("STEP", extra);
        byte[] code = org.terrarium.x86.Nasm.assemble(source);
        t.both(b -> {
            b.load(TwoTiers.CODE, code);
            b.flat32(TwoTiers.CODE, STACK);
            b.write64(GDT + 8, 0x00CF_9B00_0000_FFFFL);
            b.write64(GDT + 16, 0x00CF_9300_0000_FFFFL);
            b.cpu.gdtBase = GDT;
            b.cpu.gdtLimit = 23;
            for (int n = 0; n < 6; n++) {
                b.cpu.segSelector[n] = n == Cpu.CS ? 8 : 16;
            }
            b.cpu.idtBase = IDT;
            b.cpu.idtLimit = 0x7FF;
            gate(b, VECTOR, 16);
            gate(b, 2, 32);
            gate(b, 1, 48);
            b.vector = VECTOR;
            b.load(0xF010, new byte[] {(byte) 0xB8, 11, 0, 0});
        });
        return t;
    }

    private static void gate(TestBoard b, int vector, int entry) {
        long to = TwoTiers.CODE + entry;
        b.write64(IDT + 8 * vector, to & 0xFFFF | 8L << 16 | 0x8E00L << 32 | (to & 0xFFFF_0000L) << 32);
    }

    private static void translated(TwoTiers t, double share) {
        double is = (double) t.translated.processor.jitStats().retired() / t.translated.cpu.retired;
        assertTrue(is > share, "only " + is + " ran translated");
        assertTrue(t.interpreted.read32(0xF000) != 0, "no handler ran");
    }

    /** The board asks for attention after so many instructions that every way out of every region is taken. */
    @Test
    void interruptsComeAtTheSamePlace() {
        TwoTiers t = boards("");
        SplittableRandom random = new SplittableRandom(20_251_125);
        for (int n = 0; n < 6_000 && !t.interpreted.cpu.halted; n++) {
            int slice = 1 + random.nextInt(200);
            t.slice(slice, "slice " + n);
            if (random.nextInt(3) == 0) {
                t.both(b -> b.processor.setInterruptLine(true));
            }
            if (random.nextInt(40) == 0) {
                t.both(b -> b.processor.raiseNmi());
            }
        }
        t.noFailures();
        translated(t, 0.2);
    }

    /** The trap flag is set in the middle of a hot loop every few rounds, and cleared again by the handler's count. */
    @Test
    void singleStepsStopBehindEachInstruction() {
        TwoTiers t = boards("""
            mov eax,[0xF010]
            and eax,15
            jnz nostep
            pushfd
            or dword [esp],0x100
            popfd
            nop
            mov eax,[0x20044]
            rol eax,1
            mov [0x20044],eax
            call odd
            pushfd
            and dword [esp],0xFFFFFEFF
            popfd
            nostep:
            """);
        t.run(60);
        translated(t, 0.4);
    }

    /** Breakpoints on an instruction, on stores to a cell, and on loads from it, switched on and off while all around is hot. */
    @ParameterizedTest
    @ValueSource(strings = {"0x00000002", "0x000D0002", "0x000F0002", "0x00010002"})
    void breakpointsHitWhileAllAroundIsHot(String control) {
        boolean code = control.equals("0x00000002");
        TwoTiers t = boards("""
            mov eax,[0xF010]
            and eax,31
            jnz noarm
            mov eax,%s
            mov dr0,eax
            mov eax,%s
            mov dr7,eax
            noarm: cmp eax,29
            jne nodisarm
            xor eax,eax
            mov dr7,eax
            nodisarm:
            """.formatted(code ? "shifted" : "0x20040", control));
        t.run(80);
        translated(t, 0.3);
    }
}
