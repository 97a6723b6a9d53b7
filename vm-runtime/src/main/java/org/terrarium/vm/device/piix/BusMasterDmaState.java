package org.terrarium.vm.device.piix;

/**
 * Saved state of one channel's bus master.
 *
 * @param command BMICX
 * @param status BMISX
 * @param table BMIDTPX
 * @param next address of the next descriptor
 * @param address where the current region continues
 * @param left bytes left in the current region
 * @param last whether the current region is the last one
 */
public record BusMasterDmaState(int command, int status, int table, int next, int address, int left, boolean last) {}
