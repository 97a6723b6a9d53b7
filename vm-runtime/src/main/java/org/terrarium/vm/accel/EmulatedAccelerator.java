package org.terrarium.vm.accel;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.terrarium.x86.CpuBus;
import org.terrarium.x86.CpuState;
import org.terrarium.x86.Processor;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.jit.JitStats;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;

/** Our own processor, from module x86-emu. */
public final class EmulatedAccelerator implements Accelerator {
    /** What becomes hot while so many wait asks again later. */
    private static final int WAITING_REGIONS = 256;

    private final Processor processor;
    private final CpuRegisters registers;

    private final boolean translates;

    /**
     * Translates what is executed often, or interprets everything.
     *
     * @param translator how to translate; null to interpret
     */
    public EmulatedAccelerator(CpuModel model, PhysicalMemory memory, CpuBus bus, TranslatorOptions translator) {
        translates = translator != null;
        processor = new Processor(model, memory, bus, translates ? inBackground(translator) : null);
        registers = new CpuRegisters(processor.cpu());
    }

    /** Options with a thread that translates beside the machine's, and ends when there is nothing to do. */
    private static JitOptions inBackground(TranslatorOptions wanted) {
        ThreadPoolExecutor translator = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_REGIONS),
                Thread.ofPlatform().name("translator").daemon(true).factory());
        translator.allowCoreThreadTimeOut(true);
        JitOptions jit = new JitOptions();
        jit.background = translator;
        jit.clock = System::nanoTime;
        wanted.without().forEach(jit::leaveOut);
        jit.listing = wanted.listing();
        jit.listedAddress = wanted.listedAddress();
        if (wanted.regions() > 0) {
            jit.maxRegions = wanted.regions();
        }
        return jit;
    }

    @Override
    public String tier() {
        return translates ? "jit" : "interpreter";
    }

    @Override
    public TranslationStats translation() {
        JitStats s = processor.jitStats();
        return s == null
                ? null
                : new TranslationStats(s.retired(), s.regions(), s.regionsDropped(), s.failures(), s.nanos() / 1e9);
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
    public CpuState save() {
        return processor.save();
    }

    @Override
    public void restore(CpuState state) {
        processor.restore(state);
    }

    @Override
    public void forget() {
        processor.stateReplaced();
    }

    @Override
    public GuestRegisters registers() {
        return registers;
    }
}
