package org.terrarium.vm.device.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.time.TimerQueue;

class RtcTest {
    private static final Instant START = Instant.parse("2024-02-29T21:58:57.500Z");

    private long now;
    private boolean irq;
    private int interrupts;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final Rtc rtc = rtc(ZoneOffset.UTC);

    private Rtc rtc(ZoneId zone) {
        return new Rtc("rtc", timers, wall(timers), zone, high -> {
            interrupts += high && !irq ? 1 : 0;
            irq = high;
        });
    }

    private static InstantSource wall(TimerQueue timers) {
        return () -> START.plusNanos(timers.nanos());
    }

    private static int read(Rtc rtc, int register) {
        rtc.ports().write(0, 1, register);
        return rtc.ports().read(1, 1);
    }

    private int read(int register) {
        return read(rtc, register);
    }

    private void write(int register, int value) {
        rtc.ports().write(0, 1, register);
        rtc.ports().write(1, 1, value);
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (timers.nextDeadline() <= end) {
            now = Math.max(now, timers.nextDeadline());
            timers.runDue(now);
        }
        now = end;
    }

    private String time() {
        return String.format(
                "%02x%02x-%02x-%02x %02x:%02x:%02x", read(0x32), read(9), read(8), read(7), read(4), read(2), read(0));
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Rtc, RtcState>of(queue -> new Rtc("rtc", queue, wall(queue), ZoneOffset.UTC, IrqLine.NONE))
                .change(r -> {
                    r.ports().write(0, 1, 0x40);
                    r.ports().write(1, 1, 0x55);
                })
                .keepsOverReset("time and CMOS memory live on the battery")
                .ports(Rtc::ports, 2)
                .ports(Rtc::extendedPorts, 2)
                .verify();
    }

    @Test
    void showsHostTimeInBcd() {
        assertEquals("2024-02-29 21:58:57", time());
        assertEquals(5, read(6), "Thursday");
        pass(3_000_000_000L);
        assertEquals("2024-02-29 21:59:00", time());
    }

    @Test
    void showsLocalTimeWhenAsked() {
        Rtc local = rtc(ZoneId.of("Europe/Berlin"));
        assertEquals(0x22, read(local, 4));
    }

    @Test
    void binaryAndTwelveHours() {
        write(0x0B, 0x06);
        assertEquals(21, read(4));
        assertEquals(58, read(2));
        write(0x0B, 0x00);
        assertEquals(0x89, read(4), "9 pm in BCD");
        write(0x0B, 0x04);
        assertEquals(0x89, read(4), "9 pm in binary");
    }

    @Test
    void theGuestSetsTheTime() {
        write(0x0B, 0x82);
        int[] registers = {0, 2, 4, 7, 8, 9, 0x32};
        int[] values = {0x30, 0x59, 0x23, 0x31, 0x12, 0x99, 0x19};
        for (int k = 0; k < registers.length; k++) {
            write(registers[k], values[k]);
        }
        pass(10_000_000_000L);
        assertEquals("1999-12-31 23:59:30", time(), "time stands while SET is on");
        write(0x0B, 0x02);
        pass(30_000_000_000L);
        assertEquals("2000-01-01 00:00:00", time());
        rtc.reset();
        assertEquals("2000-01-01 00:00:00", time(), "kept over reset");
    }

    @Test
    void aSetDayOfWeekGoesOnFromThere() {
        write(6, 7);
        assertEquals(7, read(6));
        pass(86_400_000_000_000L);
        assertEquals(1, read(6));
    }

    @Test
    void afterADividerResetTheFirstUpdateComesInHalfASecond() {
        write(0x0B, 0x82);
        write(0x0A, 0x76);
        write(0, 0x10);
        write(0x0B, 0x02);
        pass(5_000_000_000L);
        assertEquals(0x10, read(0));
        write(0x0A, 0x26);
        pass(499_000_000L);
        assertEquals(0x10, read(0));
        pass(2_000_000L);
        assertEquals(0x11, read(0));
    }

    @Test
    void updateInProgressPrecedesTheUpdate() {
        pass(497_000_000L);
        assertEquals(0x26, read(0x0A));
        pass(1_000_000L);
        assertEquals(0xA6, read(0x0A));
        assertEquals(0x57, read(0));
        pass(2_000_000L);
        assertEquals(0x26, read(0x0A));
        assertEquals(0x58, read(0));
    }

    @Test
    void updateEndedInterrupt() {
        assertEquals(Long.MAX_VALUE, timers.nextDeadline(), "no alarm while nothing is enabled");
        write(0x0B, 0x12);
        pass(499_000_000L);
        assertFalse(irq);
        pass(2_000_000L);
        assertTrue(irq);
        assertEquals(0x90, read(0x0C) & 0xB0);
        assertFalse(irq, "reading register C acknowledges");
        assertEquals(0, read(0x0C) & 0xB0);
        pass(1_000_000_000L);
        assertTrue(irq);
    }

    @Test
    void flagsAreSetWithoutInterruptsToo() {
        read(0x0C);
        pass(1_000_000_000L);
        assertEquals(0x50, read(0x0C));
        assertEquals(0, interrupts);
    }

    @Test
    void alarmInterrupt() {
        write(1, 0x05);
        write(3, 0x59);
        write(5, 0xC0);
        write(0x0B, 0x22);
        pass(7_000_000_000L);
        assertFalse(irq);
        pass(1_000_000_000L);
        assertTrue(irq);
        assertEquals(0xA0, read(0x0C) & 0xA0);
        pass(3_590_000_000_000L);
        assertFalse(irq);
        pass(20_000_000_000L);
        assertTrue(irq, "an hour later again, as the hour is any");
    }

    @Test
    void periodicInterrupt() {
        write(0x0A, 0x26);
        write(0x0B, 0x42);
        read(0x0C);
        int seen = 0;
        for (int k = 0; k < 10_000; k++) {
            pass(100_000);
            if (irq) {
                seen++;
                assertEquals(0xC0, read(0x0C) & 0xC0);
            }
        }
        assertEquals(1024, seen, 1);
        write(0x0A, 0x2F);
        seen = 0;
        for (int k = 0; k < 2_000; k++) {
            pass(1_000_000);
            if (irq) {
                seen++;
                read(0x0C);
            }
        }
        assertEquals(4, seen, 1, "2 Hz");
    }

    @Test
    void memoryAndBanks() {
        write(0x40, 0xAB);
        rtc.extendedPorts().write(0, 1, 0x40);
        rtc.extendedPorts().write(1, 1, 0xCD);
        assertEquals(0xAB, read(0x40));
        assertEquals(0xCD, rtc.extendedPorts().read(1, 1));
        rtc.setCmos(0x10, 0x40);
        assertEquals(0x40, read(0x10));
        byte[] saved = rtc.contents();
        Rtc other = rtc(ZoneOffset.UTC);
        other.setContents(saved);
        assertEquals(0xAB, other.cmos(0x40));
        assertEquals(0xCD, other.cmos(0xC0));
        assertEquals(0x80, read(0x0D), "battery is good");
    }

    @Test
    void bit7OfTheIndexDisablesNmi() {
        rtc.ports().write(0, 1, 0x8A);
        assertTrue(rtc.nmiDisabled());
        assertEquals(0x26, rtc.ports().read(1, 1));
        rtc.ports().write(0, 1, 0x0A);
        assertFalse(rtc.nmiDisabled());
    }
}
