package org.terrarium.x86;

import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;
import org.terrarium.x86.sys.Modes;

/** A processor with memory from address 0 and nothing else on the board, for tests of small programs. */
public final class TestBoard implements CpuBus {
    public static final int MEMORY = 4 << 20;

    public static final int DEVICE = 5 << 20;

    public final PhysicalMemory memory = new PhysicalMemory(MEMORY);
    public final Processor processor;
    public final Cpu cpu;

    /** Vector that the next acknowledge cycle returns. */
    public int vector = 0x20;

    public int acknowledged;

    /** How often FERR# was asserted. */
    public int floatingPointErrors;

    public boolean ignoresFloatingPointErrors = true;

    public boolean shutdown;

    /** What a device at {@link #DEVICE} shows; all else that is not memory reads as ones. */
    public byte[] device = {};

    public TestBoard(CpuModel model) {
        this(model, null);
    }

    /** With {@code jit}, translates. */
    public TestBoard(CpuModel model, JitOptions jit) {
        memory.mapRam(0, MEMORY, 0);
        processor = new Processor(model, memory, this, jit);
        cpu = processor.cpu();
    }

    /** Puts code at an address. */
    public void load(int address, byte[] code) {
        memory.write(address, code, 0, code.length);
    }

    /** Real mode, all segments 0. */
    public TestBoard real(int ip, int sp) {
        cpu.segSelector[Cpu.CS] = 0;
        cpu.segBase[Cpu.CS] = 0;
        cpu.rip = ip;
        cpu.gpr[Cpu.RSP] = sp;
        Modes.update(cpu);
        return this;
    }

    /** Protected mode with flat 32-bit segments, no paging, no descriptor tables. */
    public TestBoard flat32(int ip, int sp) {
        cpu.cr0 |= Cpu.CR0_PE;
        for (int seg = 0; seg < 6; seg++) {
            cpu.segBase[seg] = 0;
            cpu.segLimit[seg] = -1;
            cpu.segAttributes[seg] = (seg == Cpu.CS ? 0x9B : 0x93) | 0xC000;
        }
        cpu.rip = ip;
        cpu.gpr[Cpu.RSP] = sp;
        Modes.update(cpu);
        return this;
    }

    /** 64-bit mode; the first 4 MiB are identity-mapped by tables at 0x3F0000. */
    public TestBoard flat64(int ip, int sp) {
        flat32(ip, sp);
        write64(0x3F0000, 0x3F1007);
        write64(0x3F1000, 0x3F2007);
        write64(0x3F2000, 0x87);
        write64(0x3F2008, 0x200087);
        cpu.cr3 = 0x3F0000;
        cpu.cr4 |= Cpu.CR4_PAE | Cpu.CR4_OSFXSR | Cpu.CR4_OSXMMEXCPT;
        cpu.efer |= Cpu.EFER_LME | Cpu.EFER_LMA;
        cpu.cr0 |= Cpu.CR0_PG | Cpu.CR0_WP;
        cpu.segAttributes[Cpu.CS] = 0xA09B;
        Modes.update(cpu);
        return this;
    }

    /** Runs until HLT, at most {@code limit} instructions. */
    public void run(long limit) {
        long left = limit;
        while (left > 0 && !cpu.halted && !shutdown) {
            left -= Math.max(1, processor.run(left));
        }
    }

    public byte[] read(int address, int length) {
        byte[] bytes = new byte[length];
        memory.read(address, bytes, 0, length);
        return bytes;
    }

    public int read32(int address) {
        byte[] b = read(address, 4);
        return b[0] & 0xFF | (b[1] & 0xFF) << 8 | (b[2] & 0xFF) << 16 | b[3] << 24;
    }

    public void write64(int address, long value) {
        byte[] b = new byte[8];
        for (int n = 0; n < 8; n++) {
            b[n] = (byte) (value >>> 8 * n);
        }
        load(address, b);
    }

    @Override
    public int in(int port, int size) {
        return -1;
    }

    @Override
    public void out(int port, int size, int value) {}

    @Override
    public long mmioRead(long pa, int size) {
        long value = 0;
        for (int n = 0; n < size; n++) {
            long at = pa + n - DEVICE;
            value |= (at >= 0 && at < device.length ? device[(int) at] & 0xFFL : 0xFF) << 8 * n;
        }
        return value;
    }

    @Override
    public void mmioWrite(long pa, int size, long value) {}

    @Override
    public int acknowledgeInterrupt() {
        acknowledged++;
        processor.setInterruptLine(false);
        return vector;
    }

    @Override
    public long timeStampCounter() {
        return cpu == null ? 0 : cpu.retired;
    }

    @Override
    public int taskPriority() {
        return 0;
    }

    @Override
    public void setTaskPriority(int priority) {}

    @Override
    public long apicBase() {
        return 0xFEE0_0900L;
    }

    @Override
    public void setApicBase(long value) {}

    @Override
    public void floatingPointError() {
        floatingPointErrors++;
    }

    @Override
    public boolean ignoresFloatingPointErrors() {
        return ignoresFloatingPointErrors;
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }
}
