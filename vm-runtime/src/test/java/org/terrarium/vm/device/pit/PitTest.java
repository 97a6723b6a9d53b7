package org.terrarium.vm.device.pit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.time.TimerQueue;

class PitTest {
    private long now;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private int edges;
    private boolean level;
    private final IrqLine irq0 = high -> {
        if (high && !level) {
            edges++;
        }
        level = high;
    };
    private final Pit pit = new Pit("pit", timers, irq0);
    private final List<Integer> tones = new ArrayList<>();
    private final Port61 port61 = new Port61("port61", pit, timers, tones::add);

    private void out(int port, int value) {
        pit.ports().write(port, 1, value);
    }

    private int in(int port) {
        return pit.ports().read(port, 1);
    }

    /** Machine time moves to the beginning of input tick {@code t}, alarms on the way. */
    private void tick(long t) {
        long end = Pit.nanos(t);
        while (timers.nextDeadline() <= end) {
            now = Math.max(now, timers.nextDeadline());
            timers.runDue(now);
        }
        now = Math.max(now, end);
        timers.runDue(now);
    }

    private int latched(int channel) {
        out(3, channel << 6);
        return in(channel) | in(channel) << 8;
    }

    private int status(int channel) {
        out(3, 0xE0 | 2 << channel);
        return in(channel);
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Pit, PitState>of(queue -> new Pit("pit", queue, IrqLine.NONE))
                .change(p -> p.ports().write(3, 1, 0x54))
                .ports(Pit::ports, 4)
                .outside(Pit::tickTaken)
                .outside(p -> p.setGate2(true))
                .outside(p -> p.setGate2(false))
                .verify();
    }

    /** Between two looks at the clock the host may have done something else for longer than the whole count. */
    @Test
    void aCountThatEndsWhileItIsBeingProgrammedInterruptsAllTheSame() {
        for (int mode : new int[] {0, 4}) {
            long[] time = {0};
            TimerQueue hasty = new TimerQueue(() -> time[0] += 10_000_000);
            int[] ticks = {0};
            Pit slow = new Pit("pit", hasty, high -> ticks[0] += high ? 1 : 0);
            slow.ports().write(3, 1, 0x30 | mode << 1);
            slow.ports().write(0, 1, 0xA9);
            slow.ports().write(0, 1, 0x04);
            hasty.runDue(hasty.nanos());
            assertEquals(1, ticks[0], "mode " + mode + ": one tick of a millisecond");
        }
    }

    @Test
    void port61KeepsTheDeviceContract() {
        DeviceContract.<Port61, Port61State>of(
                        q -> new Port61("port61", new Pit("pit", q, IrqLine.NONE), q, hertz -> {}))
                .change(p -> p.port().write(0, 1, 0x0F))
                .ports(Port61::port, 1)
                .withoutTwin("the timer behind it has a state of its own")
                .verify();
    }

    @Test
    void convertsTimeWithoutLosingTicks() {
        for (long t : new long[] {0, 1, 2, 999, 1_193_181, 1_193_182, 1_193_183, 123_456_789_012_345L}) {
            assertEquals(t, Pit.ticks(Pit.nanos(t)));
            if (t > 0) {
                assertEquals(t - 1, Pit.ticks(Pit.nanos(t) - 1));
            }
        }
    }

    @Test
    void mode0InterruptsOnceAtTerminalCount() {
        out(3, 0x30);
        assertFalse((status(0) & 0x80) != 0, "OUT goes low with the control word");
        assertEquals(0x70, status(0), "null count, both bytes, mode 0");
        out(0, 100);
        out(0, 0);
        tick(1);
        assertEquals(0x30, status(0));
        assertEquals(100, latched(0));
        tick(100);
        assertEquals(1, latched(0));
        assertEquals(0, edges);
        tick(101);
        assertEquals(1, edges);
        assertEquals(0xB0, status(0));
        tick(102);
        assertEquals(0xFFFF, latched(0), "it goes on counting");
        tick(500_000);
        assertEquals(1, edges);
    }

    @Test
    void mode2DividesTheClock() {
        out(3, 0x34);
        out(0, 0xE8);
        out(0, 0x03);
        tick(1);
        assertEquals(1000, latched(0));
        tick(11);
        assertEquals(990, latched(0));
        tick(1000);
        assertEquals(1, latched(0));
        assertEquals(0x34, status(0), "OUT is low for the last tick");
        tick(1001);
        assertEquals(1000, latched(0));
        assertEquals(1, edges);
        tick(1001 + 9 * 1000);
        assertEquals(10, edges);
    }

    @Test
    void aNewCountInMode2WaitsForTheEndOfThePeriod() {
        out(3, 0x34);
        out(0, 100);
        out(0, 0);
        tick(51);
        out(0, 200);
        out(0, 0);
        assertEquals(0x40, status(0) & 0x40, "null count until it is taken over");
        assertEquals(50, latched(0));
        tick(101);
        assertEquals(200, latched(0));
        assertEquals(1, edges);
        tick(300);
        assertEquals(1, edges);
        tick(301);
        assertEquals(2, edges);
    }

    @Test
    void mode3IsASquareWave() {
        out(3, 0x36);
        out(0, 10);
        out(0, 0);
        tick(1);
        assertEquals(10, latched(0));
        tick(2);
        assertEquals(8, latched(0));
        tick(5);
        assertEquals(2, latched(0));
        assertEquals(0x80, status(0) & 0x80);
        tick(6);
        assertEquals(10, latched(0));
        assertEquals(0, status(0) & 0x80);
        tick(11);
        assertEquals(0x80, status(0) & 0x80);
        out(3, 0x36);
        out(0, 7);
        out(0, 0);
        int[] values = {6, 4, 2, 0, 6, 4, 2, 6};
        boolean[] outs = {true, true, true, true, false, false, false, true};
        for (int k = 0; k < values.length; k++) {
            tick(12 + k);
            assertEquals(values[k], latched(0), "odd count, tick " + k);
            assertEquals(outs[k], (status(0) & 0x80) != 0, "OUT at tick " + k);
        }
    }

    @Test
    void aNewCountInMode3WaitsForTheEndOfTheHalfPeriod() {
        out(3, 0xB6);
        port61.port().write(0, 1, 1);
        out(2, 100);
        out(2, 0);
        tick(11);
        out(2, 20);
        out(2, 0);
        tick(50);
        assertTrue(pit.out2());
        tick(51);
        assertFalse(pit.out2());
        tick(60);
        assertFalse(pit.out2());
        tick(61);
        assertTrue(pit.out2(), "the low half was already 10 ticks long");
    }

    @Test
    void mode1IsARetriggerableOneShot() {
        out(3, 0xB2);
        out(2, 5);
        out(2, 0);
        tick(100);
        assertTrue(pit.out2(), "no trigger yet");
        port61.port().write(0, 1, 1);
        tick(101);
        assertFalse(pit.out2());
        tick(103);
        port61.port().write(0, 1, 0);
        port61.port().write(0, 1, 1);
        tick(108);
        assertFalse(pit.out2(), "retriggered");
        tick(109);
        assertTrue(pit.out2());
    }

    @Test
    void modes4And5StrobeOneTick() {
        out(3, 0xB8);
        port61.port().write(0, 1, 1);
        out(2, 3);
        out(2, 0);
        assertTrue(pit.out2());
        tick(3);
        assertTrue(pit.out2());
        tick(4);
        assertFalse(pit.out2());
        tick(5);
        assertTrue(pit.out2());
        port61.port().write(0, 1, 0);
        out(3, 0xBA);
        out(2, 3);
        out(2, 0);
        tick(20);
        assertTrue(pit.out2());
        port61.port().write(0, 1, 1);
        tick(24);
        assertFalse(pit.out2());
        tick(25);
        assertTrue(pit.out2());
    }

    @Test
    void oneShotOfChannel0ByMode4() {
        out(3, 0x38);
        out(0, 50);
        out(0, 0);
        tick(51);
        assertEquals(0, edges);
        tick(60);
        assertEquals(1, edges);
        tick(200_000);
        assertEquals(1, edges);
    }

    @Test
    void theGateStopsCounting() {
        out(3, 0xB0);
        port61.port().write(0, 1, 1);
        out(2, 100);
        out(2, 0);
        tick(11);
        port61.port().write(0, 1, 0);
        tick(1000);
        assertEquals(90, latched(2));
        port61.port().write(0, 1, 1);
        tick(1010);
        assertEquals(80, latched(2));
        assertEquals(0, port61.port().read(0, 1) & 0x20);
        tick(1090);
        assertEquals(0x20, port61.port().read(0, 1) & 0x20);
    }

    @Test
    void countsInBcd() {
        out(3, 0x35);
        out(0, 0x00);
        out(0, 0x10);
        tick(2);
        assertEquals(0x0999, latched(0));
        out(3, 0x35);
        out(0, 0);
        out(0, 0);
        tick(5);
        assertEquals(0x9998, latched(0), "0 means 10000");
    }

    @Test
    void singleByteAccess() {
        out(3, 0x14);
        out(0, 200);
        tick(1);
        assertEquals(200, in(0));
        assertEquals(200, in(0));
        out(3, 0x24);
        out(0, 2);
        tick(2);
        assertEquals(2, in(0), "high byte of 512");
    }

    @Test
    void latchesHoldUntilRead() {
        out(3, 0x34);
        out(0, 0);
        out(0, 0);
        tick(1001);
        out(3, 0xC2);
        tick(5000);
        out(3, 0xC2);
        assertEquals(0x34, in(0) & 0x3F, "status first");
        assertEquals(65536 - 1000, in(0) | in(0) << 8, "the first latch counts");
        assertEquals(65536 - 4999, in(0) | in(0) << 8, "then live");
    }

    @Test
    void keepsTicksForASlowGuest() {
        out(3, 0x34);
        out(0, 0xA9);
        out(0, 0x04); // 1193 ticks: 1000 Hz
        tick(1194);
        assertEquals(1, edges);
        pit.tickTaken();
        now += 100_000_000; // the host was away for 100 ms: a hundred periods
        timers.runDue(now);
        assertEquals(2, edges);
        long end = now + 150_000_000;
        while (now < end) {
            now += 50_000;
            timers.runDue(now);
            if (edges > taken) {
                taken = edges;
                pit.tickTaken();
            }
        }
        assertEquals(251, edges, 2.0, "250 ms passed, so 250 ticks arrived");
    }

    @Test
    void aStarvedGuestThatRunsInBurstsKeepsTime() {
        out(3, 0x34);
        out(0, 0xA4);
        out(0, 0x12); // 4772 ticks: 250 Hz
        tick(4773);
        pit.tickTaken();
        taken = edges;
        long start = now;
        while (now - start < 2_000_000_000L) {
            for (int k = 0; k < 60; k++) { // 3 ms of running, in steps of 50 us
                now += 50_000;
                timers.runDue(now);
                if (edges > taken) {
                    taken = edges;
                    pit.tickTaken();
                }
            }
            now += 10_000_000; // the host runs others
            timers.runDue(now);
        }
        assertEquals(500, edges, 10, "two seconds at 250 Hz");
    }

    private int taken;

    @Test
    void doesNotFloodAGuestThatWasNotListening() {
        out(3, 0x34);
        out(0, 0xA9);
        out(0, 0x04);
        tick(Pit.HERTZ * 3);
        int before = edges;
        pit.tickTaken();
        tick(Pit.HERTZ * 3 + 1193 * 5);
        assertTrue(edges - before <= 6, "edges " + (edges - before));
    }

    @Test
    void ticksGoOnWhenAnotherControllerTakesThem() {
        out(3, 0x34);
        out(0, 0xA9);
        out(0, 0x04);
        tick(1194);
        pit.tickTaken();
        tick(1 + 101 * 1193);
        assertEquals(101, edges, "nobody reports that they are taken, but each is raised");
    }

    @Test
    void anAbsurdRateIsBounded() {
        out(3, 0x14);
        out(0, 2);
        int fired = 0;
        long end = now + 10_000_000;
        while (timers.nextDeadline() <= end) {
            now = timers.nextDeadline();
            timers.runDue(now);
            fired++;
        }
        assertTrue(fired <= 1001, "alarms in 10 ms: " + fired);
    }

    @Test
    void port61HasRefreshToggleAndSpeaker() {
        int toggles = 0;
        int last = port61.port().read(0, 1) & 0x10;
        for (int k = 0; k < 1000; k++) {
            now += 1000;
            int bit = port61.port().read(0, 1) & 0x10;
            toggles += bit != last ? 1 : 0;
            last = bit;
        }
        assertEquals(66, toggles, "1 ms has 66 refresh cycles");
        out(3, 0xB6);
        out(2, 0xA9);
        out(2, 0x04);
        port61.port().write(0, 1, 3);
        port61.port().write(0, 1, 0);
        assertEquals(List.of(1000, 0), tones);
    }
}
