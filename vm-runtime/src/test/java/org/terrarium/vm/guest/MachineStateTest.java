package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Assembled;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.state.SavedMachine;
import org.terrarium.vm.state.StateFile;
import org.terrarium.vm.state.StateSection;

/**
 * A machine that was saved and restored does what one does that ran on: every register, every device and every byte of memory
 * are the same many instructions later.
 */
class MachineStateTest {
    private static final int MEMORY_MIB = 64;

    @TempDir
    Path folder;

    private interface Guest {
        MachineBuilder builder() throws Exception;
    }

    /**
     * @param before instructions before the state is saved
     * @param after instructions after that
     */
    private void goesOnTheSame(Guest guest, long before, long after, String awaited) throws Exception {
        SavedMachine saved;
        SavedMachine end;
        String screen;
        try (Machine m = guest.builder().deterministic(true).build()) {
            m.runInstructions(before);
            m.input().key(Key.DOWN, true); // so that something is on its way
            m.runInstructions(20_000);
            saved = SavedMachine.of(m, folder, "first");
            SavedMachine again = SavedMachine.of(m, folder, "again");
            sameDevices("saved twice", saved, again);
            assertEquals(-1, Files.mismatch(saved.ram(), again.ram()), "memory saved twice differs");
            m.runInstructions(after);
            end = SavedMachine.of(m, folder, "end");
            screen = m.screenText();
        }
        assertTrue(screen.contains(awaited), "the guest has not come to '" + awaited + "':\n" + screen);
        try (Machine m = guest.builder().deterministic(true).build()) {
            saved.into(m);
            SavedMachine restored = SavedMachine.of(m, folder, "restored");
            sameDevices("right after restoring", saved, restored);
            assertEquals(-1, Files.mismatch(saved.ram(), restored.ram()), "memory right after restoring differs");
            m.runInstructions(after);
            SavedMachine restoredEnd = SavedMachine.of(m, folder, "restored-end");
            assertEquals(screen, m.screenText());
            sameDevices("later", end, restoredEnd);
            assertEquals(-1, Files.mismatch(end.ram(), restoredEnd.ram()), "memory differs later");
        }
    }

    private static void sameDevices(String when, SavedMachine expected, SavedMachine actual) throws Exception {
        Map<String, StateSection> left = StateFile.read(expected.state());
        Map<String, StateSection> right = StateFile.read(actual.state());
        assertEquals(List.copyOf(left.keySet()), List.copyOf(right.keySet()));
        for (StateSection s : left.values()) {
            assertArrayEquals(
                    s.payload(), right.get(s.label()).payload(), when + ": the state of " + s.label() + " differs");
        }
    }

    @Test
    void aProgramThatCallsEveryBiosService() throws Exception {
        Path image = Assembled.image("bios-services", folder);
        goesOnTheSame(
                () -> Machine.builder().memory(MEMORY_MIB).bootMenu(false).disk(image), 1_000_000, 20_000_000, "");
    }

    @Test
    void grubsMenu() throws Exception {
        Path disk = Guests.file("i386/disk-grub.img");
        goesOnTheSame(
                () -> Machine.builder()
                        .memory(MEMORY_MIB)
                        .bootMenu(false)
                        .disk(new MachineBuilder.DiskOption(disk, true, "raw")),
                40_000_000,
                60_000_000,
                "GNU GRUB");
    }

    @Test
    void tinyLinux() throws Exception {
        Guests.onlyWhenAsked();
        goesOnTheSame(
                () -> Machine.builder()
                        .memory(MEMORY_MIB)
                        .kernel(Guests.file("i386/vmlinuz"))
                        .initrd(Guests.file("i386/initrd-nano.gz"))
                        .append(Guests.CONSOLE + " quiet"),
                60_000_000,
                100_000_000,
                "");
    }
}
