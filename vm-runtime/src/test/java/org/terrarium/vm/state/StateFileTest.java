package org.terrarium.vm.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Machine;

class StateFileTest {
    @TempDir
    Path folder;

    private static Machine machine(int memory) throws Exception {
        return Machine.builder()
                .memory(memory)
                .videoMemory(1)
                .deterministic(true)
                .build();
    }

    private static String refusal(Path state, Path ram, int memory) throws Exception {
        try (Machine m = machine(memory)) {
            return assertThrows(StateException.class, () -> new SavedMachine(state, ram).into(m))
                    .getMessage();
        }
    }

    @Test
    void damagedFilesAreRefusedWhereverTheDamageIs() throws Exception {
        byte[] good = StateFile.toBytes(
                List.of(new StateSection("pic", 1, new byte[] {1, 2, 3}), new StateSection("pit", 2, new byte[100])));
        Map<String, StateSection> read = StateFile.parse(good);
        assertEquals(List.of("pic", "pit"), List.copyOf(read.keySet()));
        assertEquals(2, read.get("pit").version());
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(StateException.class, () -> StateFile.parse(cut), "cut to " + length + " bytes");
        }
        for (int n = 0; n < good.length * 8; n++) {
            byte[] flipped = good.clone();
            flipped[n / 8] ^= (byte) (1 << n % 8);
            int bit = n;
            assertThrows(StateException.class, () -> StateFile.parse(flipped), "bit " + bit + " flipped");
        }
    }

    @Test
    void eachRefusalIsASentence() throws Exception {
        SavedMachine saved;
        try (Machine m = machine(4)) {
            saved = SavedMachine.of(m, folder, "good");
        }
        Path state = saved.state();
        byte[] good = Files.readAllBytes(state);
        assertTrue(refusal(state, saved.ram(), 8).contains("another amount of memory in MiB (4; this one has 8)"));
        Files.write(state, Arrays.copyOf(good, good.length / 2));
        assertEquals("the saved state " + state + " cannot be used: it is cut short", refusal(state, saved.ram(), 4));
        byte[] newer = good.clone();
        newer[StateFile.MAGIC.length] = 9;
        Files.write(state, newer);
        assertTrue(refusal(state, saved.ram(), 4).endsWith("it was written by a newer Terrarium (format 9)"));
        byte[] damaged = good.clone();
        damaged[good.length / 2] ^= 1;
        Files.write(state, damaged);
        assertTrue(refusal(state, saved.ram(), 4).endsWith("is damaged (wrong check sum)"));
        Files.delete(state);
        assertEquals("the saved state " + state + " is missing", refusal(state, saved.ram(), 4));
    }

    @Test
    void theStateOfAnotherKindOfMachineNamesWhatDiffers() throws Exception {
        MachineShape here = new MachineShape("p6", 64, 16, List.of("pic", "pit", "e1000-0"), false);
        MachineShape there = new MachineShape("p6", 64, 16, List.of("pic", "pit", "hd0"), false);
        assertEquals(
                "it belongs to a machine with other devices; this one has no hd0; that one had no e1000-0",
                assertThrows(StateException.class, () -> there.requireFits(here))
                        .getMessage());
    }
}
