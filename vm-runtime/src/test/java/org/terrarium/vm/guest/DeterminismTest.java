package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Assembled;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;

/** A deterministic machine does the same in every run, also when the host asks it things meanwhile. */
class DeterminismTest {
    private static final int MEMORY_MIB = 64;

    /** How a run looked at the end, and how far it was when the awaited text had been sent. */
    private record Outcome(
            List<Long> instructions, List<Long> atText, String screen, String debug, String serial, String memory) {}

    private interface Guest {
        MachineBuilder builder() throws Exception;
    }

    /** Watches for text on the serial port, on the machine's thread, and notes the instruction count when it is there. */
    private static final class Watch extends OutputStream {
        private final String text;
        private final StringBuilder seen = new StringBuilder();
        private final List<Long> at = new ArrayList<>();
        private Machine machine;

        Watch(String text) {
            this.text = text;
        }

        @Override
        public void write(int b) {
            seen.append((char) (b & 0xFF));
            if (seen.toString().endsWith(text)) {
                at.add(machine.stats().instructions());
            }
            seen.delete(0, Math.max(0, seen.length() - text.length()));
        }
    }

    /** {@code boot} instructions, then {@code slice} instructions after each key, typed while the machine stands still. */
    private static Outcome run(Guest guest, String text, long boot, long slice, List<String> keys, boolean disturbed)
            throws Exception {
        Watch watch = new Watch(text);
        AtomicBoolean over = new AtomicBoolean();
        try (Machine m = guest.builder().deterministic(true).serial(watch).build()) {
            watch.machine = m;
            Thread curious = Thread.ofPlatform().unstarted(() -> {
                while (!over.get()) {
                    m.screenText();
                    m.stats();
                }
            });
            if (disturbed) {
                curious.start();
            }
            List<Long> counts = new ArrayList<>();
            m.runInstructions(boot);
            counts.add(m.stats().instructions());
            for (String key : keys) {
                m.type(key);
                m.runInstructions(slice);
                counts.add(m.stats().instructions());
            }
            over.set(true);
            curious.join();
            byte[] memory = m.memory(0, MEMORY_MIB << 20);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(memory));
            return new Outcome(
                    counts,
                    List.copyOf(watch.at),
                    m.screenText(),
                    m.debugPort().text(),
                    m.serial(0).text(),
                    hash);
        }
    }

    private static Outcome twiceTheSame(Guest guest, String text, long boot, long slice, List<String> keys)
            throws Exception {
        Outcome first = run(guest, text, boot, slice, keys, false);
        Outcome second = run(guest, text, boot, slice, keys, true);
        assertEquals(first.serial(), second.serial(), "serial output");
        assertEquals(first.atText(), second.atText(), "instructions when '" + text + "' had been sent");
        assertEquals(first, second);
        return first;
    }

    /** Timer and clock interrupts, waits, keyboard, video and disk services of the built-in BIOS. */
    @Test
    void aProgramThatCallsEveryBiosServiceRunsTheSameTwice(@TempDir Path folder) throws Exception {
        Path image = Assembled.image("bios-services", folder);
        Outcome o = twiceTheSame(
                () -> Machine.builder().memory(MEMORY_MIB).bootMenu(false).disk(image),
                "\n",
                3_000_000,
                3_000_000,
                List.of("a", "<f1>", "b"));
        assertTrue(o.debug().endsWith("DONE\n"), o.debug());
    }

    @Test
    void grubsMenuRunsTheSameTwice() throws Exception {
        Path disk = Guests.file("i386/disk-grub.img");
        Outcome o = twiceTheSame(
                () -> Machine.builder()
                        .memory(MEMORY_MIB)
                        .bootMenu(false)
                        .disk(new MachineBuilder.DiskOption(disk, true, "raw")),
                "GRUB",
                60_000_000,
                60_000_000,
                List.of("<down>", "<up>"));
        assertTrue(o.screen().contains("GNU GRUB"), o.screen());
    }

    @Test
    void tinyLinuxRunsTheSameTwice() throws Exception {
        Guests.onlyWhenAsked();
        Outcome o = twiceTheSame(
                () -> Machine.builder()
                        .memory(MEMORY_MIB)
                        .kernel(Guests.file("i386/vmlinuz"))
                        .initrd(Guests.file("i386/initrd-nano.gz"))
                        .append(Guests.CONSOLE + " quiet"),
                "GUEST-READY",
                6_700_000_000L, // the shell comes after 6.43 thousand million
                300_000_000,
                List.of("echo $((6*7))<enter>"));
        assertEquals(1, o.atText().size(), "GUEST-READY was not seen, or not in time: " + o.serial());
        assertTrue(o.screen().contains("42"), o.screen());
    }
}
