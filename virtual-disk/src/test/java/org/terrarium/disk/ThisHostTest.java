package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThisHostTest {
    @Test
    void thisProcessRuns() {
        assertTrue(ThisHost.runs(ThisHost.pid(), ThisHost.started()), "this process");
        assertFalse(
                ThisHost.runs(ThisHost.pid(), ThisHost.started().minus(Duration.ofDays(1))),
                "an earlier process of the same number");
    }

    /** As one is that was killed where nobody collects orphans, in a container, say: its lock must be free at once. */
    @Test
    void aProcessThatEndedRunsNoMoreThoughItsParentHasNotAsked() throws Exception {
        // The shell becomes a program that waits for no child.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 300").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            Path stat = Path.of("/proc/" + child + "/stat");
            Instant end = Instant.now().plusSeconds(60);
            while (!Files.readString(stat).contains(") Z ")) {
                assertTrue(Instant.now().isBefore(end), "the process " + child + " does not end");
                Thread.sleep(5);
            }
            assertFalse(ThisHost.runs(child, Instant.EPOCH), "the process " + child + " has ended");
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
