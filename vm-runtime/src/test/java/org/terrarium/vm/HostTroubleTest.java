package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error of the host's disk is a disk error for the guest and one sentence for the user. */
class HostTroubleTest {
    @Test
    void theGuestSeesADiskErrorAndTheUserOneSentence(@TempDir Path folder) throws Exception {
        Path image = FailingDisk.bootable(folder);
        List<String> told = new CopyOnWriteArrayList<>();
        try (Machine m =
                Machine.builder().memory(16).bootMenu(false).disk(image).build()) {
            m.addListener(new MachineListener() {
                @Override
                public void stateChanged(MachineState state) {}

                @Override
                public void hostTrouble(String sentence) {
                    told.add(sentence);
                }
            });
            m.start();
            assertTrue(
                    m.debugPort().await("DONE", TimeUnit.SECONDS.toNanos(60)),
                    () -> m.debugPort().text());
            assertEquals("ERROR 40\nERROR 40\nDONE\n", m.debugPort().text()); // UNC: uncorrectable data
            assertEquals(MachineState.RUNNING, m.state());
            assertEquals(1, told.size(), "told twice, or not at all: " + told);
            assertTrue(told.getFirst().startsWith(image + ": the image is damaged"), told.getFirst());
            assertEquals(told, m.troubles());
        }
    }
}
