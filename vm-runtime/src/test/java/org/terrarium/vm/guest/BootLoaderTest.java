package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.BootDevice;

/** Boot loaders, firmware and programs that run on the bare machine. */
class BootLoaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "firmware/bios-256k.bin"})
    void grubShowsItsMenuAndReportsTheMachine(String firmware) throws Exception {
        MachineBuilder b = Machine.builder().cdrom(Guests.file("grub/grub-info.iso"));
        if (!firmware.isEmpty()) {
            b.firmware(Guests.file(firmware));
        }
        try (Machine m = b.build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY grub pc");
            m.type("<enter>");
            Guests.awaitSerial(m, "8086:1237");
            Guests.awaitSerial(m, "GRUB-CPU long mode");
            Guests.awaitSerial(m, "GRUB-INFO-END");
        }
    }

    @Test
    void grubMenuAnswersTheKeyboard() throws Exception {
        try (Machine m =
                Machine.builder().cdrom(Guests.file("grub/grub-info.iso")).build()) {
            m.start();
            Guests.awaitScreen(m, "gfx 800x600");
            m.type("<down><down><enter>");
            assertTrue(m.awaitEnd(Guests.PATIENCE), () -> "the third entry switches off; screen:\n" + m.screenText());
        }
    }

    @Test
    void isolinuxRunsTheProgramThatIsTyped() throws Exception {
        try (Machine m = Machine.builder()
                .cdrom(Guests.file("syslinux/syslinux-tools.iso"))
                .build()) {
            m.start();
            Guests.awaitScreen(m, "boot:");
            m.type("cpuid<enter>");
            Guests.awaitScreen(m, "eax :"); // the first line of cpuid.c32
        }
    }

    @Test
    void syslinuxBootsFromFloppy(@TempDir Path folder) throws Exception {
        Path floppy = java.nio.file.Files.copy(Guests.file("syslinux/hello.flp"), folder.resolve("hello.flp"));
        try (Machine m = Machine.builder()
                .floppy(floppy)
                .bootOrder(List.of(BootDevice.FLOPPY))
                .build()) {
            m.start();
            Guests.awaitScreen(m, "GUEST-READY syslinux floppy");
            Guests.awaitSerial(m, "SYSLINUX");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memtest/memtest86+ia32.iso", "memtest/memtest86+x64.iso"})
    void memtestStartsTesting(String image) throws Exception {
        try (Machine m = Machine.builder().memory(64).cdrom(Guests.file(image)).build()) {
            m.start();
            Guests.awaitScreen(m, "Test #");
            Guests.awaitScreen(m, "Errors: 0");
        }
    }

    @Test
    void memtestFindsNoErrorInItsFirstPass() throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = Machine.builder()
                .memory(64)
                .cdrom(Guests.file("memtest/memtest86+x64.iso"))
                .build()) {
            m.start();
            Guests.awaitScreen(m, "Test #");
            long deadline = System.nanoTime() + java.time.Duration.ofMinutes(90).toNanos();
            while (!m.screenText().contains("Pass:  1 ") && System.nanoTime() < deadline) {
                Thread.sleep(2_000);
            }
            String screen = m.screenText();
            assertTrue(screen.contains("Pass:  1 "), screen);
            assertTrue(screen.contains("Errors: 0"), screen);
        }
    }

    @Test
    void withoutAnyMediumTheFirmwareSaysSo() throws Exception {
        try (Machine m = Machine.builder().build()) {
            m.start();
            Guests.awaitScreen(m, "No bootable device");
        }
    }
}
