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
 * with SeaBIOS's under QEMU 7.2, line by line. Ten of 107 lines differ, all of them choices: two floppy drives and the floppy
 * types in the equipment word, the cursor's shape as it was set (SeaBIOS: as scaled), error code 04h for sectors that do not
 * exist (01h), AH after a wait, no carry for a serial port that is not there, the printer's time-out bit, an address in the PCI
 * BIOS and the model byte's neighbour.
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
