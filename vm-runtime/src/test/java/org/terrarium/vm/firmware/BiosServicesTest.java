package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Assembled;
import org.terrarium.vm.Machine;

/**
 * A program on the emulated processor calls a hundred services and reports what comes back. The expected report was compared
 * with SeaBIOS's under QEMU, line by line; the few differences are choices (error codes, the printer's time-out bit, model
 * bytes, two floppy drives).
 */
final class BiosServicesTest {
    @Test
    void servicesReturnWhatAPcBiosReturns(@TempDir Path dir) throws Exception {
        Path image = Assembled.image("bios-services", dir);
        try (Machine m =
                        Machine.builder().memory(64).bootMenu(false).disk(image).build();
                InputStream expected = BiosServicesTest.class.getResourceAsStream("bios-services.txt")) {
            m.start();
            assertTrue(
                    m.debugPort().await("DONE\n", TimeUnit.SECONDS.toNanos(60)),
                    () -> m.debugPort().text());
            String wanted = new String(expected.readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(wanted, m.debugPort().text());
        }
    }
}
