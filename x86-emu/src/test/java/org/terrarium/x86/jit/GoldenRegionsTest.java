package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.sys.CpuModel;

/**
 * What is generated for small regions, kept as text: a change of the translator shows up as a difference here, to be looked at.
 * {@code -Dterrarium.golden.update=FOLDER} writes the present texts there.
 */
class GoldenRegionsTest {
    /**
     * A program that loops until HLT.
     *
     * @param bits 16, 32 or 64
     */
    record Program(String name, int bits, String source) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Program> programs() {
        return List.of(
                new Program("count", 32, "mov ecx,9\na: dec ecx\njnz a\nhlt"),
                new Program("count16", 16, "mov cx,9\na: dec cx\njnz a\nhlt"),
                new Program("loop", 32, "mov ecx,9\na: loop a\nhlt"),
                new Program(
                        "memory", 64, "mov ecx,9\na: mov rax,[0x20000+rcx*8]\nadd [0x20100],rax\ndec ecx\njnz a\nhlt"),
                new Program("segment", 16, "mov cx,9\na: mov ax,[bx+si+4]\nmov [es:di],al\ndec cx\njnz a\nhlt"),
                new Program(
                        "compare", 32, "mov ecx,9\na: inc eax\ncmp eax,ebx\njl b\nxor ebx,eax\nb: dec ecx\njnz a\nhlt"),
                new Program("carry", 32, "mov ecx,9\na: add eax,0x12345\nadc edx,ebx\nsetc bl\ndec ecx\njnz a\nhlt"),
                new Program("shift", 32, "mov ecx,9\na: shl eax,3\nrol edx,cl\nsar ebx,1\ndec ecx\njnz a\nhlt"),
                new Program("call", 64, "mov ecx,9\na: call f\ndec ecx\njnz a\nhlt\nf: push rcx\npop rax\nret"),
                new Program(
                        "string", 32, "cld\nmov edx,9\na: mov ecx,5\nmov edi,0x20000\nrep stosd\ndec edx\njnz a\nhlt"),
                new Program(
                        "sse",
                        64,
                        "mov ecx,9\na: addsd xmm0,[0x20000]\nmovapd xmm1,xmm0\nmulpd xmm1,xmm1\ndec ecx\njnz a\nhlt"),
                new Program(
                        "warm",
                        32,
                        "mov ecx,40\na: push ecx\ncall f\npop ecx\ntest cl,1\njz b\nadd ax,[0x20000]\n"
                                + "b: dec ecx\njnz a\nhlt\nf: mov ebx,[0x20004]\nadc [0x20008],bl\nret"),
                new Program(
                        "x87", 32, "fninit\nmov ecx,9\na: fld1\nfmul dword [0x20000]\nfstp st0\ndec ecx\njnz a\nhlt"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void generatedCodeIsAsItWas(Program p) throws Exception {
        JitOptions jit = new JitOptions();
        jit.threshold = 4;
        if (!p.name.startsWith("warm")) {
            jit.leaveOut(Optimisation.GRADES);
        }
        jit.listing = new StringBuilder();
        TestBoard board = new TestBoard(CpuModel.X86_64_V2, jit);
        board.load(TwoTiers.CODE, Nasm.assemble("bits " + p.bits + "\norg 0x7C00\n" + p.source));
        switch (p.bits) {
            case 16 -> board.real(TwoTiers.CODE, 0x7000);
            case 32 -> board.flat32(TwoTiers.CODE, 0x7000);
            default -> board.flat64(TwoTiers.CODE, 0x7000);
        }
        board.run(10_000);
        String text = jit.listing.toString();
        String update = System.getProperty("terrarium.golden.update");
        if (update != null) {
            Files.writeString(Path.of(update).resolve(p.name + ".txt"), text);
            return;
        }
        try (InputStream in = GoldenRegionsTest.class.getResourceAsStream("golden/" + p.name + ".txt")) {
            assertNotNull(in, "no golden text for " + p.name);
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), text, p.name);
        }
    }

    @Test
    void onlyRegionsAtAnAddressAreListed() {
        String source = "mov ecx, 100\n.a: dec ecx\njnz .a\nmov ecx, 100\n.b: inc eax\ndec ecx\njnz .b\nhlt";
        for (int address = TwoTiers.CODE; address < TwoTiers.CODE + 24; address++) {
            JitOptions jit = new JitOptions();
            jit.threshold = 4;
            jit.listing = new StringBuilder();
            jit.listedAddress = address;
            TestBoard board = new TestBoard(CpuModel.X86_64_V2, jit);
            board.load(TwoTiers.CODE, Nasm.assemble("bits 32\norg 0x7C00\n" + source));
            board.flat32(TwoTiers.CODE, 0x7000).run(10_000);
            int at = address - TwoTiers.CODE;
            String only = at >= 5 && at < 8 ? "7c05" : at >= 13 && at < 17 ? "7c0d" : null;
            String text = jit.listing.toString();
            if (only == null) {
                assertEquals("", text, "nothing hot at " + at);
            } else {
                assertTrue(text.contains("(memory " + only + ")"), at + " lies in the loop at " + only + ": " + text);
                assertEquals(text.indexOf("region of"), text.lastIndexOf("region of"), "one region at " + at);
            }
        }
    }
}
