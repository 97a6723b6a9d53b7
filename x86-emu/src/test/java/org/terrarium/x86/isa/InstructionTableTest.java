package org.terrarium.x86.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;

class InstructionTableTest {
    private static Row parse(String line) {
        List<Row> rows = new ArrayList<>();
        InstructionTable.parse(line, "test:1", rows);
        assertEquals(1, rows.size());
        return rows.get(0);
    }

    @Test
    void columnsAreUnderstood() {
        Row row =
                parse("BLENDVPS Vps,Wps,[XMM0] | 66 0F 38 14 /r | SSE4_1 | r=C w=OSZ u=PA | skip(some_reason) o32 pair"
                        + " | update | A.b C.d");
        assertEquals("BLENDVPS", row.mnemonic());
        assertEquals("66 0F 38 14 /r", row.encoding());
        assertEquals("BLENDVPS Vps,Wps,[XMM0]", row.form());
        assertEquals(Operand.Kind.FIXED_XMM0, row.operands().get(2).kind());
        assertTrue(row.operands().get(2).implicit());
        assertEquals(Feature.SSE4_1, row.feature());
        assertEquals(Cpu.CF, row.flagsRead());
        assertEquals(Cpu.OF | Cpu.SF | Cpu.ZF, row.flagsWritten());
        assertEquals(Cpu.PF | Cpu.AF, row.flagsUndefined());
        assertEquals("some reason", row.skip());
        assertTrue(row.has(Attribute.O32));
        assertTrue(row.has(Attribute.PAIR));
        assertEquals("A.b", row.method());
        assertEquals("C.d", row.carries());
    }

    @Test
    void conditionsMakeSixteenRows() {
        List<Row> rows = new ArrayList<>();
        InstructionTable.parse("Jcc Jbs | 70+cc | - | - | branch | jcc | Branch.jumpcc", "test:1", rows);
        assertEquals(16, rows.size());
        assertEquals("JNLE", rows.get(15).mnemonic());
        assertEquals(0x7F, rows.get(15).opcode());
        assertEquals("Branch.jumpNLE", rows.get(15).method());
        assertEquals(Cpu.SF | Cpu.OF | Cpu.ZF, rows.get(15).flagsRead());
        assertTrue(rows.get(15).endsBlock());
    }

    @Test
    void fixedRegistersAreNumbered() {
        Row row = parse("X rAX,eSP,AH,DX,FS,DL | 00 | - | - | - | state | A.b");
        assertEquals(64, row.operands().get(0).bits(64));
        assertEquals(4, row.operands().get(1).register());
        assertEquals(32, row.operands().get(1).bits(64));
        assertEquals(16, row.operands().get(2).register());
        assertEquals(16, row.operands().get(3).bits(64));
        assertEquals(Cpu.FS, row.operands().get(4).register());
        assertEquals(2, row.operands().get(5).register());
        assertEquals(8, row.operands().get(5).bits(64));
    }

    @Test
    void mistakesAreReportedWithTheirPlace() {
        String message = assertThrows(IllegalArgumentException.class, () -> parse("ADD Eb,Hv | 00 | - | - | - | s | m"))
                .getMessage();
        assertTrue(message.startsWith("test:1: unknown operand Hv"), message);
        assertThrows(IllegalArgumentException.class, () -> parse("ADD Eb,Gb | 00 | - | - | - | s"));
        assertThrows(IllegalArgumentException.class, () -> parse("ADD Eb,Gb | 00 | NOSUCH | - | - | s | m"));
        assertThrows(IllegalArgumentException.class, () -> parse("ADD Eb,Gb | 00 | - | w=Q | - | s | m"));
        assertThrows(IllegalArgumentException.class, () -> parse("ADD Eb,Gb | 00 | - | - | nosuch | s | m"));
    }

    @Test
    void idsAreIndexes() {
        List<Row> rows = InstructionTable.get().rows();
        for (int n = 0; n < rows.size(); n++) {
            assertEquals(n, rows.get(n).id());
        }
        assertNull(rows.get(0).skip());
        assertFalse(rows.get(0).endsBlock());
    }

    /** Two rows for one encoding must differ in a condition. */
    @Test
    void noTwoRowsForOneEncoding() {
        Map<String, Row> seen = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Row row : InstructionTable.get().rows()) {
            for (String sizes : conditions(row)) {
                Row other = seen.putIfAbsent(row.encoding() + " " + sizes, row);
                if (other != null) {
                    twice.add(other.source() + " " + other + " / " + row.source() + " " + row);
                }
            }
        }
        assertEquals(List.of(), twice);
    }

    private static List<String> conditions(Row row) {
        List<String> all = new ArrayList<>();
        boolean sized = row.has(Attribute.O16) || row.has(Attribute.O32) || row.has(Attribute.O64);
        boolean addressed = row.has(Attribute.A16) || row.has(Attribute.A32) || row.has(Attribute.A64);
        for (Attribute mode : List.of(Attribute.NO64, Attribute.ONLY64)) {
            for (Attribute size : List.of(Attribute.O16, Attribute.O32, Attribute.O64)) {
                for (Attribute address : List.of(Attribute.A16, Attribute.A32, Attribute.A64)) {
                    for (Attribute form : List.of(Attribute.MEM, Attribute.REG)) {
                        boolean otherMode = row.has(mode == Attribute.NO64 ? Attribute.ONLY64 : Attribute.NO64);
                        boolean otherForm = row.has(form == Attribute.MEM ? Attribute.REG : Attribute.MEM);
                        if (!otherMode && !otherForm && (!sized || row.has(size)) && (!addressed || row.has(address))) {
                            all.add(mode + " " + size + " " + address + " " + form);
                        }
                    }
                }
            }
        }
        return all;
    }
}
