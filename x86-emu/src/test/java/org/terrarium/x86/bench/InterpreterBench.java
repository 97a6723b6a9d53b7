package org.terrarium.x86.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.sys.CpuModel;

/**
 * Prints millions of guest instructions per second of the thread's CPU time for small loops. Not a test: run its main, with
 * the names of loops or none for all.
 */
public final class InterpreterBench {
    private static final int CODE = 0x7C00;
    private static final int ROUNDS = 5;
    private static final long INSTRUCTIONS = 100_000_000;

    private InterpreterBench() {}

    private static Map<String, String> loops() {
        Map<String, String> loops = new LinkedHashMap<>();
        loops.put("registers", """
            again:
            %rep 10
            add eax,ebx
            mov edx,eax
            xor esi,edx
            lea edi,[esi+edx]
            %endrep
            dec ecx
            jnz again
            jmp again
            """);
        loops.put("memory", """
            mov ebx,0x20000
            again:
            %rep 10
            mov eax,[ebx+4]
            add eax,[ebx+8]
            mov [ebx+12],eax
            mov [ebx+16],edx
            %endrep
            dec ecx
            jnz again
            jmp again
            """);
        loops.put("crc", """
            mov edi,0x20000
            again: movzx edx,byte [edi]
            xor edx,ebx
            movzx edx,dl
            shr ebx,8
            xor ebx,[0x30000+edx*4]
            inc edi
            cmp edi,0x2f000
            jb again
            mov edi,0x20000
            jmp again
            """);
        loops.put("sort", """
            again: mov esi,0x20000
            next: mov eax,[esi]
            mov edx,[esi+4]
            cmp eax,edx
            jbe ordered
            mov [esi],edx
            mov [esi+4],eax
            ordered: imul eax,eax,1103515245
            add esi,4
            cmp esi,0x24000
            jb next
            add [0x20000],eax
            jmp again
            """);
        loops.put("fibonacci", """
            again: mov eax,15
            call fib
            jmp again
            fib: cmp eax,2
            jb done
            push eax
            dec eax
            call fib
            pop edx
            push eax
            lea eax,[edx-2]
            call fib
            pop edx
            add eax,edx
            done: ret
            """);
        loops.put("strings", """
            cld
            again: mov esi,0x20000
            mov edi,0x40000
            mov ecx,16
            rep movsd
            inc ebx
            jmp again
            """);
        return loops;
    }

    public static void main(String[] names) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        loops().forEach((name, source) -> {
            if (names.length != 0 && !Arrays.asList(names).contains(name)) {
                return;
            }
            for (int bits : new int[] {32, 64}) {
                String assembly = "bits " + bits + "\norg 0x7C00\n" + source;
                if (bits == 64) {
                    assembly = assembly.replaceAll("\\b(push|pop) e", "$1 r");
                }
                TestBoard board = new TestBoard(CpuModel.X86_64_V2);
                board.load(CODE, Nasm.assemble(assembly));
                TestBoard ready = bits == 32 ? board.flat32(CODE, 0x7000) : board.flat64(CODE, 0x7000);
                double best = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    long before = threads.getCurrentThreadCpuTime();
                    long done = ready.processor.run(INSTRUCTIONS);
                    best = Math.max(best, done * 1e3 / (threads.getCurrentThreadCpuTime() - before));
                }
                System.out.printf("%-10s %d bits %7.1f million instructions a second%n", name, bits, best);
            }
        });
    }
}
