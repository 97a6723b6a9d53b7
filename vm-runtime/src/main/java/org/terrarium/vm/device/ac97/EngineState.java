package org.terrarium.vm.device.ac97;

/**
 * One bus master engine.
 *
 * @param loaded whether a descriptor has been fetched since the engine was reset
 * @param address where its buffer goes on, guest-physical
 * @param left samples that are left of the buffer
 * @param control the buffer's second descriptor doubleword
 * @param anchor machine time from which frames are counted, ns
 * @param done frames moved since
 */
public record EngineState(
        int bdbar,
        int civ,
        int lvi,
        int sr,
        int piv,
        int cr,
        boolean loaded,
        long address,
        int left,
        int control,
        boolean moving,
        long anchor,
        long done) {}
