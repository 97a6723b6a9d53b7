package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** x87 errors as DOS programs get them, by IRQ 13. */
class CoprocessorErrorTest {
    /**
     * QEMU 7.2 gives the same up to the letter f. The rest is by SDM volume 1, 8.7.2: QEMU looks for pending exceptions only in
     * FWAIT, so there FLD1 calls no handler.
     */
    @Test
    void aPendingExceptionWaitsForTheHandlerOfInterrupt13(@TempDir Path folder) throws Exception {
        try (Machine m = Machine.builder()
                .memory(16)
                .bootMenu(false)
                .floppy(Assembled.image("coprocessor-error", folder))
                .build()) {
            m.start();
            assertTrue(
                    m.debugPort().await("\n", TimeUnit.SECONDS.toNanos(60)),
                    () -> m.debugPort().text());
            assertEquals("a<846>bc<846>d<846>e!f<846>5\n", m.debugPort().text());
        }
    }
}
