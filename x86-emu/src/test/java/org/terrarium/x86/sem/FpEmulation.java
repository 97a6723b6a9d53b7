package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.decode.Decoder;
import org.terrarium.x86.interp.Handlers;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.sys.CpuModel;

/** Our processor in 64-bit mode, for single instructions on the cases of {@code fp-oracle.c}. */
final class FpEmulation {
    private static final int OPERAND = 0x100000;

    private final TestBoard board = new TestBoard(CpuModel.X86_64_V2).flat64(0x1000, 0x8000);
    private final Decoder decoder = new Decoder(CpuModel.X86_64_V2);

    FpEmulation() {
        board.cpu.cr4 |= Cpu.CR4_OSFXSR | Cpu.CR4_OSXMMEXCPT;
        board.cpu.cr0 |= Cpu.CR0_NE | Cpu.CR0_MP;
    }

    /** Runs one instruction, which must be of that row, on all cases of a buffer and returns the states after it. */
    ByteBuffer run(Row row, byte[] code, ByteBuffer before) {
        Insn insn = new Insn();
        assertTrue(decoder.decode(code, 0, code.length, 64, Decoder.FLAT_64, insn), () -> "too short: " + row);
        assertEquals(row, insn.row, "decoded another row");
        insn.exec = Handlers.bind(insn);
        Cpu c = board.cpu;
        int count = before.capacity() / FpCase.BYTES;
        ByteBuffer after = FpCase.buffer(count);
        for (int n = 0; n < count; n++) {
            FpCase.load(before, n, c, OPERAND);
            int trap = FpCase.NO_TRAP;
            try {
                insn.exec.run(c, insn);
            } catch (GuestFault fault) {
                trap = fault.vector;
            }
            FpCase.store(after, n, c, OPERAND, trap);
        }
        return after;
    }

    /** Machine code of a row: ModRM.reg 1, ModRM.rm 2 or [RDI], and the immediate. */
    static byte[] code(Row row, boolean memory, int immediate) {
        ByteBuffer b = ByteBuffer.allocate(16);
        if (row.prefix() > 0) {
            b.put((byte) row.prefix());
        }
        if (row.has(Attribute.O64)) {
            b.put((byte) 0x48);
        }
        if (row.map() > 0) {
            b.put((byte) 0x0F);
        }
        if (row.map() > 1) {
            b.put((byte) (row.map() == 2 ? 0x38 : 0x3A));
        }
        b.put((byte) row.opcode());
        if (row.modrm() >= Row.FIXED_MODRM) {
            b.put((byte) (row.modrm() - Row.FIXED_MODRM));
        } else if (row.hasModrm()) {
            int reg = row.modrm() == Row.ANY_MODRM ? 1 : row.modrm();
            b.put((byte) (reg << 3 | (memory ? 7 : 0xC2)));
        }
        for (Operand o : row.operands()) {
            if (o.kind() == Operand.Kind.IMMEDIATE) {
                b.put((byte) immediate);
            }
        }
        byte[] code = new byte[b.position()];
        b.flip().get(code);
        return code;
    }
}
