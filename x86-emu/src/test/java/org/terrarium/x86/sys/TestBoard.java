package org.terrarium.x86.sys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.CpuBus;
import org.terrarium.x86.Processor;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.mem.PhysicalMemory;

/**
 * The least board a test program needs: 16 MiB of RAM, a 64 KiB ROM below 1 MiB and below 4 GiB, port E9h for results, port F4h
 * to stop, port 80h that reads back, and a time stamp counter that counts its readings.
 */
final class TestBoard implements CpuBus {
    private static final int RAM = 16 << 20;
    private static final int ROM = 64 << 10;

    final PhysicalMemory memory = new PhysicalMemory(RAM + ROM);
    final Processor processor;
    final List<Integer> results = new ArrayList<>();

    boolean stopped;
    boolean shutdown;

    private int partial;
    private int partialBytes;
    private long time;
    private long apicBase = 0xFEE0_0900L;
    private int taskPriority;
    private int port80;

    TestBoard(CpuModel model, byte[] rom) {
        this(model, rom, null);
    }

    TestBoard(CpuModel model, byte[] rom, JitOptions jit) {
        memory.mapRam(0, 0xF0000, 0);
        memory.mapRam(0x10_0000, RAM - 0x10_0000, 0x10_0000);
        MemorySegment.copy(rom, 0, memory.backing(), ValueLayout.JAVA_BYTE, RAM, ROM);
        memory.mapRom(0xF0000, ROM, RAM);
        memory.mapRom(0xFFFF_0000L, ROM, RAM);
        processor = new Processor(model, memory, this, jit);
    }

    /** Runs until the program stops, shuts down, halts, has used up its instructions, or does nothing but fault. */
    void run(long instructions) {
        long left = instructions;
        long done = 1;
        while (!stopped && !shutdown && left > 0 && done != 0) {
            done = processor.run(left);
            left -= done;
        }
    }

    @Override
    public int in(int port, int size) {
        int mask = size == 4 ? -1 : (1 << 8 * size) - 1;
        return (port == 0x80 ? port80 : -1) & mask;
    }

    @Override
    public void out(int port, int size, int value) {
        if (port == 0xE9) {
            partial |= (value & 0xFF) << 8 * partialBytes++;
            if (partialBytes == 4) {
                results.add(partial);
                partial = 0;
                partialBytes = 0;
            }
        } else if (port == 0xF4) {
            stopped = true;
            processor.requestExit();
        } else if (port == 0x80) {
            port80 = value;
        }
    }

    @Override
    public long mmioRead(long pa, int size) {
        return size == 8 ? -1 : (1L << 8 * size) - 1;
    }

    @Override
    public void mmioWrite(long pa, int size, long value) {}

    @Override
    public int acknowledgeInterrupt() {
        return -1;
    }

    @Override
    public long timeStampCounter() {
        return time += 100;
    }

    @Override
    public int taskPriority() {
        return taskPriority;
    }

    @Override
    public void setTaskPriority(int priority) {
        taskPriority = priority;
    }

    @Override
    public long apicBase() {
        return apicBase;
    }

    @Override
    public void setApicBase(long value) {
        apicBase = value;
    }

    @Override
    public void shutdown() {
        shutdown = true;
        processor.requestExit();
    }
}
