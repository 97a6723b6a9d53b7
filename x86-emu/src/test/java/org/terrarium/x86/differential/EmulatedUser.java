package org.terrarium.x86.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.CpuBus;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.Processor;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;
import org.terrarium.x86.sys.FlagsRegister;
import org.terrarium.x86.sys.Modes;

/**
 * Our processor set up as Linux sets up the host's for a user process: long mode, ring 3, the code and data page of
 * {@code host-cpu.c}, and an interrupt table whose gates all end in HLT, so that a fault can be read off the ring 0 stack.
 */
final class EmulatedUser {
    /** Where the supervisor's pages lie, as Linux has them: user code that strays into low memory finds nothing there. */
    private static final long KERNEL = 0xFFFF_8000_0000_0000L;

    private static final int PML4 = 0x1000;
    private static final int PDPT = 0x2000;
    private static final int PD = 0x3000;
    private static final int PT_CODE = 0x4000;
    private static final int PT_DATA = 0x5000;
    private static final int PT_KERNEL = 0x6000;
    private static final int PDPT_KERNEL = 0x7000;
    private static final int PD_KERNEL = 0xF000;
    private static final int GDT = 0x8000;
    private static final int IDT = 0x9000;
    private static final int TSS = 0xA000;
    private static final int HANDLERS = 0xB000;
    private static final int STACK_TOP = 0xE000;
    private static final int CODE_PAGE = 0x10000;
    private static final int DATA_PAGE = 0x11000;
    private static final int FREE_PAGE = 0x12000;
    private static final int MEMORY = 0x20000;

    /** Pages of {@link #map} that have memory of their own. */
    static final int FREE_PAGES = (MEMORY - FREE_PAGE) >> 12;

    static final long PRESENT_WRITABLE_USER = 7;
    private static final int KERNEL_CODE = 0x10;
    private static final int USER_CODE32 = 0x23;
    private static final int USER_DATA = 0x2B;
    private static final int USER_CODE64 = 0x33;
    private static final int TASK = 0x40;
    private static final int BUDGET = 100_000;

    private final PhysicalMemory memory = new PhysicalMemory(MEMORY);
    private final Processor processor;
    private final Cpu cpu;
    private final byte[] page = new byte[4096];
    private final NoBoard board = new NoBoard();

    /** Interpreted, or with {@code jit} translated. */
    EmulatedUser(JitOptions jit) {
        memory.mapRam(0, MEMORY, 0);
        processor = new Processor(CpuModel.X86_64_V2, memory, board, jit);
        cpu = processor.cpu();
        put64(PML4, PDPT | 7);
        put64(PML4 + 8 * 256, PDPT_KERNEL | 3);
        put64(PDPT_KERNEL, PD_KERNEL | 3);
        put64(PD_KERNEL, PT_KERNEL | 3);
        put64(PDPT, PD | 7);
        put64(PD + 8 * (CpuImage.CODE >> 21), PT_CODE | 7);
        put64(PD + 8 * (CpuImage.DATA >> 21), PT_DATA | 7);
        put64(PT_CODE, CODE_PAGE | 7);
        put64(PT_DATA, 1L << 63 | DATA_PAGE | 7);
        for (int n = 0; n < 16; n++) {
            put64(PT_KERNEL + 8 * n, n << 12 | 3);
        }
        put64(GDT + KERNEL_CODE, 0x00AF_9B00_0000_FFFFL);
        put64(GDT + (USER_CODE32 & ~7), 0x00CF_FB00_0000_FFFFL);
        put64(GDT + (USER_DATA & ~7), 0x00CF_F300_0000_FFFFL);
        put64(GDT + (USER_CODE64 & ~7), 0x00AF_FB00_0000_FFFFL);
        put64(TSS + 4, KERNEL + STACK_TOP);
        for (int v = 0; v < 256; v++) {
            long handler = KERNEL + HANDLERS + 2L * v;
            long gate = v == GuestFault.BP ? 0xEEL : 0x8EL;
            put64(IDT + 16 * v, handler & 0xFFFF | KERNEL_CODE << 16 | gate << 40 | (handler >> 16 & 0xFFFF) << 48);
            put64(IDT + 16 * v + 8, handler >>> 32);
            put(HANDLERS + 2 * v, new byte[] {(byte) 0xF4, (byte) 0xF4});
        }
    }

    /** Share of the instructions that ran translated. */
    double translatedShare() {
        return (double) processor.jitStats().retired() / cpu.retired;
    }

    long translationFailures() {
        return processor.jitStats().failures();
    }

    CpuImage run(TestCase test) {
        start(test);
        untilTrap();
        return result(test);
    }

    /** Puts everything in place to run a case from its start. */
    void start(TestCase test) {
        processor.reset();
        java.util.Arrays.fill(page, (byte) 0xCC);
        System.arraycopy(test.code(), 0, page, CpuImage.CODE_AT, test.code().length);
        put(CODE_PAGE, page);
        java.util.Arrays.fill(page, (byte) 0);
        System.arraycopy(test.before().window, 0, page, CpuImage.WINDOW_AT, CpuImage.WINDOW);
        put(DATA_PAGE, page);
        enter(test);
    }

    /** Runs to the next trap or fault; see {@link #trap}. */
    void untilTrap() {
        long left = BUDGET;
        while (!cpu.halted && left > 0) {
            left -= Math.max(1, processor.run(left));
        }
    }

    /** Goes on in the user's code after a trap, as IRET would with the trap's frame but for these. */
    void resume(int mode, long rip, CpuImage trap) {
        cpu.halted = false;
        cpu.rip = rip;
        System.arraycopy(trap.gpr, 0, cpu.gpr, 0, 16);
        enterUser(mode);
        FlagsRegister.write(cpu, (int) trap.flags, -1);
        Modes.update(cpu);
    }

    /**
     * Puts memory behind a page of the user's data, or takes it away.
     *
     * @param n which page behind {@code CpuImage.DATA}
     * @param entry flags of the page-table entry; without an address bit, page n's own memory (n from 1 to FREE_PAGES)
     */
    void map(int n, long entry) {
        long own = FREE_PAGE + (n - 1 << 12);
        long whole = (entry & 0xF_FFFF_F000L) == 0 ? entry | own : entry;
        if (get64(PT_DATA + 8 * n) != whole) {
            put64(PT_DATA + 8 * n, whole);
            cpu.mmu.flushPage(CpuImage.DATA + (n << 12));
        }
    }

    /** Page-table entry bits for the page that holds the code. */
    static long codePage() {
        return CODE_PAGE;
    }

    /** Memory of its own of a page of {@link #map}. */
    void fill(int n, byte[] contents) {
        put(FREE_PAGE + (n - 1 << 12), contents);
    }

    /** Bytes of the user's data. */
    void poke(int lin, long value) {
        put64(DATA_PAGE + lin - CpuImage.DATA, value);
    }

    void limitData(long last) {
        for (int s : new int[] {Cpu.ES, Cpu.SS, Cpu.DS}) {
            cpu.segLimit[s] = (int) last;
        }
        Modes.update(cpu);
    }

    Cpu cpu() {
        return cpu;
    }

    PhysicalMemory memory() {
        return memory;
    }

    /** What was read from and written to addresses without memory, as text. */
    StringBuilder deviceAccesses() {
        return board.accesses;
    }

    private void enter(TestCase test) {
        cpu.cr0 = Cpu.CR0_PE | Cpu.CR0_MP | Cpu.CR0_ET | Cpu.CR0_NE | Cpu.CR0_WP | Cpu.CR0_AM | Cpu.CR0_PG;
        cpu.cr4 = Cpu.CR4_PAE | Cpu.CR4_OSFXSR | Cpu.CR4_OSXMMEXCPT;
        cpu.efer = Cpu.EFER_SCE | Cpu.EFER_LME | Cpu.EFER_LMA | Cpu.EFER_NXE;
        cpu.cr3 = PML4;
        cpu.gdtBase = KERNEL + GDT;
        cpu.gdtLimit = 0xFF;
        cpu.idtBase = KERNEL + IDT;
        cpu.idtLimit = 0xFFF;
        cpu.trSelector = TASK;
        cpu.trBase = KERNEL + TSS;
        cpu.trLimit = 0x67;
        cpu.trAttributes = 0x8B;
        enterUser(test.mode());
        CpuImage b = test.before();
        System.arraycopy(b.gpr, 0, cpu.gpr, 0, 16);
        cpu.rip = CpuImage.CODE + CpuImage.CODE_AT;
        FlagsRegister.write(cpu, (int) b.flags, -1);
        loadFpu(b);
        Modes.update(cpu);
        cpu.mmu.flushAll();
    }

    private void enterUser(int mode) {
        cpu.cpl = 3;
        for (int s = 0; s < 6; s++) {
            boolean code = s == Cpu.CS;
            boolean absent = mode == 64 && s != Cpu.CS && s != Cpu.SS || s == Cpu.FS || s == Cpu.GS;
            cpu.segSelector[s] = code ? (mode == 64 ? USER_CODE64 : USER_CODE32) : absent ? 0 : USER_DATA;
            cpu.segBase[s] = 0;
            cpu.segLimit[s] = absent ? 0 : -1;
            cpu.segAttributes[s] = code ? (mode == 64 ? 0xAFFB : 0xCFFB) : absent ? 0 : 0xCFF3;
        }
    }

    private void loadFpu(CpuImage b) {
        Fpu f = cpu.fpu;
        ByteBuffer fx = b.fxBuffer();
        f.controlWord = fx.getShort(CpuImage.FX_CONTROL) & 0xFFFF;
        int status = fx.getShort(CpuImage.FX_STATUS) & 0xFFFF;
        f.top = status >> 11 & 7;
        f.statusWord = status & ~0x3800;
        f.emptyMask = ~fx.get(CpuImage.FX_TAGS) & 0xFF;
        f.mxcsr = fx.getInt(CpuImage.FX_MXCSR);
        for (int n = 0; n < 8; n++) {
            int r = f.top + n & 7;
            f.mantissa[r] = fx.getLong(CpuImage.FX_ST + 16 * n);
            f.signExponent[r] = fx.getShort(CpuImage.FX_ST + 16 * n + 8) & 0xFFFF;
        }
        for (int n = 0; n < 32; n++) {
            f.xmm[n] = fx.getLong(CpuImage.FX_XMM + 8 * n);
        }
    }

    /** The user's registers at the trap that {@link #untilTrap} came to. */
    CpuImage trap(TestCase test) {
        CpuImage r = new CpuImage();
        System.arraycopy(cpu.gpr, 0, r.gpr, 0, 16);
        if (!cpu.halted || cpu.cpl != 0) {
            r.trap = CpuImage.HANGS;
        } else {
            int vector = (int) (cpu.rip - 1 - KERNEL - HANDLERS) / 2;
            long frame = cpu.gpr[Cpu.RSP] - KERNEL;
            boolean hasError = STACK_TOP - frame == 48;
            if (hasError) {
                r.error = (int) get64(frame);
                frame += 8;
            }
            r.rip = get64(frame);
            r.flags = get64(frame + 16);
            r.gpr[Cpu.RSP] = get64(frame + 24);
            long end = CpuImage.CODE + CpuImage.CODE_AT + test.code().length;
            if (vector == GuestFault.BP && r.rip == end + 1) {
                r.rip = end;
            } else {
                r.trap = vector;
                r.cr2 = cpu.cr2;
            }
        }
        storeFpu(r);
        return r;
    }

    /** The same with the memory that user code may change. */
    private CpuImage result(TestCase test) {
        CpuImage r = trap(test);
        memory.read(DATA_PAGE, page, 0, page.length);
        System.arraycopy(page, CpuImage.WINDOW_AT, r.window, 0, CpuImage.WINDOW);
        for (int n = 0; n < page.length; n++) {
            boolean inside = n >= CpuImage.WINDOW_AT && n < CpuImage.WINDOW_AT + CpuImage.WINDOW;
            r.outside |= !inside && page[n] != 0;
        }
        return r;
    }

    private void storeFpu(CpuImage r) {
        Fpu f = cpu.fpu;
        ByteBuffer fx = r.fxBuffer();
        fx.putShort(CpuImage.FX_CONTROL, (short) f.controlWord);
        fx.putShort(CpuImage.FX_STATUS, (short) (f.statusWord | f.top << 11));
        fx.put(CpuImage.FX_TAGS, (byte) ~f.emptyMask);
        fx.putInt(CpuImage.FX_MXCSR, f.mxcsr);
        for (int n = 0; n < 8; n++) {
            int p = f.top + n & 7;
            fx.putLong(CpuImage.FX_ST + 16 * n, f.mantissa[p]);
            fx.putShort(CpuImage.FX_ST + 16 * n + 8, (short) f.signExponent[p]);
        }
        for (int n = 0; n < 32; n++) {
            fx.putLong(CpuImage.FX_XMM + 8 * n, f.xmm[n]);
        }
    }

    private void put(long pa, byte[] bytes) {
        memory.write(pa, bytes, 0, bytes.length);
    }

    private void put64(long pa, long value) {
        put(
                pa,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    private long get64(long pa) {
        byte[] b = new byte[8];
        memory.read(pa, b, 0, 8);
        return ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** A board with nothing on it: the code under test runs in ring 3 and cannot reach it. */
    private static final class NoBoard implements CpuBus {
        private final StringBuilder accesses = new StringBuilder();

        @Override
        public int in(int port, int size) {
            return -1;
        }

        @Override
        public void out(int port, int size, int value) {}

        @Override
        public long mmioRead(long pa, int size) {
            accesses.append(String.format("r%d@%x ", size, pa));
            return 0x1234_5678_9ABC_DEF0L & -1L >>> 64 - 8 * size;
        }

        @Override
        public void mmioWrite(long pa, int size, long value) {
            accesses.append(String.format("w%d@%x=%x ", size, pa, value));
        }

        @Override
        public int acknowledgeInterrupt() {
            return -1;
        }

        @Override
        public long timeStampCounter() {
            return 0;
        }

        @Override
        public int taskPriority() {
            return 0;
        }

        @Override
        public void setTaskPriority(int priority) {}

        @Override
        public long apicBase() {
            return 0;
        }

        @Override
        public void setApicBase(long value) {}

        @Override
        public void shutdown() {}
    }
}
