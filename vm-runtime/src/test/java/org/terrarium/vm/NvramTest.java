package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.MachineBuilder.NvramOption;

/** What a machine keeps while it is off: CMOS memory and its identity. */
class NvramTest {
    @TempDir
    Path folder;

    private Path guest;
    private Path nvram;

    @BeforeEach
    void makeGuest() throws Exception {
        guest = Assembled.image("cmos-count", folder);
        nvram = folder.resolve("nvram");
    }

    private MachineBuilder builder() {
        return Machine.builder().memory(16).bootMenu(false).floppy(guest);
    }

    private static void boots(Machine m, String counted) throws InterruptedException {
        assertTrue(
                m.debugPort().await(counted + "\n", TimeUnit.SECONDS.toNanos(60)),
                () -> "expected " + counted + ", got " + m.debugPort().text());
    }

    private void startsOnce(NvramOption option, String counted) throws Exception {
        try (Machine m = builder().nvram(option).build()) {
            m.start();
            boots(m, counted);
        }
    }

    @Test
    void settingsOutliveThePower() throws Exception {
        NvramOption kept = new NvramOption(nvram, false);
        startsOnce(kept, "1 1");
        startsOnce(kept, "2 2");
        assertEquals(256, Files.size(nvram));
        byte[] before = Files.readAllBytes(nvram);
        startsOnce(new NvramOption(nvram, true), "3 3");
        assertArrayEquals(before, Files.readAllBytes(nvram), "a run that throws changes away kept one");
        startsOnce(kept, "3 3");
    }

    @Test
    void withoutAFileTheyLastAsLongAsTheMachine() throws Exception {
        try (Machine m = builder().build()) {
            m.start();
            boots(m, "1 1");
            m.reset();
            boots(m, "2 2");
        }
    }

    /** So that a killed process does not lose what a setup program has saved. */
    @Test
    void aResetWritesThem() throws Exception {
        try (Machine m = builder().nvram(nvram).build()) {
            assertFalse(Files.exists(nvram), "a machine that was never on has nothing to keep");
            m.start();
            boots(m, "1 1");
            m.reset();
            boots(m, "2 2");
            assertEquals(1, Files.readAllBytes(nvram)[0x60]);
        }
        assertEquals(2, Files.readAllBytes(nvram)[0x60]);
    }

    @Test
    void aFileThatHoldsNoSettingsIsRefusedAndLeftAlone() throws Exception {
        for (int size : new int[] {0, 255, 257, 5000}) {
            byte[] wrong = new byte[size];
            Files.write(nvram, wrong);
            IOException e =
                    assertThrows(IOException.class, () -> builder().nvram(nvram).build());
            assertEquals(
                    nvram + " does not hold a firmware's settings: it must have 256 bytes; delete it to start with the"
                            + " usual settings",
                    e.getMessage());
            assertArrayEquals(wrong, Files.readAllBytes(nvram));
        }
        Files.delete(nvram);
        Files.createDirectory(nvram);
        IOException e =
                assertThrows(IOException.class, () -> builder().nvram(nvram).build());
        assertTrue(e.getMessage().startsWith(nvram + " cannot be read: "), e.getMessage());
    }

    @Test
    void settingsThatCannotBeWrittenAreTrouble() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Machine m = builder().nvram(gone.resolve("nvram")).build();
        try (m) {
            m.start();
            boots(m, "1 1");
            Files.delete(gone);
        }
        assertEquals(MachineState.OFF, m.state());
        assertEquals(1, m.troubles().size(), () -> "" + m.troubles());
        String trouble = m.troubles().getFirst();
        assertTrue(trouble.startsWith(gone.resolve("nvram") + " cannot be written: "), trouble);
    }

    /** SMBIOS 2.x, 7.2.1: the first three fields of a UUID are little endian. */
    @Test
    void smbiosTellsTheGuestTheMachinesUuid() throws Exception {
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        byte[] wanted = HexFormat.of().parseHex("33221100554477668899aabbccddeeff");
        Board board = Board.assemble(builder().identity(uuid).deterministic(true));
        try {
            board.clock().resume();
            boolean found = false;
            for (int n = 0; n < 100 && !found; n++) {
                board.accelerator().run(100_000);
                board.clock().skipTo(board.clock().nanos() + 10_000_000);
                board.timers().runDue(board.clock().nanos());
                byte[] bios = new byte[0x10000];
                board.memory().physical.read(0xF0000, bios, 0, bios.length);
                found = contains(bios, wanted);
            }
            assertTrue(found, "no SMBIOS structure with the machine's UUID");
        } finally {
            board.close();
        }
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int k = 0; k + part.length <= all.length; k++) {
            if (Arrays.equals(all, k, k + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
