package org.terrarium.vm.accel;

import org.terrarium.x86.CpuBus;
import org.terrarium.x86.Processor;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;

/** Our own processor, from module x86-emu. */
public final class EmulatedAccelerator implements Accelerator {
    private final Processor processor;
    private final CpuRegisters registers;

    public EmulatedAccelerator(CpuModel model, PhysicalMemory memory, CpuBus bus) {
        processor = new Processor(model, memory, bus);
        registers = new CpuRegisters(processor.cpu());
    }

    @Override
    public String tier() {
        return "interpreter";
    }

    @Override
    public void reset() {
        processor.reset();
    }

    @Override
    public void init() {
        processor.init();
    }

    @Override
    public long run(long budget) {
        return processor.run(budget);
    }

    @Override
    public boolean halted() {
        return processor.halted();
    }

    @Override
    public void setInterruptLine(boolean high) {
        processor.setInterruptLine(high);
    }

    @Override
    public void raiseNmi() {
        processor.raiseNmi();
    }

    @Override
    public void requestExit() {
        processor.requestExit();
    }

    @Override
    public long retired() {
        return processor.cpu().retired;
    }

    @Override
    public GuestRegisters registers() {
        return registers;
    }
}
