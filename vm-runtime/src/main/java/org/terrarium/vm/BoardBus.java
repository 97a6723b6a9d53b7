package org.terrarium.vm;

import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.apic.LocalApic;
import org.terrarium.vm.device.piix.CoprocessorError;
import org.terrarium.vm.time.Clock;
import org.terrarium.x86.CpuBus;

/** The processor's way out to the board. */
final class BoardBus implements CpuBus {
    /** Ticks of the time stamp counter a nanosecond: 1 GHz, whatever the speed of the emulation. */
    static final long TSC_PER_NANO = 1;

    private final PortBus ports;
    private final MemoryBus memory;
    private final Clock clock;
    private final Runnable shutdown;
    private LocalApic apic;
    private CoprocessorError coprocessor;

    BoardBus(PortBus ports, MemoryBus memory, Clock clock, Runnable shutdown) {
        this.ports = ports;
        this.memory = memory;
        this.clock = clock;
        this.shutdown = shutdown;
    }

    /** These chips need the processor's pins or interrupt wires first, so they are connected last. */
    void connect(LocalApic localApic, CoprocessorError coprocessorError) {
        apic = localApic;
        coprocessor = coprocessorError;
    }

    @Override
    public int in(int port, int size) {
        return ports.read(port, size);
    }

    @Override
    public void out(int port, int size, int value) {
        ports.write(port, size, value);
    }

    @Override
    public long mmioRead(long pa, int size) {
        return memory.read(pa, size);
    }

    @Override
    public void mmioWrite(long pa, int size, long value) {
        memory.write(pa, size, value);
    }

    @Override
    public int acknowledgeInterrupt() {
        return apic.acknowledgeInterrupt();
    }

    @Override
    public long timeStampCounter() {
        return clock.nanos() * TSC_PER_NANO;
    }

    @Override
    public int taskPriority() {
        return apic.taskPriority();
    }

    @Override
    public void setTaskPriority(int priority) {
        apic.setTaskPriority(priority);
    }

    @Override
    public long apicBase() {
        return apic.apicBase();
    }

    @Override
    public void setApicBase(long value) {
        apic.setApicBase(value);
    }

    @Override
    public void floatingPointError() {
        coprocessor.error();
    }

    @Override
    public boolean ignoresFloatingPointErrors() {
        return coprocessor.ignoring();
    }

    @Override
    public void shutdown() {
        shutdown.run();
    }
}
