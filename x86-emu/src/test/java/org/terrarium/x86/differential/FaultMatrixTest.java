package org.terrarium.x86.differential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.sys.CpuModel;

/**
 * Every row of the instruction table that reaches memory, in the middle of a warm region, with every kind of address that faults or
 * that only the interpreter may access: the translated processor must show the same faults with the same registers as the
 * interpreting one, and be the same again after the page was repaired and the instruction restarted.
 *
 * <p>A case is a loop around one instruction. The test plays the operating system: it sees each trap of both processors, compares
 * them, mends the page or the pointers, and has the user's code go on where it was.
 *
 * <p>{@code -Dterrarium.faults.instances=N}: encodings tried of each row, by operand size and prefixes;
 * {@code -Dterrarium.faults.every=1}: all rows in both modes, not alternating.
 */
class FaultMatrixTest {
    private static final int COUNTER = CpuImage.DATA + 0x100;
    private static final int LIMIT = CpuImage.DATA + 0x108;
    private static final int FIRST_POINTERS = CpuImage.DATA + 0x200;
    private static final int SECOND_POINTERS = CpuImage.DATA + 0x300;
    private static final int TOP = CpuImage.CODE + CpuImage.CODE_AT;
    private static final int SLOT = 16;
    private static final int INSTANCES = Integer.getInteger("terrarium.faults.instances", 1);
    private static final int EVERY = Integer.getInteger("terrarium.faults.every", 2);
    private static final int WARM_ROUNDS = 7;
    private static final int MOST_TRAPS = 24;

    // Pages of the user's data by what is wrong with them; all others are good.
    private static final int ABSENT = 2;
    private static final int READ_ONLY = 4;
    private static final int SUPERVISOR = 6;
    private static final int RESERVED = 7;
    private static final int DEVICE = 9;
    private static final int CODE = 10;
    private static final int LAST = 11;

    private static final long RESERVED_BIT = 1L << 51;
    private static final long DEVICE_ADDRESS = 0x40_0000;

    private static final long GOOD = at(1, 0x400);

    private static final Set<String> IMPLICIT =
            Set.of("XLAT", "PUSHA", "PUSHAD", "POPA", "POPAD", "ENTER", "LEAVE", "MASKMOVQ", "MASKMOVDQU");

    private final EmulatedUser interpreted = new EmulatedUser(null);
    private final EmulatedUser translated;
    private final List<EmulatedUser> both;

    private final JitOptions jit = new JitOptions();

    FaultMatrixTest() {
        jit.threshold = 3;
        jit.leaveOut(Optimisation.PATIENCE);
        translated = new EmulatedUser(jit);
        both = List.of(interpreted, translated);
    }

    private static long at(int page, int offset) {
        return CpuImage.DATA + ((long) page << 12) + offset;
    }

    @Test
    void everyAccessFaultsTheSameInBothTiers() {
        int cases = 0;
        for (int mode : new int[] {64, 32}) {
            byte[] frame = frame(mode);
            for (Row row : InstructionTable.get().rows()) {
                if ((row.feature() == null || CpuModel.X86_64_V2.has(row.feature()))
                        && RandomCode.usable(row, mode)
                        && (row.id() + mode / 32) % EVERY == 0
                        && reachesMemory(row)) {
                    for (byte[] insn : instances(row, mode)) {
                        // every other in a warm region, the rest soon in hot ones
                        jit.promote = cases % 2 == 0 ? Long.MAX_VALUE : 1;
                        new Case(row, mode, insn, frame).run();
                        cases++;
                    }
                }
            }
        }
        System.out.println("fault matrix: " + cases + " instructions");
        assertTrue(cases > 500, "only " + cases + " instructions");
        assertEquals(0, translated.translationFailures(), "blocks that the translator failed at");
        assertTrue(
                translated.translatedShare() > 0.2, "hardly anything ran translated: " + translated.translatedShare());
    }

    private static boolean reachesMemory(Row row) {
        return row.allowsMemory() && row.modrm() < Row.FIXED_MODRM
                || row.has(Attribute.STRING)
                || Set.of("push", "pop", "call", "ret").contains(row.shape())
                || IMPLICIT.contains(row.mnemonic())
                || row.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.OFFSET);
    }

    /** One encoding for each operand size and address form, some with LOCK or REP. */
    private static List<byte[]> instances(Row row, int mode) {
        // [rBX], [rBP+16], [rBX+rCX*8-40] with rCX = 5
        byte[][] forms = {{3}, {0x45, 16}, {0x44, (byte) 0xCB, -40}};
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (int n = 0; n < 24 && found.size() < INSTANCES; n++) {
            byte[] operand = forms[(row.id() + n) % forms.length];
            byte[] insn = RandomCode.instance(row, mode, 7919L * row.id() + n, operand, at(ABSENT, n % 3 - 1));
            if (insn != null && insn.length < SLOT) {
                found.putIfAbsent(signature(insn, mode), insn);
            }
        }
        return new ArrayList<>(found.values());
    }

    /** The prefixes: instances with the same are alike. */
    private static String signature(byte[] insn, int mode) {
        StringBuilder s = new StringBuilder();
        for (byte b : insn) {
            int v = b & 0xFF;
            boolean rex = mode == 64 && (v & 0xF0) == 0x40;
            if (!rex && v != 0x66 && v != 0x67 && v != 0xF0 && v != 0xF2 && v != 0xF3) {
                break;
            }
            s.append(rex ? v & 8 : v).append(' ');
        }
        return s.toString();
    }

    /** The loop with room for the instruction. */
    private static byte[] frame(int mode) {
        String pointer = mode == 64 ? "r" : "e";
        return Nasm.assemble("bits " + mode + "\norg " + TOP + "\n"
                + """
                top: mov eax,[abs COUNTER]
                mov @bx,[@ax*8+FIRST]
                mov @di,[@ax*8+SECOND]
                mov @si,@bx
                mov @bp,@bx
                mov @sp,@di
                mov ecx,5
                mov edx,0x345678
                add edx,eax
                times 16 nop
                inc dword [abs COUNTER]
                mov eax,[abs COUNTER]
                cmp eax,[abs LIMIT]
                jb top
                int3
                """.replace("@", pointer)
                        .replace("COUNTER", "" + COUNTER)
                        .replace("LIMIT", "" + LIMIT)
                        .replace("FIRST", "" + FIRST_POINTERS)
                        .replace("SECOND", "" + SECOND_POINTERS)
                        .replace("abs ", mode == 64 ? "abs " : ""));
    }

    /** An instruction in its loop, and what is tried with it. */
    private final class Case {
        private final Row row;
        private final int mode;
        private final byte[] insn;
        private final TestCase test;
        private final long slot;
        private final long behind;
        private final long end;
        private String pass;

        Case(Row row, int mode, byte[] insn, byte[] frame) {
            this.row = row;
            this.mode = mode;
            this.insn = insn;
            byte[] code = frame.clone();
            int n = 0;
            while (!Arrays.equals(code, n, n + SLOT, NOPS, 0, SLOT)) {
                n++;
            }
            System.arraycopy(insn, 0, code, n, insn.length);
            slot = TOP + n;
            behind = slot + SLOT;
            end = TOP + code.length;
            CpuImage before = new CpuImage();
            ByteBuffer fx = before.fxBuffer();
            fx.putShort(CpuImage.FX_CONTROL, (short) 0x37F);
            fx.putInt(CpuImage.FX_MXCSR, 0x1F80);
            fx.put(CpuImage.FX_TAGS, (byte) 0x0F);
            test = new TestCase(mode, code, new int[] {n}, List.of(row), before, new int[] {0}, 0);
        }

        void run() {
            byte[] page = pattern();
            for (EmulatedUser e : both) {
                e.start(test);
                for (int n = 1; n <= LAST; n++) {
                    e.fill(n, page);
                }
            }
            pass = "good pointers";
            pass(GOOD, GOOD, false);
            pointers().forEach((name, bad) -> {
                pass = name;
                pass(bad, bad, false);
                if (twoPointers()) {
                    pass = name + " at the first operand";
                    pass(bad, GOOD, false);
                    pass = name + " at the second operand";
                    pass(GOOD, bad, false);
                }
            });
            pass = "alignment check";
            pass(GOOD + 1, GOOD + 1, true);
            if (mode == 32) {
                both.forEach(e -> e.limitData(at(5, 0xFFF)));
                for (int before : new int[] {-1, 0, 1, 2, 5, 9, 17}) {
                    pass = before + " before the segment's limit";
                    pass(at(6, -before), at(6, -before), false);
                }
                both.forEach(e -> e.limitData(-1));
            }
            pass = "over the code behind it";
            long over = at(CODE, (int) slot + insn.length & 0xFFF);
            pass(over, over, false);
        }

        private boolean twoPointers() {
            return row.has(Attribute.STRING)
                    || !row.operands().isEmpty()
                            && Set.of("push", "pop", "call").contains(row.shape())
                    || IMPLICIT.contains(row.mnemonic());
        }

        /** Wherever a return or jump reads its target, it finds the end of the loop. */
        private byte[] pattern() {
            ByteBuffer b = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            while (b.hasRemaining()) {
                if (mode == 64) {
                    b.putLong(behind);
                } else {
                    b.putInt((int) behind);
                }
            }
            return b.array();
        }

        private Map<String, Long> pointers() {
            Map<String, Long> p = new LinkedHashMap<>();
            p.put("absent", at(ABSENT, 0x400));
            for (int before : new int[] {1, 3, 7, 15, 0x40}) {
                p.put(before + " before absent", at(ABSENT, -before));
            }
            p.put("from absent to good by 1", at(ABSENT + 1, -1));
            p.put("from absent to good by 3", at(ABSENT + 1, -3));
            p.put("from absent to good by 9", at(ABSENT + 1, -9));
            p.put("read-only", at(READ_ONLY, 0x400));
            p.put("into read-only", at(READ_ONLY, -3));
            p.put("from read-only", at(READ_ONLY + 1, -3));
            p.put("supervisor", at(SUPERVISOR, 0x400));
            p.put("into supervisor", at(SUPERVISOR, -3));
            p.put("reserved bit", at(RESERVED, 0x400));
            p.put("device", at(DEVICE, 0x400));
            p.put("into device", at(DEVICE, -3));
            p.put("from device", at(DEVICE + 1, -3));
            p.put("beside code", at(CODE, 0x400));
            p.put("odd", GOOD + 1);
            if (mode == 64) {
                p.put("not canonical", 1L << 63);
                p.put("into not canonical", (1L << 47) - 3);
                p.put("the kernel's", -1L << 47 | 0x8000);
                p.put("end of the address space", -3L);
            } else {
                p.put("end of the address space", 0xFFFF_FFFDL);
            }
            return p;
        }

        /** Some rounds with good pointers, one with these, one more. */
        private void pass(long first, long second, boolean checkAlignment) {
            int bad = pass.equals("good pointers") ? WARM_ROUNDS : 1;
            for (EmulatedUser e : both) {
                for (int n = 1; n <= LAST; n++) {
                    e.map(n, entry(n));
                }
                e.poke(COUNTER, 0);
                e.poke(LIMIT, bad + 2);
                for (int n = 0; n < bad + 2; n++) {
                    e.poke(FIRST_POINTERS + 8 * n, n == bad ? first : GOOD);
                    e.poke(SECOND_POINTERS + 8 * n, n == bad ? second : GOOD);
                }
                CpuImage from = test.before().copy();
                from.flags |= checkAlignment ? Cpu.AC : 0;
                e.resume(mode, TOP, from);
            }
            boolean mended = false;
            for (int n = 0; n < MOST_TRAPS; n++) {
                both.forEach(EmulatedUser::untilTrap);
                CpuImage trap = interpreted.trap(test);
                same(trap, translated.trap(test), n);
                if (trap.trap == CpuImage.HANGS || trap.trap == CpuImage.NO_TRAP && trap.rip == end) {
                    break;
                }
                long next = trap.rip;
                int page = (int) (trap.cr2 - CpuImage.DATA >> 12);
                if (trap.trap == GuestFault.PF && page > 0 && page <= LAST && (entry(page) & 0xF_FFFF_F000L) == 0) {
                    both.forEach(e -> e.map(page, EmulatedUser.PRESENT_WRITABLE_USER));
                } else if (trap.rip == slot && !mended) {
                    mended = true;
                    for (int r : new int[] {Cpu.RBX, Cpu.RSI, Cpu.RDI, Cpu.RBP, Cpu.RSP}) {
                        trap.gpr[r] = GOOD;
                    }
                } else {
                    next = behind;
                    trap.gpr[Cpu.RSP] = GOOD;
                }
                long to = next;
                both.forEach(e -> e.resume(mode, to, trap));
            }
            long at =
                    interpreted.memory().backing().mismatch(translated.memory().backing());
            assertEquals(-1, at, () -> when(MOST_TRAPS) + ": memory differs at " + Long.toHexString(at));
        }

        private String when(int trap) {
            return row + " as " + HexFormat.of().formatHex(insn) + ", " + mode + " bits, " + pass + ", trap " + trap;
        }

        private long entry(int page) {
            return switch (page) {
                case ABSENT -> 0;
                case READ_ONLY -> 5;
                case SUPERVISOR -> 3;
                case RESERVED -> 7 | RESERVED_BIT;
                case DEVICE -> DEVICE_ADDRESS | EmulatedUser.PRESENT_WRITABLE_USER;
                case CODE -> EmulatedUser.codePage() | EmulatedUser.PRESENT_WRITABLE_USER;
                default -> EmulatedUser.PRESENT_WRITABLE_USER;
            };
        }

        private void same(CpuImage a, CpuImage b, int n) {
            assertEquals(a.trap, b.trap, () -> when(n) + ": vector");
            assertEquals(a.error, b.error, () -> when(n) + ": error code");
            assertEquals(a.rip, b.rip, () -> when(n) + ": instruction pointer");
            assertEquals(a.cr2, b.cr2, () -> when(n) + ": CR2");
            assertEquals(a.flags, b.flags, () -> when(n) + ": flags");
            assertArrayEquals(a.gpr, b.gpr, () -> when(n) + ": registers");
            assertArrayEquals(a.fx, b.fx, () -> when(n) + ": FPU and SSE state");
            assertEquals(interpreted.cpu().retired, translated.cpu().retired, () -> when(n) + ": instructions retired");
            assertEquals(
                    interpreted.deviceAccesses().toString(),
                    translated.deviceAccesses().toString(),
                    () -> when(n) + ": accesses to the device");
            both.forEach(e -> e.deviceAccesses().setLength(0));
        }
    }

    private static final byte[] NOPS = new byte[SLOT];

    static {
        Arrays.fill(NOPS, (byte) 0x90);
    }
}
