package org.terrarium.vm.device.ac97;

import org.terrarium.vm.device.pci.PciConfigState;

/**
 * The sound card.
 *
 * @param globalControl GLOB_CNT
 * @param globalStatus the bits of GLOB_STA that are kept
 * @param semaphore CAS
 */
public record Ac97State(
        PciConfigState config,
        CodecState codec,
        EngineState in,
        EngineState out,
        EngineState microphone,
        int globalControl,
        int globalStatus,
        int semaphore) {}
