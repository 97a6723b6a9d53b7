package org.terrarium.vm.device.uart;

/**
 * One serial port; the numbers are register contents.
 *
 * @param divisor divisor latch
 * @param errors OE and BI, which reading the line status clears
 * @param deltas the four change bits of the modem status
 * @param modemInputs CTS, DSR, RI and DCD as seen last
 * @param received the receiver FIFO
 * @param busyUntil machine time at which the transmitter is empty
 * @param thrEmptyAt machine time at which the transmitter FIFO runs empty and says so, {@code Long.MAX_VALUE} when it has
 * @param thrEmpty whether a transmitter-empty interrupt is pending
 * @param nextReceiveAt machine time before which the line brings no further byte
 * @param inputExpected whether the backend may have more
 * @param timeoutAt machine time at which unread bytes cause a timeout interrupt, {@code Long.MAX_VALUE} for none
 * @param timedOut whether that interrupt is pending
 */
public record UartState(
        int ier,
        int fcr,
        int lcr,
        int mcr,
        int scr,
        int divisor,
        int errors,
        int deltas,
        int modemInputs,
        byte[] received,
        long busyUntil,
        long thrEmptyAt,
        boolean thrEmpty,
        long nextReceiveAt,
        boolean inputExpected,
        long timeoutAt,
        boolean timedOut,
        long deadline,
        boolean wire) {}
