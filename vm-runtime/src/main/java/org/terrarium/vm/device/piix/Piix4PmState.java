package org.terrarium.vm.device.piix;

import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of the PIIX4's power management function.
 *
 * @param config configuration space
 * @param status PMSTS without the timer bit, which follows from the time
 * @param enable PMEN
 * @param control PMCNTRL
 * @param overflowAt count of the PM timer (not wrapped) at which its status bit becomes set
 * @param gpStatus GPSTS
 * @param gpEnable GPEN
 * @param stored the registers from PCNTRL on, which only hold what was written
 * @param apmControl port B2h
 * @param apmStatus port B3h
 * @param smbus SMBus host registers
 * @param slots registers of the cards' comings and goings
 */
public record Piix4PmState(
        PciConfigState config,
        int status,
        int enable,
        int control,
        long overflowAt,
        int gpStatus,
        int gpEnable,
        byte[] stored,
        int apmControl,
        int apmStatus,
        byte[] smbus,
        int[] slots) {}
