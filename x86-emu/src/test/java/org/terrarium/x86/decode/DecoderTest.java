package org.terrarium.x86.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.sys.CpuModel;

class DecoderTest {
    private static final Decoder DECODER = new Decoder(CpuModel.X86_64_V2);

    private static Insn decode(int codeSize, String source) {
        return decode(codeSize, Nasm.assemble("bits " + codeSize + "\n" + source));
    }

    private static Insn decode(int codeSize, byte[] code) {
        Insn insn = new Insn();
        assertTrue(DECODER.decode(code, 0, code.length, codeSize, 0, insn), "truncated");
        return insn;
    }

    private static byte[] bytes(int... values) {
        byte[] out = new byte[values.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = (byte) values[n];
        }
        return out;
    }

    @Test
    void addressingForms() {
        Insn i = decode(64, "mov eax,[r12+r13*8-0x10]");
        assertEquals(12, i.base);
        assertEquals(13, i.index);
        assertEquals(3, i.scale);
        assertEquals(-16, i.disp);
        assertEquals(32, i.operandSize);
        assertEquals(~0L, i.addressMask);
        assertEquals(Cpu.DS, i.segment);

        i = decode(16, "mov ax,[bp+si+2]");
        assertEquals(Cpu.RBP, i.base);
        assertEquals(Cpu.RSI, i.index);
        assertEquals(Cpu.SS, i.segment);
        assertEquals(0xFFFF, i.addressMask);

        i = decode(32, "mov ax,[ebp*4+0x12345678]");
        assertEquals(Cpu.ZERO, i.base);
        assertEquals(Cpu.RBP, i.index);
        assertEquals(Cpu.DS, i.segment, "an index does not choose the stack segment");

        i = decode(64, "mov eax,[fs:esp]");
        assertEquals(Cpu.FS, i.segment);
        assertEquals(0xFFFF_FFFFL, i.addressMask);
    }

    @Test
    void ripRelativeCountsFromTheNextInstruction() {
        Insn insn = new Insn();
        insn.offset = 7;
        // add dword [rel +0x100], 0x11223344: the immediate follows the displacement
        byte[] code = bytes(0x81, 0x05, 0, 1, 0, 0, 0x44, 0x33, 0x22, 0x11);
        assertTrue(DECODER.decode(code, 0, code.length, 64, 0, insn));
        assertEquals(Cpu.BLOCK_IP, insn.base);
        assertEquals(0x100 + 7 + 10, insn.disp);
        assertEquals(0x11223344, insn.imm);
    }

    @Test
    void byteRegistersDependOnRex() {
        assertEquals(16 + 3, decode(64, "mov bh,1").reg);
        assertEquals(7, decode(64, "mov dil,1").reg);
        assertEquals(16 + 3, decode(32, "mov bh,1").reg);
        Insn i = decode(64, "movzx eax,r9b");
        assertEquals(9, i.rm);
        assertEquals(0, i.reg);
    }

    @Test
    void rexCountsOnlyRightBeforeTheOpcode() {
        // REX.W, then 66: the REX is dead
        Insn i = decode(64, bytes(0x48, 0x66, 0x01, 0xC8));
        assertEquals(16, i.operandSize);
        // 66, then REX.W: 64 bits
        i = decode(64, bytes(0x66, 0x48, 0x01, 0xC8));
        assertEquals(64, i.operandSize);
    }

    @Test
    void mandatoryPrefixes() {
        assertEquals(
                "MOVSD", decode(64, bytes(0x66, 0xF2, 0x0F, 0x10, 0xC1)).row.mnemonic());
        assertEquals(
                "POPCNT", decode(64, bytes(0xF3, 0x66, 0x0F, 0xB8, 0xC1)).row.mnemonic());
        assertEquals(16, decode(64, bytes(0xF3, 0x66, 0x0F, 0xB8, 0xC1)).operandSize);
        // TZCNT is no instruction of this model: BSF with a prefix without meaning
        assertEquals("BSF", decode(64, bytes(0xF3, 0x0F, 0xBC, 0xC1)).row.mnemonic());
        assertEquals("PAUSE", decode(64, bytes(0xF3, 0x90)).row.mnemonic());
        assertEquals("NOP", decode(64, bytes(0x90)).row.mnemonic());
        assertEquals("XCHG", decode(64, bytes(0x41, 0x90)).row.mnemonic());
    }

    @Test
    void stackAndBranchSizesIn64BitMode() {
        assertEquals(64, decode(64, "push rax").operandSize);
        assertEquals(16, decode(64, "push ax").operandSize);
        Insn i = decode(64, bytes(0x66, 0xE8, 1, 0, 0, 0));
        assertEquals(64, i.operandSize, "66 does not shorten a near branch");
        assertEquals(6, i.length);
        assertEquals(7, i.imm);
        i = decode(32, bytes(0x66, 0xE8, 0xFE, 0xFF));
        assertEquals(16, i.operandSize);
        assertEquals(0xFFFF, i.ipMask());
        assertEquals(2, i.imm);
    }

    @Test
    void lockNeedsAMemoryDestination() {
        assertEquals("ADD", decode(32, bytes(0xF0, 0x01, 0x08)).row.mnemonic());
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0xF0, 0x01, 0xC8)).row);
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0xF0, 0x03, 0x08)).row);
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0xF0, 0x39, 0x08)).row);
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0xF0, 0x90)).row);
    }

    @Test
    void undefinedOpcodes() {
        assertSame(Decoder.UNDEFINED, decode(64, bytes(0x06)).row);
        assertSame(Decoder.UNDEFINED, decode(64, bytes(0x37)).row);
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0x0F, 0x04)).row);
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0x8D, 0xC0)).row, "LEA of a register");
        assertSame(Decoder.UNDEFINED, decode(32, bytes(0x66, 0x0F, 0x0F, 0xC0)).row);
    }

    @Test
    void lengthLimit() {
        byte[] code = new byte[16];
        Arrays.fill(code, (byte) 0x66);
        code[14] = (byte) 0x90;
        assertEquals(15, decode(32, code).length);
        code[14] = 0x66;
        code[15] = (byte) 0x90;
        assertSame(Decoder.TOO_LONG, decode(32, code).row);
    }

    @Test
    void truncationIsReportedAtEveryLength() {
        byte[] code = Nasm.assemble("bits 64\nlock add qword [fs:rax+rbx*4+0x12345678],0x11223344");
        for (int length = 0; length < code.length; length++) {
            assertFalse(DECODER.decode(code, 0, length, 64, 0, new Insn()), "length " + length);
        }
        assertTrue(DECODER.decode(code, 0, code.length, 64, 0, new Insn()));
    }

    @Test
    void modelsLackInstructions() {
        Decoder old = new Decoder(CpuModel.I486);
        Insn insn = new Insn();
        byte[] cmov = bytes(0x0F, 0x44, 0xC1);
        assertTrue(old.decode(cmov, 0, 3, 32, 0, insn));
        assertSame(Decoder.UNDEFINED, insn.row);
        byte[] bswap = bytes(0x0F, 0xC8);
        assertTrue(old.decode(bswap, 0, 2, 32, 0, insn));
        assertEquals("BSWAP", insn.row.mnemonic());
        Decoder pentium = new Decoder(CpuModel.PENTIUM);
        byte[] movups = bytes(0x0F, 0x10, 0xC1);
        assertTrue(pentium.decode(movups, 0, 3, 32, 0, insn));
        assertSame(Decoder.UNDEFINED, insn.row);
    }

    // Random encodings of every row against ndisasm.

    private static byte[] encoding(Row row, int codeSize, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(8) == 0) {
            out.write(new int[] {0x64, 0x65, 0x2E, 0x3E}[random.nextInt(4)]);
        }
        if (row.has(Attribute.A16) || !row.has(Attribute.A64) && random.nextInt(6) == 0) {
            out.write(0x67);
        }
        if (row.prefix() > 0) {
            out.write(row.prefix());
        } else if (row.prefix() == Row.ANY && random.nextInt(4) == 0 && !row.has(Attribute.F64)) {
            out.write(0x66);
        }
        if (codeSize == 64 && random.nextInt(3) == 0) {
            out.write(0x40 | random.nextInt(16));
        }
        switch (row.map()) {
            case 1 -> out.write(0x0F);
            case 2 -> out.writeBytes(bytes(0x0F, 0x38));
            case 3 -> out.writeBytes(bytes(0x0F, 0x3A));
            default -> {}
        }
        out.write(row.opcode() + (row.opcodeRegister() ? random.nextInt(8) : 0));
        if (row.hasModrm()) {
            int modrm = random.nextInt(256);
            if (row.modrm() >= Row.FIXED_MODRM) {
                modrm = row.modrm() - Row.FIXED_MODRM;
            } else if (row.modrm() >= 0) {
                modrm = modrm & ~0x38 | row.modrm() << 3;
            }
            if (row.has(Attribute.REG)) {
                modrm |= 0xC0;
            } else if (row.has(Attribute.MEM) && modrm >= 0xC0) {
                modrm &= 0x7F;
            }
            out.write(modrm);
        }
        byte[] tail = new byte[12];
        random.nextBytes(tail);
        out.writeBytes(tail);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void lengthsAgreeWithNdisasm(int codeSize) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> samples = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Row row : InstructionTable.get().rows()) {
            if (row.has(codeSize == 64 ? Attribute.NO64 : Attribute.ONLY64) || NOT_IN_NDISASM.contains(row.form())) {
                continue;
            }
            for (int n = 0; n < 6; n++) {
                byte[] code = encoding(row, codeSize, random);
                Insn insn = decode(codeSize, code);
                if (insn.row.id() < 0 || NOT_IN_NDISASM.contains(insn.row.form())) {
                    continue;
                }
                // NOPs behind it put the disassembler back in step
                byte[] sample = Arrays.copyOf(code, 32);
                Arrays.fill(sample, insn.length, 32, (byte) 0x90);
                samples.add(sample);
                all.writeBytes(sample);
            }
        }
        int[] lengths = new int[samples.size()];
        String[] texts = new String[samples.size()];
        int current = -1;
        for (String line : Nasm.disassemble(all.toByteArray(), codeSize)) {
            if (line.startsWith(" ")) {
                // the bytes of a long instruction go on
                int at = line.indexOf('-');
                if (current >= 0 && at > 0) {
                    lengths[current] += (line.length() - at - 1) / 2;
                }
                continue;
            }
            int address = Integer.parseInt(line.substring(0, 8), 16);
            current = (address & 31) == 0 ? address >> 5 : -1;
            if (current >= 0) {
                String hex = line.substring(10, line.indexOf(' ', 10));
                lengths[current] = hex.length() / 2;
                texts[current] = line.substring(28);
            }
        }
        int compared = 0;
        for (int n = 0; n < lengths.length; n++) {
            Insn insn = decode(codeSize, samples.get(n));
            // where ndisasm does not know an instruction it prints a lone prefix or a byte
            if (texts[n] == null || texts[n].matches("(db .*|[oa](16|32|64)|rex.*|lock|repn?e?|[c-gs]s)")) {
                continue;
            }
            compared++;
            assertEquals(
                    lengths[n],
                    insn.length,
                    "seed " + seed + ": " + insn.row + " " + Arrays.toString(samples.get(n)) + " ndisasm: " + texts[n]);
        }
        assertTrue(compared > samples.size() * 3 / 4, compared + " of " + samples.size() + " compared");
    }

    /** Forms that ndisasm 2.16 does not know, or splits in two. */
    private static final List<String> NOT_IN_NDISASM =
            List.of("WAIT", "FWAIT", "UD0 Gv,Ev", "UD1 Gv,Ev", "POPCNT Gv,Ev");

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void disassemblyAssemblesToTheSameInstruction(int codeSize) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Insn> insns = new ArrayList<>();
        StringBuilder source = new StringBuilder("bits " + codeSize + "\norg 0\n");
        for (Row row : InstructionTable.get().rows()) {
            if (row.has(codeSize == 64 ? Attribute.NO64 : Attribute.ONLY64)
                    || row.has(Attribute.ALIAS)
                    || !row.source().startsWith("integer")
                    || UNKNOWN_TO_NASM.contains(row.mnemonic())) {
                continue;
            }
            for (int n = 0; n < 3; n++) {
                Insn insn = decode(codeSize, encoding(row, codeSize, random));
                // a branch's target depends on where it stands; a prefix without effect is not in the text
                if (insn.row != row
                        || rewritten(insn, codeSize)
                        || relative(row)
                        || Disassembler.text(insn, 0).matches(NOT_FOR_NASM)) {
                    continue;
                }
                source.append("times ").append(insns.size() * 32).append("-($-$$) db 0x90\n");
                source.append(Disassembler.text(insn, insns.size() * 32L)).append('\n');
                insns.add(insn);
            }
        }
        byte[] assembled;
        try {
            assembled = Nasm.assemble(source.toString());
        } catch (IllegalStateException e) {
            throw new AssertionError("seed " + seed + ": " + message(e.getMessage(), source.toString()), e);
        }
        byte[] padded = Arrays.copyOf(assembled, insns.size() * 32 + 32);
        for (int n = 0; n < insns.size(); n++) {
            Insn expected = insns.get(n);
            Insn actual = new Insn();
            assertTrue(DECODER.decode(padded, n * 32, padded.length, codeSize, 0, actual));
            String text = Disassembler.text(expected, n * 32L);
            // shifts by an immediate 1 become shifts by 1
            String again = Disassembler.text(actual, n * 32L).replaceAll(",1$", ",0x1");
            assertEquals(text.replaceAll(",1$", ",0x1"), again, "seed " + seed);
        }
        assertTrue(insns.size() > 500, insns.size() + " instructions");
    }

    /** Mnemonics that NASM has under another name or not at all, or with its operands exchanged. */
    private static final List<String> UNKNOWN_TO_NASM =
            List.of("PUSHA", "PUSHAD", "POPA", "POPAD", "PREFETCH", "CRC32", "XLAT", "XCHG", "TEST");

    /** Forms without meaning, that move a register as if it were wider, or that NASM writes shorter. */
    private static final String NOT_FOR_NASM =
            "mov (r[a-z]{2}|r\\d+),0x[0-9a-f]{1,8}|bswap .[xpi]|bswap r\\d+w|mov[sz]x (.[xpi]|r\\d+w),(word"
                    + " .*|.[xpi]|r\\d+w)|movsxd (e..|.[xpi]|r\\d+[dw]),.*";

    /** Addresses that NASM turns into another form: RIP-relative numbers, unusual absolute ones, a lone scaled index. */
    private static boolean rewritten(Insn insn, int codeSize) {
        if (insn.base == Cpu.BLOCK_IP) {
            return true;
        }
        if (insn.row.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.OFFSET)) {
            return codeSize == 64 || insn.addressSize != codeSize;
        }
        if (!insn.memory || insn.base != Cpu.ZERO) {
            return false;
        }
        return insn.index == Cpu.ZERO ? insn.addressSize != codeSize : insn.scale <= 1;
    }

    private static boolean relative(Row row) {
        return row.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.RELATIVE);
    }

    private static String message(String messages, String source) {
        StringBuilder out = new StringBuilder();
        String[] lines = source.split("\n");
        messages.lines().limit(10).forEach(line -> {
            String[] parts = line.split(":");
            out.append(line)
                    .append("  <- ")
                    .append(lines[Integer.parseInt(parts[1]) - 1])
                    .append('\n');
        });
        return out.toString();
    }

    @Test
    void disassemblerNamesOperands() {
        Disassembler d = new Disassembler(CpuModel.X86_64_V2);
        byte[] code = Nasm.assemble("bits 64\nadd qword [rbx+rcx*8+0x10],byte -1");
        Disassembler.Line line = d.disassemble(code, 0, 64, 0);
        assertNotNull(line);
        assertEquals("add qword [rbx+rcx*8+0x10],0xffffffffffffffff", line.text());
        assertEquals(code.length, line.length());
        assertArrayEquals(code, Nasm.assemble("bits 64\n" + line.text()));
    }
}
