package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.terrarium.vm.Machine;
import org.terrarium.vm.library.MachineSession;

/** What tests ask of the guest "steady-work", which checks itself that memory and disk belong together. */
final class SteadyWork {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int COUNTER = 0x8000;

    private SteadyWork() {}

    /** The round that the guest is in. */
    static int counter(Machine m) {
        byte[] b = m.memory(COUNTER, 4);
        return b[0] & 0xFF | (b[1] & 0xFF) << 8 | (b[2] & 0xFF) << 16 | b[3] << 24;
    }

    /** Waits for that many rounds more, and that the guest has found nothing wrong. */
    static void works(Machine m, int rounds) throws InterruptedException {
        for (int n = 0; n < rounds; n++) {
            assertTrue(
                    m.debugPort().await(".", PATIENCE.toNanos()),
                    () -> "the guest works no more: " + m.state() + " "
                            + m.debugPort().text() + "\n" + m.screenText());
        }
        assertFalse(m.debugPort().text().contains("X"), "the guest has found its disk or memory wrong");
    }

    /** Takes a snapshot of a running machine and waits until it is written. */
    static String take(MachineSession s, String name) throws IOException {
        LiveSnapshots.Taken taken = s.snapshots().orElseThrow().take(new Snapshots.Wish(name, "", false));
        taken.saving().await();
        return taken.id();
    }
}
