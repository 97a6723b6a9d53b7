package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.x86.Nasm;

/** Code that defeats translation: it must run as interpreted, and cost no more than it is worth. */
class UntranslatableTest {
    private static final int INSTRUCTIONS = 180_000;

    private static TwoTiers boards(JitOptions jit, String source) {
        TwoTiers t = new TwoTiers(jit);
        byte[] code = Nasm.assemble("bits 32\norg 0x7C00\n" + source);
        t.both(b -> {
            b.load(TwoTiers.CODE, code);
            b.flat32(TwoTiers.CODE, 0x7000);
        });
        return t;
    }

    private static long retiredTranslated(TwoTiers t) {
        return t.translated.processor.jitStats().retired();
    }

    /** The same bytes mean different instructions, depending on where execution enters them; both ways are hot. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void jumpsIntoTheMiddleOfInstructions(int bits) {
        TwoTiers t = TwoTiers.run("""
            mov cx,4000
            again: test cl,1
            jz whole
            jmp whole+1
            whole: db 0xB8,0x40,0x05,0x11,0x00
            %if __BITS__!=16
            nop
            nop
            %endif
            test cl,3
            jz inner+2
            inner: db 0x66,0x81,0xC3,0x83,0xC3
            add bx,ax
            dec cx
            jnz again
            hlt
            """, bits, 40);
        assertTrue(retiredTranslated(t) > t.translated.cpu.retired / 2, "hardly anything ran translated");
    }

    /** Code in a ROM at D0000h, the same ROM under a second address, and RAM that becomes ROM with hot code in it. */
    @Test
    void codeInReadOnlyMemory() {
        TwoTiers t = boards(TwoTiers.eager(), """
            mov ecx,3000
            again: call 0xD0000
            call 0xE0000
            mov byte [0xD0001],7
            dec ecx
            jnz again
            hlt
            times 0xD0000-0x7C00-($-$$) db 0
            mov al,3
            add ebx,eax
            rol ebx,1
            inc dword [0x20000]
            ret
            """);
        t.both(b -> {
            b.memory.mapRom(0xD0000, 0x1000, 0xD0000);
            b.memory.mapRom(0xE0000, 0x1000, 0xD0000);
        });
        t.run(3);
        t.both(b -> b.memory.mapRam(0xD0000, 0x1000, 0xD0000));
        t.run(3);
        t.both(b -> b.memory.mapRom(0xD0000, 0x1000, 0xD0000));
        t.run(40);
        assertTrue(retiredTranslated(t) > t.translated.cpu.retired / 3, "hardly anything ran translated");
    }

    /** A procedure in a device's memory, called from a hot loop: read anew each time, for it may change. */
    @Test
    void codeInADevice() {
        TwoTiers t = boards(TwoTiers.eager(), """
            mov ecx,3000
            again: call 0x500000
            add edx,ebx
            dec ecx
            jnz again
            hlt
            """);
        byte[] code = Nasm.assemble("bits 32\ninc ebx\nxor eax,ebx\nret");
        t.both(b -> b.device = code.clone());
        t.run(1);
        t.both(b -> b.device[0] = 0x4B);
        t.run(40);
        assertTrue(retiredTranslated(t) > 0, "nothing ran translated");
    }

    /** A block whose last instruction lies in two pages, of which the second comes and goes and changes its memory. */
    @Test
    void codeAcrossIntoAPageThatIsNotThere() {
        TwoTiers t = boards(TwoTiers.eager(), """
            jmp begin
            align 16
            fault: add esp,4
            inc dword [0x20008]
            xor dword [0xA024],1
            invlpg [0x9000]
            iretd
            begin: mov ecx,2000
            again: mov ebx,0x8FF0
            call ebx
            test cl,7
            jnz same
            mov eax,[0xA024]
            xor eax,0x30000
            test cl,16
            jz keep
            and eax,~1
            keep: mov [0xA024],eax
            invlpg [0x9000]
            same: dec ecx
            jnz again
            hlt
            times 0x8FF0-0x7C00-($-$$) db 0x90
            times 0x8FFD-0x7C00-($-$$) db 0x40
            db 0x81,0xC6,0x05
            db 0x01,0x02,0x03
            inc edi
            ret
            """);
        t.both(b -> {
            byte[] second = b.read(0x9000, 0x1000);
            second[0] = 9;
            b.load(0x39000, second);
            for (int n = 0; n < 1024; n += 2) {
                b.write64(0xA000 + 4 * n, n << 12 | 3 | (n + 1L << 12 | 3) << 32);
            }
            b.write64(0x3E0000, 0xA003);
            b.write64(0x1000 + 8 * 14, TwoTiers.CODE + 16 | 8L << 16 | 0x8E00L << 32);
            b.write64(0x2008, 0x00CF_9B00_0000_FFFFL);
            b.cpu.gdtBase = 0x2000;
            b.cpu.gdtLimit = 15;
            b.cpu.segSelector[1] = 8;
            b.cpu.idtBase = 0x1000;
            b.cpu.idtLimit = 0x7FF;
            b.cpu.cr3 = 0x3E0000;
            b.cpu.cr0 |= org.terrarium.x86.Cpu.CR0_PG;
            org.terrarium.x86.sys.Modes.update(b.cpu);
        });
        t.run(60);
        assertTrue(t.interpreted.cpu.halted, "the program did not come to its end");
        assertTrue(t.interpreted.read32(0x20008) > 100, "hardly a fault");
        assertTrue(retiredTranslated(t) > 0, "nothing ran translated");
    }

    /** More code than there is room for blocks or regions, round and round. */
    @Test
    void megabytesOfStraightCode() {
        JitOptions jit = TwoTiers.eager();
        jit.maxRegions = 100;
        TwoTiers t = boards(jit, "mov ecx,5\njmp 0x100000");
        ByteBuffer code = ByteBuffer.allocate(INSTRUCTIONS * 10 + 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < INSTRUCTIONS; n++) {
            // ADD dword [disp32],imm32
            code.putShort((short) 0x0581).putInt(0x20000 + n % 4096 * 4).putInt(n * 0x10203);
        }
        // DEC ECX; JNZ to the start; HLT
        code.put((byte) 0x49)
                .putShort((short) 0x850F)
                .putInt(-(code.position() + 4))
                .put((byte) 0xF4);
        t.both(b -> b.load(0x100000, code.array()));
        t.run(200);
        assertTrue(t.interpreted.cpu.halted, "the program did not come to its end");
        JitStats s = t.translated.processor.jitStats();
        assertTrue(s.regions() - s.regionsDropped() <= jit.maxRegions, "more regions than allowed: " + s.regions());
        assertTrue(s.retired() > 0, "nothing ran translated");
    }

    /** Every round changes the code that it runs: it must not be translated each time. */
    @Test
    void endlessLoopThatChangesItself() {
        TwoTiers t = boards(TwoTiers.eager(), """
            again: inc dword [patch+1]
            patch: mov eax,1
            add ebx,eax
            jmp again
            """);
        t.run(100);
        long regions = t.translated.processor.jitStats().regions();
        assertTrue(regions < 60, regions + " translations of a loop that is never the same");
    }

    /** A defect of the translator: one message with the guest's bytes, and the guest notices nothing. */
    @Test
    void aFailureIsLoggedOnceAndTheCodeInterpreted() {
        JitOptions jit = TwoTiers.eager();
        jit.inspector = plan -> {
            if (plan.blocks.stream().anyMatch(b -> b.insns[0].row.mnemonic().equals("BSWAP"))) {
                throw new IllegalStateException("for this test");
            }
            if (plan.blocks.stream().anyMatch(b -> b.insns[0].row.mnemonic().equals("BSF"))) {
                throw new OutOfMemoryError("for this test");
            }
        };
        TwoTiers t = boards(jit, """
            mov ecx,2000
            again: test cl,2
            jz other
            bswap eax
            inc eax
            jmp next
            other: test cl,1
            jz other2
            bsf edx,eax
            other2: add eax,edx
            next: dec ecx
            jnz again
            mov ecx,5000
            plain: add ebx,ecx
            dec ecx
            jnz plain
            hlt
            """);
        List<LogRecord> logged = new ArrayList<>();
        Logger logger = Logger.getLogger(Translator.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord r) {
                logged.add(r);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            for (int n = 0; n < 40 && !t.interpreted.cpu.halted; n++) {
                t.slice(1_000, "after slice " + n);
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        long failures = t.translated.processor.jitStats().failures();
        assertTrue(failures >= 2, failures + " failures");
        assertTrue(failures < 20, failures + " attempts at code that cannot be translated");
        assertEquals(1, logged.size(), "messages");
        assertTrue(
                logged.getFirst().getMessage().contains("0fc8"),
                logged.getFirst().getMessage());
        assertTrue(retiredTranslated(t) > 5_000, "the plain loop was not translated");
    }
}
