package org.terrarium.vm.device.apic;

/**
 * Saved state of a local APIC; registers are named as in the SDM, volume 3, chapter 11.
 *
 * @param base IA32_APIC_BASE
 * @param id local APIC identifier, 0..255
 * @param tpr task priority
 * @param ldr logical destination
 * @param dfr destination format
 * @param svr spurious interrupt vector
 * @param isr in service, 256 bits
 * @param tmr trigger mode, 256 bits
 * @param irr requested, 256 bits
 * @param esr error status as the guest reads it
 * @param errors errors since the last write to the error status register
 * @param icrLow interrupt command, low half
 * @param icrHigh interrupt command, high half
 * @param lvt local vector table: timer, thermal, performance, LINT0, LINT1, error
 * @param initialCount timer initial count
 * @param divide timer divide configuration
 * @param timerStart machine time the count started, nanoseconds
 * @param timerDeadline machine time of the next expiry, {@code Long.MAX_VALUE} when the timer is stopped
 * @param lint0 level of the LINT0 pin
 * @param lint1 level of the LINT1 pin
 * @param external whether the I/O APIC forwards the PIC's request
 */
public record LocalApicState(
        long base,
        int id,
        int tpr,
        int ldr,
        int dfr,
        int svr,
        int[] isr,
        int[] tmr,
        int[] irr,
        int esr,
        int errors,
        int icrLow,
        int icrHigh,
        int[] lvt,
        int initialCount,
        int divide,
        long timerStart,
        long timerDeadline,
        boolean lint0,
        boolean lint1,
        boolean external) {}
