package org.terrarium.x86.jit;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of the translator. Written by the processor's and the translator's thread, read by any. */
public final class JitStats {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile long regions;
    private volatile long translatedInstructions;
    private long retired;
    private long dropped;
    private long reformed;

    void spent(long n) {
        nanos.addAndGet(n);
    }

    void failed() {
        failures.incrementAndGet();
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void installed(int instructions) {
        regions++;
        translatedInstructions += instructions;
    }

    void ran(long instructions) {
        retired += instructions;
    }

    /** Instructions retired in translated code. */
    public long retired() {
        return retired;
    }

    /** Regions put in place since power-on. */
    public long regions() {
        return regions;
    }

    /** Of them, how many were taken out of use: their code was changed, or room was needed. */
    public long regionsDropped() {
        return dropped;
    }

    /** Regions that were formed anew because they were entered very often. */
    public long regionsReformed() {
        return reformed;
    }

    void reformed() {
        reformed++;
    }

    void dropped() {
        dropped++;
    }

    /** Guest instructions in them. */
    public long translatedInstructions() {
        return translatedInstructions;
    }

    /** Regions that could not be translated because of a defect of the translator. */
    public long failures() {
        return failures.get();
    }

    /** Time spent translating, nanoseconds. */
    public long nanos() {
        return nanos.get();
    }
}
