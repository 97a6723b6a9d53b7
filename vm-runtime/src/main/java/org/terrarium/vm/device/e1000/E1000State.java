package org.terrarium.vm.device.e1000;

import org.terrarium.vm.device.nic.SerialEepromState;
import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of the 82540EM.
 *
 * @param registers the register file, a word each
 * @param ioAddress the register that IODATA leads to
 * @param checksumContext the last context descriptor without TSE, four words
 * @param segmentContext the last one with TSE
 * @param pending octets of the packet being put together
 * @param pendingCommand of its first descriptor: command in bits 7..0, packet options in bits 15..8, kind in bits 17..16
 * @param oversize the packet being put together has become too long and is being skipped
 * @param nextInterrupt machine time before which ITR allows no further interrupt
 * @param interruptTimer machine time at which a held-back interrupt comes, or the largest number
 */
public record E1000State(
        PciConfigState config,
        int[] registers,
        int[] phy,
        SerialEepromState eeprom,
        int ioAddress,
        int[] checksumContext,
        int[] segmentContext,
        byte[] pending,
        int pendingCommand,
        boolean oversize,
        long nextInterrupt,
        long interruptTimer) {}
