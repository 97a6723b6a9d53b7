package org.terrarium.vm.device.apic;

/**
 * A message on the interrupt bus, from an I/O APIC entry, the interrupt command register or a message-signalled interrupt.
 *
 * @param destination APIC identifier or logical destination, 0..255
 * @param logical whether the destination is a logical one
 * @param deliveryMode one of the constants below
 * @param vector 0..255
 * @param level whether the interrupt is level-triggered, so that its EOI is broadcast
 */
public record InterruptMessage(int destination, boolean logical, int deliveryMode, int vector, boolean level) {
    // Delivery modes (SDM volume 3, 11.5.1).
    public static final int FIXED = 0;
    public static final int LOWEST_PRIORITY = 1;
    public static final int SMI = 2;
    public static final int NMI = 4;
    public static final int INIT = 5;
    public static final int START_UP = 6;
    public static final int EXT_INT = 7;

    /** Decodes the memory write of a message-signalled interrupt (SDM volume 3, 11.11). */
    public static InterruptMessage ofMsi(long address, int data) {
        return new InterruptMessage(
                (int) (address >> 12) & 0xFF, (address & 4) != 0, data >> 8 & 7, data & 0xFF, (data & 0x8000) != 0);
    }
}
