package org.terrarium.x86.debug;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Block;
import org.terrarium.x86.interp.Interpreter;
import org.terrarium.x86.interp.Region;
import org.terrarium.x86.interp.Tier;
import org.terrarium.x86.isa.Attribute;

/**
 * Compares the two tiers while a guest runs: what a region has done is undone, the interpreter does the same instructions one by
 * one, and registers, flags, memory and faults must be equal. Nothing outside of the processor notices, for regions reach no
 * device; so a whole boot can be checked.
 */
public final class Lockstep implements Tier {
    /** Each region is compared this often from its first run on, then rarely. */
    private static final int THOROUGH = 40;

    private static final int RARELY = 257;

    /** Instructions of a compared run beyond what a region needs. */
    private static final int LENGTH = 600;

    private final Tier tier;
    private final Cpu cpu;
    private final Interpreter interpreter;
    private final MemorySegment memory;
    private final Function<Region, String> listing;

    private final CpuSnapshot before = new CpuSnapshot();
    private final CpuSnapshot translated = new CpuSnapshot();
    private final CpuSnapshot interpreted = new CpuSnapshot();

    /** Bytes of memory that were stored to, with what they were. */
    private final Map<Long, Byte> old = new LinkedHashMap<>();

    private final Map<Long, Byte> stored = new LinkedHashMap<>();
    private long compared;

    /**
     * @param tier runs the regions; must translate with {@code JitOptions.lockstep}
     * @param listing a region as text, for the message
     */
    public Lockstep(Tier tier, Cpu cpu, Interpreter interpreter, Function<Region, String> listing) {
        this.tier = tier;
        this.cpu = cpu;
        this.interpreter = interpreter;
        this.listing = listing;
        memory = cpu.mmu.memory().backing();
    }

    /** Runs that were compared. */
    public long compared() {
        return compared;
    }

    @Override
    public void hot(Block block) {
        tier.hot(block);
    }

    @Override
    public void install() {
        tier.install();
    }

    /** @throws IllegalStateException when the tiers differ */
    @Override
    public int run(Block block, long end) {
        Region region = block.region();
        if (region.entries() > THOROUGH && region.entries() % RARELY != 0) {
            return tier.run(block, end);
        }
        compared++;
        before.take(cpu);
        old.clear();
        cpu.mmu.setJournal(this::before);
        int how;
        try {
            how = tier.run(block, Math.min(end, cpu.retired + region.slack() + 1 + LENGTH));
            GuestFault fault = cpu.fault();
            int vector = fault.vector;
            int error = fault.errorCode;
            translated.take(cpu);
            undo();
            before.putBack(cpu);
            String wrong = interpret(how == Region.FAULT, vector, error);
            interpreted.take(cpu);
            if (how == Region.LEFT && region.lastPlace().row.has(Attribute.STRING)) {
                // some elements are done, which is allowed, but cannot be compared: go on with the interpreter's state
                return how;
            }
            wrong += translated.differences(interpreted) + memoryDifferences();
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("translator and interpreter differ:\n" + wrong + listing.apply(region));
            }
        } finally {
            cpu.mmu.setJournal(null);
        }
        return how;
    }

    private void before(long where, int size) {
        for (int n = 0; n < size; n++) {
            old.putIfAbsent(where + n, memory.get(ValueLayout.JAVA_BYTE, where + n));
        }
    }

    private void undo() {
        stored.clear();
        for (Map.Entry<Long, Byte> e : old.entrySet()) {
            stored.put(e.getKey(), memory.get(ValueLayout.JAVA_BYTE, e.getKey()));
            memory.set(ValueLayout.JAVA_BYTE, e.getKey(), e.getValue());
        }
    }

    /** Does what the region did; returns what is wrong about its end. */
    private String interpret(boolean faults, int vector, int error) {
        try {
            while (cpu.retired < translated.retired()) {
                interpreter.single();
            }
        } catch (GuestFault fault) {
            return "interpreter only: fault " + fault.getMessage() + String.format(" at %x%n", cpu.rip);
        }
        if (!faults) {
            return "";
        }
        try {
            interpreter.single();
            return String.format("translated only: fault %d error %x%n", vector, error);
        } catch (GuestFault fault) {
            return fault.vector == vector && fault.errorCode == error
                    ? ""
                    : String.format(
                            "fault: translated %d error %x, interpreter %s%n", vector, error, fault.getMessage());
        }
    }

    private String memoryDifferences() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Long, Byte> e : old.entrySet()) {
            byte now = memory.get(ValueLayout.JAVA_BYTE, e.getKey());
            byte wanted = stored.getOrDefault(e.getKey(), e.getValue());
            if (now != wanted && text.length() < 1000) {
                text.append(
                        String.format("memory at %x: translated %02x, interpreter %02x%n", e.getKey(), wanted, now));
            }
        }
        return text.toString();
    }
}
