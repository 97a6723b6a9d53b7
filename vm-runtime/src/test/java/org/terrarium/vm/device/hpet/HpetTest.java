package org.terrarium.vm.device.hpet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.time.TimerQueue;

class HpetTest {
    private static final int INT_ENABLE = 1 << 2;
    private static final int LEVEL = 1 << 1;
    private static final int PERIODIC = 1 << 3;
    private static final int SET_ACCUMULATOR = 1 << 6;
    private static final int MODE32 = 1 << 8;

    private long now = 1_000_000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final int[] edges = new int[24];
    private final boolean[] level = new boolean[24];
    private final List<Boolean> legacy = new ArrayList<>();
    private final Hpet hpet = new Hpet("hpet", timers, wires(), legacy::add);

    private List<IrqLine> wires() {
        List<IrqLine> wires = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            int wire = n;
            wires.add(high -> {
                edges[wire] += high && !level[wire] ? 1 : 0;
                level[wire] = high;
            });
        }
        return wires;
    }

    private void out(int register, long value) {
        hpet.write(register, 8, value);
    }

    private long in(int register) {
        return hpet.read(register, 8);
    }

    private void advance(long nanos) {
        long end = now + nanos;
        while (timers.nextDeadline() <= end) {
            now = Math.max(now, timers.nextDeadline());
            timers.runDue(now);
        }
        now = end;
    }

    @Test
    void keepsTheDeviceContract() {
        List<IrqLine> nowhere = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            nowhere.add(IrqLine.NONE);
        }
        DeviceContract.of(queue -> new Hpet("hpet", queue, nowhere, on -> {}))
                .change(h -> h.write(Hpet.CONFIGURATION, 8, 1))
                .mmio(h -> h, 0x160)
                .verify();
    }

    @Test
    void describesItself() {
        assertEquals(0x8086_A201L, in(Hpet.CAPABILITIES) & 0xFFFF_FFFFL);
        assertEquals(10_000_000, in(Hpet.CAPABILITIES) >>> 32, "femtoseconds");
        assertEquals(10_000_000, hpet.read(4, 4));
        assertEquals(0x30, in(Hpet.TIMERS) & 0x30, "periodic and 64 bits");
        assertEquals(0x00F0_0000, in(Hpet.TIMERS) >>> 32, "routes");
    }

    @Test
    void theCounterRunsAtHundredMegahertzWhileEnabled() {
        advance(500);
        assertEquals(0, in(Hpet.MAIN_COUNTER));
        out(Hpet.CONFIGURATION, 1);
        advance(1_000);
        assertEquals(100, in(Hpet.MAIN_COUNTER));
        out(Hpet.CONFIGURATION, 0);
        advance(1_000);
        assertEquals(100, in(Hpet.MAIN_COUNTER), "halted");
        out(Hpet.MAIN_COUNTER, 0x1_0000_0000L);
        out(Hpet.CONFIGURATION, 1);
        advance(50);
        assertEquals(0x1_0000_0005L, in(Hpet.MAIN_COUNTER));
        assertEquals(1, hpet.read(Hpet.MAIN_COUNTER + 4, 4));
    }

    @Test
    void aOneShotFiresOnce() {
        out(Hpet.TIMERS, INT_ENABLE | 20 << 9);
        out(Hpet.CONFIGURATION, 1);
        out(Hpet.TIMERS + 8, 1_000);
        advance(9_990);
        assertEquals(0, edges[20]);
        advance(10);
        assertEquals(1, edges[20]);
        advance(1_000_000_000);
        assertEquals(1, edges[20]);
    }

    @Test
    void aThirtyTwoBitTimerFiresAgainAfterTheWrap() {
        out(Hpet.TIMERS, INT_ENABLE | MODE32 | 21 << 9);
        out(Hpet.CONFIGURATION, 1);
        out(Hpet.TIMERS + 8, 1_000);
        advance(10_000);
        assertEquals(1, edges[21]);
        advance(10L << 32);
        assertEquals(2, edges[21]);
    }

    @Test
    void periodicInLegacyReplacementMode() {
        out(Hpet.CONFIGURATION, 3);
        assertEquals(List.of(true), legacy);
        // As Linux programs it: first the accumulator, then the period.
        hpet.write(Hpet.TIMERS, 4, INT_ENABLE | PERIODIC | SET_ACCUMULATOR | MODE32);
        hpet.write(Hpet.TIMERS + 8, 4, 5_000);
        hpet.write(Hpet.TIMERS + 8, 4, 1_000);
        advance(49_999);
        assertEquals(0, edges[0]);
        advance(1);
        assertEquals(1, edges[0]);
        advance(100_000);
        assertEquals(11, edges[0]);
        assertEquals(16_000, hpet.read(Hpet.TIMERS + 8, 4));
        out(Hpet.CONFIGURATION, 1);
        assertEquals(List.of(true, false), legacy);
        assertFalse(level[0]);
    }

    @Test
    void levelTriggeredUntilTheStatusIsCleared() {
        out(Hpet.TIMERS + 0x40, INT_ENABLE | LEVEL | 22 << 9);
        out(Hpet.CONFIGURATION, 1);
        out(Hpet.TIMERS + 0x48, 100);
        advance(1_000);
        assertTrue(level[22]);
        assertEquals(4, in(Hpet.INTERRUPT_STATUS));
        out(Hpet.INTERRUPT_STATUS, 4);
        assertFalse(level[22]);
    }

    @Test
    void aTinyPeriodDoesNotStarveTheHost() {
        out(Hpet.TIMERS, INT_ENABLE | PERIODIC | SET_ACCUMULATOR | 20 << 9);
        out(Hpet.TIMERS + 8, 1);
        out(Hpet.CONFIGURATION, 1);
        advance(1_000_000);
        assertTrue(edges[20] > 100 && edges[20] <= 1_001, "edges: " + edges[20]);
    }

    @Test
    void anUnwiredRouteFiresNowhere() {
        out(Hpet.TIMERS, INT_ENABLE | 5 << 9);
        out(Hpet.CONFIGURATION, 1);
        out(Hpet.TIMERS + 8, 10);
        advance(1_000);
        for (int e : edges) {
            assertEquals(0, e);
        }
    }
}
