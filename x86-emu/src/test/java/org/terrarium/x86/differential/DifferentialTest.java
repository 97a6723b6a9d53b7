package org.terrarium.x86.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.sys.CpuModel;

/**
 * Random sequences over every user-mode instruction of the table, run on the host's own processor and on ours: registers,
 * defined flags, memory, x87, MMX, SSE state and faults must be equal.
 *
 * <p>{@code -Dterrarium.diff.cases=10000000} sets how many, {@code -Dterrarium.diff.seed=N} where to begin; a case whose
 * seed is printed comes again with {@code -Dterrarium.diff.case=N}.
 */
class DifferentialTest {
    private static final int BATCH = 5_000;
    private static final int SHOWN = 12;

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();
    private int differing;
    private List<Row> rows64;
    private List<Row> rows32;
    private long[] completed;

    @Test
    void everyUserModeInstructionDoesWhatTheHostDoes() throws IOException, InterruptedException {
        compareWithHost(List.of(new EmulatedUser(null)), Long.getLong("terrarium.diff.cases", 200_000));
    }

    /** The same with every block translated before it is first executed. */
    @Test
    void translatedInstructionsDoWhatTheHostDoes() throws IOException, InterruptedException {
        JitOptions warm = new JitOptions();
        JitOptions hot = new JitOptions();
        for (JitOptions jit : List.of(warm, hot)) {
            jit.threshold = 1;
            jit.leaveOut(Optimisation.PATIENCE);
        }
        hot.leaveOut(Optimisation.GRADES);
        compareWithHost(
                List.of(new EmulatedUser(warm), new EmulatedUser(hot)),
                Long.getLong("terrarium.diff.jit.cases", 20_000));
    }

    /** @param users who runs the cases, in turn */
    private void compareWithHost(List<EmulatedUser> users, long cases) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getProperty("os.arch").equals("amd64") && HostCpu.flags().contains("sse4_2"),
                "the host is no x86-64-v2 processor under Linux, so it cannot be the judge");
        long seed = Long.getLong("terrarium.diff.seed", new SplittableRandom().nextLong());
        Long single = Long.getLong("terrarium.diff.case");
        String only = System.getProperty("terrarium.diff.only", "");
        List<Row> all = InstructionTable.get().rows().stream()
                .filter(r -> r.feature() == null || CpuModel.X86_64_V2.has(r.feature()))
                .filter(r -> only.isEmpty() || r.mnemonic().matches(only))
                .toList();
        rows64 = all.stream().filter(r -> RandomCode.usable(r, 64)).toList();
        rows32 = all.stream().filter(r -> RandomCode.usable(r, 32)).toList();
        completed = new long[InstructionTable.get().rows().size()];
        System.out.println("differential test: " + cases + " cases over " + rows64.size() + " (64-bit) and "
                + rows32.size() + " (32-bit) rows, seed " + seed + "L");
        SplittableRandom seeds = new SplittableRandom(seed);
        try (HostCpu host = new HostCpu(folder)) {
            for (long done = 0; done < cases && (single == null || done == 0) && differing < 1_000; done += BATCH) {
                List<TestCase> batch = new ArrayList<>(BATCH);
                for (int n = 0; n < BATCH && (single == null || n == 0); n++) {
                    batch.add(RandomCode.of(single != null ? single : seeds.nextLong(), rows64, rows32));
                }
                List<CpuImage> expected = host.run(batch);
                for (int n = 0; n < batch.size(); n++) {
                    EmulatedUser emulated = users.get(n % users.size());
                    compare(batch.get(n), expected.get(n), emulated.run(batch.get(n)));
                }
            }
        }
        assertTrue(
                differences.isEmpty(),
                () -> differing + " differences, seed " + seed + "L; the first:\n" + String.join("\n", differences));
        if (users.size() > 1) {
            for (EmulatedUser emulated : users) {
                // what cannot be translated: the INT3 that ends each case, the HLT of its handler
                assertTrue(
                        emulated.translatedShare() > 0.5,
                        "hardly anything ran translated: " + emulated.translatedShare());
                assertEquals(0, emulated.translationFailures(), "blocks that the translator failed at");
            }
        }
        if (single == null && only.isEmpty() && cases >= 200_000) {
            List<String> never = all.stream()
                    .filter(r -> RandomCode.usable(r, 64) || RandomCode.usable(r, 32))
                    .filter(r -> completed[r.id()] == 0)
                    .filter(r -> !alwaysFaults(r))
                    .map(Row::toString)
                    .toList();
            assertEquals(List.of(), never, "rows that never ran to their end; seed " + seed + "L");
        }
    }

    /** Returns to random addresses and the like: only their fault can be compared here. */
    private static boolean alwaysFaults(Row r) {
        return r.has(Attribute.BRANCH) && r.operands().stream().noneMatch(o -> o.kind() == Operand.Kind.RELATIVE);
    }

    private void compare(TestCase test, CpuImage host, CpuImage ours) {
        if (accident(test, host, ours)) {
            return;
        }
        long begin = CpuImage.CODE + CpuImage.CODE_AT;
        // a branch that has left the code ended it
        boolean left = host.rip < begin || host.rip > begin + test.code().length;
        int finished = 0;
        while (finished < test.starts().length
                && (host.trap == CpuImage.NO_TRAP || left || begin + test.starts()[finished] < host.rip)) {
            completed[test.rows().get(finished).id()]++;
            finished++;
        }
        int undefined = finished == 0 ? 0 : test.undefined()[Math.min(finished, test.undefined().length) - 1];
        if (host.trap != CpuImage.NO_TRAP
                && finished < test.rows().size()
                && test.rows().get(finished).has(Attribute.STRING)) {
            undefined |= test.rows().get(finished).flagsWritten();
        }
        List<String> wrong = new ArrayList<>();
        if (host.trap != ours.trap
                || host.trap != CpuImage.NO_TRAP && ((host.error ^ ours.error) & errorMask(host)) != 0) {
            wrong.add("trap: host " + trap(host) + ", ours " + trap(ours));
        }
        if (host.trap == GuestFault.PF && host.cr2 != ours.cr2) {
            wrong.add("cr2: host " + hex(host.cr2) + ", ours " + hex(ours.cr2));
        }
        if (host.rip != ours.rip) {
            wrong.add("rip: host " + hex(host.rip) + ", ours " + hex(ours.rip));
        }
        long mask = test.mode() == 64 ? -1 : 0xFFFF_FFFFL;
        for (int n = 0; n < (test.mode() == 64 ? 16 : 8); n++) {
            if ((host.gpr[n] & mask) != (ours.gpr[n] & mask)) {
                wrong.add("gpr " + n + ": host " + hex(host.gpr[n] & mask) + ", ours " + hex(ours.gpr[n] & mask)
                        + ", before " + hex(test.before().gpr[n] & mask));
            }
        }
        if ((host.flags & ~undefined) != (ours.flags & ~undefined)) {
            wrong.add("flags: host " + hex(host.flags) + ", ours " + hex(ours.flags) + ", before "
                    + hex(test.before().flags) + ", undefined " + hex(undefined));
        }
        compareFpu(test, host, ours, wrong);
        if (!Arrays.equals(host.window, ours.window)) {
            int at = Arrays.mismatch(host.window, ours.window);
            wrong.add("memory at " + hex(CpuImage.DATA + CpuImage.WINDOW_AT + at) + ": host " + bytes(host.window, at)
                    + ", ours " + bytes(ours.window, at) + ", before " + bytes(test.before().window, at));
        }
        if (host.outside != ours.outside) {
            wrong.add("written outside of the window: host " + host.outside + ", ours " + ours.outside);
        }
        if (!wrong.isEmpty()) {
            differing++;
            if (differences.size() < SHOWN) {
                differences.add(test + "\n  " + String.join("\n  ", wrong));
            }
        }
    }

    private void compareFpu(TestCase test, CpuImage host, CpuImage ours, List<String> wrong) {
        compareShort("x87 control word", CpuImage.FX_CONTROL, host, ours, test.before(), wrong);
        compareShort("x87 status word", CpuImage.FX_STATUS, host, ours, test.before(), wrong);
        if (host.fx[CpuImage.FX_TAGS] != ours.fx[CpuImage.FX_TAGS]) {
            wrong.add("x87 tags: host " + hex(host.fx[4] & 0xFF) + ", ours " + hex(ours.fx[4] & 0xFF));
        }
        int hostMxcsr = host.fxBuffer().getInt(CpuImage.FX_MXCSR);
        int ourMxcsr = ours.fxBuffer().getInt(CpuImage.FX_MXCSR);
        if (hostMxcsr != ourMxcsr) {
            wrong.add("mxcsr: host " + hex(hostMxcsr) + ", ours " + hex(ourMxcsr) + ", before "
                    + hex(test.before().fxBuffer().getInt(CpuImage.FX_MXCSR)));
        }
        for (int n = 0; n < 8; n++) {
            compareBytes("st" + n, host.st(n), ours.st(n), test.before().st(n), wrong);
        }
        for (int n = 0; n < (test.mode() == 64 ? 16 : 8); n++) {
            compareBytes("xmm" + n, host.xmm(n), ours.xmm(n), test.before().xmm(n), wrong);
        }
    }

    private static void compareShort(
            String what, int at, CpuImage host, CpuImage ours, CpuImage before, List<String> wrong) {
        int h = host.fxBuffer().getShort(at) & 0xFFFF;
        int o = ours.fxBuffer().getShort(at) & 0xFFFF;
        if (h != o) {
            wrong.add(what + ": host " + hex(h) + ", ours " + hex(o) + ", before "
                    + hex(before.fxBuffer().getShort(at) & 0xFFFF));
        }
    }

    private static void compareBytes(String what, byte[] host, byte[] ours, byte[] before, List<String> wrong) {
        if (!Arrays.equals(host, ours)) {
            wrong.add(
                    what + ": host " + bigEndian(host) + ", ours " + bigEndian(ours) + ", before " + bigEndian(before));
        }
    }

    /**
     * Cases that say nothing about our processor: what the runner's own alarm ended; a stray pointer that found the
     * runner's program or stack where our guest has nothing; and what processors do differently (below).
     */
    private static boolean accident(TestCase test, CpuImage host, CpuImage ours) {
        boolean stray =
                ours.trap == GuestFault.PF && !near(ours.cr2) && (host.trap != GuestFault.PF || host.cr2 != ours.cr2);
        return host.trap == CpuImage.HANGS || stray || makersDiffer(test, host, ours);
    }

    /** Two faults at once, of which processors choose freely, and the one operand whose width AMD and Intel do not share. */
    private static boolean makersDiffer(TestCase test, CpuImage host, CpuImage ours) {
        String last = faulting(test, host);
        boolean samePlace = ours.rip == host.rip && ours.trap != CpuImage.NO_TRAP;
        // a target that is not canonical with a push that fails: Intel reports the target first (SDM volume 2, CALL),
        // as we do
        boolean call = last.equals("CALL")
                && samePlace
                && ours.trap == GuestFault.GP
                && (host.trap == GuestFault.PF || host.trap == GuestFault.SS);
        // both operands of CMPS fault: which is read first depends on the model and on the repeat prefix
        boolean compare =
                last.startsWith("CMPS") && samePlace && ours.trap == GuestFault.PF && host.trap == GuestFault.PF;
        // an operand across 4 GiB, the end of every flat segment: #GP or #SS, or the page fault of its first byte
        boolean end = test.mode() == 32
                && samePlace
                && (ours.trap == GuestFault.SS && host.trap == GuestFault.GP
                        || ours.trap == GuestFault.GP && host.trap == GuestFault.SS
                        || ours.trap == GuestFault.GP && host.trap == GuestFault.PF && host.cr2 >= 0xFFFF_FFF0L);
        // MOVSXD r16, r/m16 of the manual reads 32 bits on AMD's processors, so that it can fault at a page's end
        boolean wide = last.equals("MOVSXD") && host.trap == GuestFault.PF && host.cr2 == CpuImage.DATA + 0x1000;
        return call || compare || end || wide;
    }

    /** The mnemonic of the instruction on which the host trapped, or of the last one. */
    private static String faulting(TestCase test, CpuImage host) {
        long at = host.rip - CpuImage.CODE - CpuImage.CODE_AT;
        for (int n = 0; n < test.starts().length; n++) {
            if (test.starts()[n] == at) {
                return test.rows().get(n).mnemonic();
            }
        }
        return test.rows().getLast().mnemonic();
    }

    private static boolean near(long address) {
        long page = address & ~0xFFFL;
        return Math.abs(page - CpuImage.CODE) <= 0x1000 || Math.abs(page - CpuImage.DATA) <= 0x1000;
    }

    /** Away from the two pages of the test, the host has pages of its own, so that P in the error code may differ. */
    private static int errorMask(CpuImage host) {
        return host.trap == GuestFault.PF && !near(host.cr2) ? ~1 : ~0;
    }

    private static String trap(CpuImage c) {
        return c.trap == CpuImage.NO_TRAP
                ? "none"
                : c.trap == CpuImage.HANGS ? "hangs" : c.trap + " error " + hex(c.error) + " at " + hex(c.rip);
    }

    private static String bytes(byte[] b, int at) {
        return HexFormat.of().formatHex(b, at, Math.min(b.length, at + 16));
    }

    private static String bigEndian(byte[] b) {
        byte[] r = new byte[b.length];
        for (int n = 0; n < b.length; n++) {
            r[n] = b[b.length - 1 - n];
        }
        return HexFormat.of().formatHex(r);
    }

    private static String hex(long v) {
        return "0x" + Long.toHexString(v);
    }
}
