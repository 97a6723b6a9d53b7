package org.terrarium.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VigilTest {
    private static final long LONGEST = 1000;
    private static final long SECOND = 1_000_000;

    private final Vigil vigil = new Vigil(LONGEST);

    @Test
    void whileWorkKeepsComingEveryWaitIsAsLongAsItMayBe() {
        for (long now = 0; now < SECOND; now += LONGEST) {
            assertEquals(LONGEST, vigil.begin(now), "at " + now);
            vigil.end(LONGEST - 1, true);
        }
    }

    @Test
    void inVainOnlyASmallShareOfTheTimeIsSpentAwake() {
        long awake = 0;
        for (long now = 0; now < SECOND; now += LONGEST) {
            long allowed = vigil.begin(now);
            vigil.end(allowed, false);
            awake += now < SECOND / 2 ? 0 : allowed; // what was saved up at first is spent by then
        }
        assertTrue(awake > 0 && awake <= SECOND / 2 / 50, awake + " of " + SECOND / 2 + " nanoseconds awake in vain");
    }

    @Test
    void isPatientAgainAfterALongRest() {
        for (int k = 0; k < 100; k++) {
            vigil.end(vigil.begin(0), false);
        }
        assertEquals(0, vigil.begin(0), "everything is spent");
        assertEquals(LONGEST, vigil.begin(SECOND), "saved up again");
    }
}
