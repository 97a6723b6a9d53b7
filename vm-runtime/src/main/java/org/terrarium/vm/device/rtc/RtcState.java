package org.terrarium.vm.device.rtc;

/**
 * Clock and battery-backed memory.
 *
 * @param cmos 256 bytes; the time bytes in it count only while the clock is set or stopped
 * @param index register selected by port 70h, bit 7 is the NMI disable
 * @param extendedIndex register selected by port 72h
 * @param offsetNanos guest time less host local time
 * @param dayOfWeekOffset days to add to the true day of the week
 * @param flags PF, AF and UF of register C
 * @param lastSecond guest second up to which updates and alarms are accounted for
 * @param lastPeriod number of the periodic interrupt period up to which they are accounted for
 */
public record RtcState(
        byte[] cmos,
        int index,
        int extendedIndex,
        long offsetNanos,
        int dayOfWeekOffset,
        int flags,
        long lastSecond,
        long lastPeriod,
        long deadline,
        boolean wire) {}
