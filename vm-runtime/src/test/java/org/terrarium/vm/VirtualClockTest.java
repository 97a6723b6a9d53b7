package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private long source = 1_000;

    @Test
    void realTimeStandsStillUntilStartedAndWhilePaused() {
        VirtualClock clock = VirtualClock.realTime(() -> source);
        assertEquals(0, clock.nanos());
        clock.resume();
        source += 70;
        assertEquals(70, clock.nanos());
        clock.pause();
        source += 1_000_000;
        assertEquals(70, clock.nanos());
        clock.resume();
        source += 5;
        assertEquals(75, clock.nanos());
    }

    @Test
    void countedTimeFollowsInstructionsAndJumpsOverIdleStretches() {
        VirtualClock clock = VirtualClock.counted(() -> source);
        clock.resume();
        source += 10;
        assertEquals(10 * VirtualClock.NANOS_PER_INSTRUCTION, clock.nanos());
        clock.skipTo(5_000);
        assertEquals(5_000, clock.nanos());
        clock.skipTo(4_000);
        assertEquals(5_000, clock.nanos(), "time never goes back");
        source++;
        assertEquals(5_000 + VirtualClock.NANOS_PER_INSTRUCTION, clock.nanos());
    }
}
