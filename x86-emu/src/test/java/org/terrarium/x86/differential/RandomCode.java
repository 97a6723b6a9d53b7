package org.terrarium.x86.differential;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;

/**
 * Draws instruction sequences from the instruction table, with operands that mostly work: some registers point into the data
 * window, some hold small numbers, the rest anything. A case is a function of its seed and the rows it may use.
 */
final class RandomCode {
    private static final int MAX_INSTRUCTIONS = 6;
    private static final int[] POINTERS = {Cpu.RBX, Cpu.RBP, Cpu.RSI, Cpu.RDI, 13, 15, Cpu.RSP};
    private static final int[] SMALL = {Cpu.RCX, 9};
    private static final long[] CORNERS = {
        0,
        1,
        2,
        -1,
        -2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x5555_5555_5555_5555L,
        0x0123_4567_89AB_CDEFL
    };
    private static final long[] FLOATS = {
        0x3F80_0000_3F80_0000L, 0x0000_0000_8000_0000L, 0x7F80_0000_FF80_0000L, 0x7FC0_0000_7FA0_0000L,
                0x0000_0001_807F_FFFFL,
        0x3FF0_0000_0000_0000L, 0x8000_0000_0000_0000L, 0x7FF0_0000_0000_0000L, 0x7FF8_0000_0000_0000L,
                0x7FF4_0000_0000_0001L,
        0x0000_0000_0000_0001L, 0x7FEF_FFFF_FFFF_FFFFL, 0x4008_0000_0000_0000L, 0xC059_0000_0000_0000L,
                0x4F00_0000_4EFF_FFFFL
    };

    private final long seed;
    private final SplittableRandom random;
    private final int mode;
    private final List<byte[]> parts = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Integer> undefinedAfter = new ArrayList<>();
    private int undefined;

    /** The memory operand that is wanted (ModRM, SIB, displacement; the reg field clear), or null for any operand. */
    private byte[] wanted;

    /** An absolute address that is wanted likewise. */
    private long wantedOffset;

    private RandomCode(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.mode = random.nextInt(4) == 0 ? 32 : 64;
    }

    private RandomCode(int mode, long seed, byte[] wanted, long wantedOffset) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.mode = mode;
        this.wanted = wanted;
        this.wantedOffset = wantedOffset;
    }

    /**
     * One instance of a row with a memory operand of the caller's choice, all else at random; null when what was drawn does not
     * exist.
     *
     * @param operand bytes of ModRM (with a clear reg field), SIB and displacement
     * @param offset the address where the row has it in the instruction
     */
    static byte[] instance(Row row, int mode, long seed, byte[] operand, long offset) {
        return new RandomCode(mode, seed, operand, offset).encode(row);
    }

    /** The case of this seed. {@code rows64} and {@code rows32} are what may be drawn in each mode. */
    static TestCase of(long seed, List<Row> rows64, List<Row> rows32) {
        RandomCode r = new RandomCode(seed);
        return r.draw(r.mode == 64 ? rows64 : rows32);
    }

    private TestCase draw(List<Row> candidates) {
        int count = 1 + random.nextInt(MAX_INSTRUCTIONS);
        boolean skippable = false;
        while (rows.size() < count) {
            Row row = candidates.get(random.nextInt(candidates.size()));
            if ((row.flagsRead() & undefined) != 0) {
                continue;
            }
            boolean relative = row.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.RELATIVE);
            if (row.has(Attribute.BRANCH) && !relative && rows.size() + 1 < count) {
                continue;
            }
            byte[] bytes = encode(row);
            if (bytes == null) {
                continue;
            }
            int before = undefined;
            boolean mayLeaveAlone =
                    row.shape().equals("shift") || row.shape().equals("rotate") || row.has(Attribute.STRING);
            undefined = (mayLeaveAlone ? undefined : undefined & ~row.flagsWritten()) | row.flagsUndefined();
            if (skippable) {
                undefined |= before;
            }
            skippable = relative;
            parts.add(bytes);
            rows.add(row);
            undefinedAfter.add(undefined);
        }
        return assemble();
    }

    private TestCase assemble() {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        int[] starts = new int[parts.size()];
        for (int n = 0; n < parts.size(); n++) {
            starts[n] = code.size();
            byte[] b = parts.get(n);
            Operand last = rows.get(n).operands().isEmpty()
                    ? null
                    : rows.get(n).operands().getLast();
            for (Operand o : rows.get(n).operands()) {
                if (o.kind() == Operand.Kind.RELATIVE) {
                    last = o;
                }
            }
            if (last != null && last.kind() == Operand.Kind.RELATIVE) {
                // A branch goes over the next instruction: taken and not taken then differ.
                int width = relativeBytes(rows.get(n), last, b);
                b = b.clone();
                b[b.length - width] = (byte) (n + 1 < parts.size() ? parts.get(n + 1).length : 0);
            }
            code.writeBytes(b);
        }
        int[] after = undefinedAfter.stream().mapToInt(Integer::intValue).toArray();
        return new TestCase(mode, code.toByteArray(), starts, List.copyOf(rows), initialState(), after, seed);
    }

    private int relativeBytes(Row row, Operand o, byte[] bytes) {
        boolean sixteen = mode == 32 && bytes[0] == 0x66;
        return switch (o.type()) {
            case "b", "bs" -> 1;
            default -> sixteen && !row.has(Attribute.F64) ? 2 : 4;
        };
    }

    // ---- one instruction -------------------------------------------------------------------------------------------

    private static final class Parts {
        final ByteArrayOutputStream prefixes = new ByteArrayOutputStream();
        final ByteArrayOutputStream tail = new ByteArrayOutputStream();
        int rex;
        boolean needRex;
        boolean forbidRex;
    }

    /** The bytes of one random instance of the row, or null when the drawn combination does not exist. */
    private byte[] encode(Row row) {
        Parts p = new Parts();
        int size = operandSize(row, p);
        if (size == 0) {
            return null;
        }
        boolean address = addressSizePrefix(row);
        int addressSize = mode == 64 ? (address ? 32 : 64) : address ? 16 : 32;
        if (row.has(Attribute.A16) && addressSize != 16
                || row.has(Attribute.A32) && addressSize != 32
                || row.has(Attribute.A64) && addressSize != 64) {
            return null;
        }
        if (address) {
            p.prefixes.write(0x67);
        }
        if (row.has(Attribute.STRING) && random.nextInt(3) != 0) {
            p.prefixes.write(random.nextBoolean() ? 0xF3 : 0xF2);
        }
        int opcode = row.opcode();
        if (row.opcodeRegister()) {
            int r = register(opcodeOperand(row), p);
            opcode |= r & 7;
            p.rex |= r >> 3;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        switch (row.map()) {
            case 1 -> body.write(0x0F);
            case 2 -> body.writeBytes(new byte[] {0x0F, 0x38});
            case 3 -> body.writeBytes(new byte[] {0x0F, 0x3A});
            default -> {}
        }
        body.write(opcode);
        boolean memory = false;
        if (row.hasModrm()) {
            memory = modrm(row, p, body, addressSize);
        }
        if (memory
                && row.has(Attribute.LOCK)
                && random.nextInt(6) == 0
                && row.operands().getFirst().mayBeMemory()) {
            p.prefixes.write(0xF0);
        }
        immediates(row, body, size, addressSize);
        if (p.forbidRex && (p.needRex || p.rex != 0)) {
            return null;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (row.prefix() > 0) {
            all.write(row.prefix());
        }
        all.writeBytes(p.prefixes.toByteArray());
        if (mode == 64 && (p.needRex || p.rex != 0 || random.nextInt(20) == 0 && !p.forbidRex)) {
            all.write(0x40 | p.rex);
        }
        all.writeBytes(body.toByteArray());
        return all.size() > 15 ? null : all.toByteArray();
    }

    private static Operand opcodeOperand(Row row) {
        return row.operands().stream()
                .filter(o -> o.kind() == Operand.Kind.OPCODE_GPR)
                .findFirst()
                .orElse(row.operands().getFirst());
    }

    /** Chooses an operand size the row allows, writing prefix 66 or REX.W; 0 when the draw does not fit. */
    private int operandSize(Row row, Parts p) {
        int size = row.sized() || row.has(Attribute.O16) || row.has(Attribute.O32) || row.has(Attribute.O64)
                ? new int[] {16, 32, 32, 64}[random.nextInt(4)]
                : 32;
        if (size == 64 && mode == 32) {
            return 0;
        }
        if (row.has(Attribute.O16) && size != 16
                || row.has(Attribute.O32) && size != 32
                || row.has(Attribute.O64) && size != 64) {
            return 0;
        }
        if (mode == 64 && row.has(Attribute.F64)) {
            return 64;
        }
        if (mode == 64 && row.has(Attribute.D64)) {
            if (size == 16) {
                p.prefixes.write(0x66);
                return 16;
            }
            return 64;
        }
        if (size == 16) {
            if (row.prefix() == Row.NONE || row.prefix() == 0x66) {
                return 0;
            }
            // Branches with a 16-bit operand size cut the instruction pointer to 16 bits: out of the page at once.
            if (row.has(Attribute.BRANCH)) {
                return 0;
            }
            p.prefixes.write(0x66);
        } else if (size == 64) {
            p.rex |= 8;
        }
        return size;
    }

    private boolean addressSizePrefix(Row row) {
        if (wanted != null) {
            return row.has(Attribute.A16) || row.has(Attribute.A32) && mode == 64;
        }
        if (row.has(Attribute.A16) || row.has(Attribute.A32) && mode == 64) {
            return true;
        }
        return random.nextInt(mode == 64 ? 12 : 60) == 0;
    }

    private int register(Operand o, Parts p) {
        int limit = mode == 64 ? 16 : 8;
        int r;
        do {
            r = random.nextInt(limit);
        } while (isPointer(r) && random.nextInt(8) != 0);
        if (o != null && o.bits(32) == 8 && mode == 64 && r >= 4 && r < 8) {
            // SPL..DIL with REX, AH..BH without.
            if (random.nextBoolean()) {
                p.needRex = true;
            } else {
                p.forbidRex = true;
            }
        }
        return r;
    }

    private static boolean isPointer(int r) {
        return Arrays.stream(POINTERS).anyMatch(n -> n == r);
    }

    private boolean modrm(Row row, Parts p, ByteArrayOutputStream out, int addressSize) {
        if (row.modrm() >= Row.FIXED_MODRM) {
            out.write(row.modrm() - Row.FIXED_MODRM);
            return false;
        }
        int reg;
        if (row.modrm() >= 0) {
            reg = row.modrm();
        } else {
            Operand o =
                    row.operands().stream().filter(Operand::isReg).findFirst().orElse(null);
            reg = vectorOrGeneral(o, p);
            p.rex |= reg >> 3 << 2;
        }
        boolean memory = row.allowsMemory() && (wanted != null || !row.allowsRegister() || random.nextBoolean());
        Operand rm = row.operands().stream().filter(Operand::isRm).findFirst().orElse(null);
        if (!memory) {
            int r = vectorOrGeneral(rm, p);
            p.rex |= r >> 3;
            out.write(0xC0 | (reg & 7) << 3 | r & 7);
            return false;
        }
        if (wanted != null) {
            out.write(wanted[0] | (reg & 7) << 3);
            out.write(wanted, 1, wanted.length - 1);
            return true;
        }
        if (addressSize == 16) {
            int mod = random.nextInt(3);
            int m = random.nextInt(8);
            out.write(mod << 6 | (reg & 7) << 3 | m);
            int bytes = mod == 1 ? 1 : mod == 2 || m == 6 ? 2 : 0;
            for (int n = 0; n < bytes; n++) {
                out.write(random.nextInt(256));
            }
            return true;
        }
        address(out, p, (reg & 7) << 3);
        return true;
    }

    private int vectorOrGeneral(Operand o, Parts p) {
        if (o == null) {
            return random.nextInt(8);
        }
        return switch (o.kind()) {
            case REG_XMM, XMM_OR_MEM, RM_XMM -> random.nextInt(mode == 64 ? 16 : 8);
            case REG_MMX, MMX_OR_MEM, RM_MMX, X87_REGISTER, REG_SEGMENT -> random.nextInt(8);
            default -> register(o, p);
        };
    }

    private void address(ByteArrayOutputStream out, Parts p, int reg) {
        int displacement = random.nextInt(3) == 0 ? 0 : (random.nextInt(17) - 8) * (random.nextInt(4) == 0 ? 3 : 16);
        int kind = random.nextInt(16);
        if (kind == 0) {
            int absolute = CpuImage.DATA
                    + CpuImage.WINDOW_AT
                    + 16 * random.nextInt(24)
                    + (random.nextBoolean() ? 0 : random.nextInt(16));
            if (mode == 64) {
                out.write(reg | 4);
                out.write(0x25);
            } else {
                out.write(reg | 5);
            }
            write32(out, absolute);
            return;
        }
        int base = POINTERS[random.nextInt(POINTERS.length)];
        if (mode == 32) {
            base = base == 13 ? Cpu.RBX : base == 15 ? Cpu.RSI : base;
        }
        boolean indexed = random.nextInt(4) == 0;
        int mod = displacement == 0 && (base & 7) != 5 ? 0 : random.nextInt(4) == 0 ? 2 : 1;
        p.rex |= base >> 3;
        if (indexed || (base & 7) == 4) {
            int index = indexed ? SMALL[random.nextInt(mode == 64 ? 2 : 1)] : 4;
            p.rex |= index >> 3 << 1;
            out.write(mod << 6 | reg | 4);
            out.write(random.nextInt(4) << 6 | (index & 7) << 3 | base & 7);
        } else {
            out.write(mod << 6 | reg | base & 7);
        }
        if (mod == 1) {
            out.write(displacement);
        } else if (mod == 2) {
            write32(out, displacement);
        }
    }

    private void immediates(Row row, ByteArrayOutputStream out, int size, int addressSize) {
        for (Operand o : row.operands()) {
            int bytes = switch (o.kind()) {
                case IMMEDIATE -> o.bits(size) / 8;
                case RELATIVE -> o.type().startsWith("b") ? 1 : size == 16 ? 2 : 4;
                case FAR_POINTER -> 2 + size / 8;
                default -> 0;
            };
            if (o.kind() == Operand.Kind.OFFSET) {
                long at = wanted != null ? wantedOffset : CpuImage.DATA + CpuImage.WINDOW_AT + 8L * random.nextInt(60);
                for (int n = 0; n < addressSize / 8; n++) {
                    out.write((int) (at >> 8 * n));
                }
            }
            long value = o.kind() == Operand.Kind.RELATIVE ? 0 : random.nextInt(3) == 0 ? corner() : random.nextLong();
            for (int n = 0; n < bytes; n++) {
                out.write((int) (value >> 8 * n));
            }
        }
    }

    private static void write32(ByteArrayOutputStream out, int value) {
        for (int n = 0; n < 4; n++) {
            out.write(value >> 8 * n);
        }
    }

    // ---- the state to begin with -----------------------------------------------------------------------------------

    private long corner() {
        return CORNERS[random.nextInt(CORNERS.length)];
    }

    private long anything() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> corner();
            case 2 -> random.nextInt(256);
            case 3 -> FLOATS[random.nextInt(FLOATS.length)];
            case 4 -> Double.doubleToRawLongBits(random.nextInt(2000) - 1000 + random.nextInt(4) * 0.25);
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private CpuImage initialState() {
        CpuImage s = new CpuImage();
        for (int n = 0; n < 16; n++) {
            s.gpr[n] = anything();
        }
        for (int n : SMALL) {
            s.gpr[n] = random.nextInt(3) == 0 ? anything() : random.nextInt(17);
        }
        for (int n : POINTERS) {
            s.gpr[n] = CpuImage.DATA + CpuImage.WINDOW_AT + 128 + 16 * random.nextInt(16);
            if (random.nextInt(5) == 0) {
                s.gpr[n] += random.nextInt(32);
            }
            if (random.nextInt(60) == 0) {
                s.gpr[n] = CpuImage.DATA + 0xFF0 + random.nextInt(32);
            }
        }
        if (mode == 32) {
            for (int n = 0; n < 16; n++) {
                s.gpr[n] &= 0xFFFF_FFFFL;
            }
        }
        s.flags = 0x202 | random.nextInt() & Cpu.STATUS_FLAGS | (random.nextInt(4) == 0 ? Cpu.DF : 0);
        ByteBuffer w = ByteBuffer.wrap(s.window);
        while (w.hasRemaining()) {
            w.putLong(Long.reverseBytes(anything()));
        }
        ByteBuffer fx = s.fxBuffer();
        fx.putShort(CpuImage.FX_CONTROL, (short)
                (random.nextInt(3) == 0
                        ? random.nextInt() & 0xF00 | 0x40 | (random.nextInt(3) == 0 ? random.nextInt(64) : 0x3F)
                        : 0x37F));
        int top = random.nextInt(8);
        fx.putShort(CpuImage.FX_STATUS, (short) (top << 11 | random.nextInt() & 0x4700));
        fx.put(CpuImage.FX_TAGS, (byte)
                (random.nextInt(4) == 0 ? 0 : random.nextInt(2) == 0 ? 0xFF : random.nextInt(256)));
        fx.putInt(
                CpuImage.FX_MXCSR,
                random.nextInt(3) == 0
                        ? random.nextInt() & 0xE040 | (random.nextInt(4) == 0 ? random.nextInt() & 0x1FBF : 0x1F80)
                        : 0x1F80);
        for (int n = 0; n < 8; n++) {
            putExtended(fx, CpuImage.FX_ST + 16 * n);
        }
        for (int n = 0; n < 32; n++) {
            fx.putLong(CpuImage.FX_XMM + 8 * n, anything());
        }
        return s;
    }

    private void putExtended(ByteBuffer fx, int at) {
        long mantissa = random.nextLong() | 1L << 63;
        int exponent;
        switch (random.nextInt(10)) {
            case 0 -> {
                mantissa = 0;
                exponent = 0;
            }
            case 1 -> exponent = 0x7FFF;
            case 2 -> {
                mantissa = 1L << 63;
                exponent = 0x7FFF;
            }
            case 3 -> {
                mantissa = random.nextLong() >>> 1;
                exponent = 0;
            }
            case 4 -> {
                mantissa = 1L << 63;
                exponent = 0x3FFF + random.nextInt(8);
            }
            case 5 -> exponent = random.nextInt(0x8000);
            default -> exponent = 0x3FFF + random.nextInt(140) - 70;
        }
        fx.putLong(at, mantissa);
        fx.putShort(at + 8, (short) (exponent | random.nextInt(2) << 15));
    }

    /** Whether the row can run in this test at all in the given mode. */
    static boolean usable(Row row, int mode) {
        if (row.has(Attribute.SKIP)
                || row.has(Attribute.PRIV)
                || row.has(mode == 64 ? Attribute.NO64 : Attribute.ONLY64)) {
            return false;
        }
        if (mode == 32 && row.has(Attribute.O64)
                || mode == 64 && row.has(Attribute.A16)
                || mode == 32 && row.has(Attribute.A64)) {
            return false;
        }
        // Where 66 is mandatory or forbidden, an operand size of 16 exists in 16-bit code only, which Linux does not
        // run.
        if (row.has(Attribute.O16)
                && !row.has(Attribute.O32)
                && !row.has(Attribute.O64)
                && (row.prefix() == Row.NONE || row.prefix() == 0x66)) {
            return false;
        }
        // What loads segment registers or enters the kernel would take the native runner's own ground away.
        if (row.source().startsWith("system") && !row.has(Attribute.STRING)) {
            return false;
        }
        return !LEFT_OUT.contains(row.mnemonic());
    }

    /** Port strings always fault in user mode on Linux; the system tests cover them. */
    private static final Set<String> LEFT_OUT =
            Set.of("INSB", "INSW", "INSD", "OUTSB", "OUTSW", "OUTSD", "INS", "OUTS");
}
