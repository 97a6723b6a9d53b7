package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.DiskOption;
import org.terrarium.vm.MachineState;
import org.terrarium.x86.sys.CpuModel;

/** Debian's kernels with a small user space, from kernel to shell, in every form a PC can start them. */
class TinyLinuxTest {
    private static MachineBuilder machine(String flavour) {
        return Machine.builder().memory(flavour.startsWith("amd64") ? 256 : 128);
    }

    private static DiskOption disk(String name) {
        return new DiskOption(Guests.file(name), true, "raw");
    }

    @Test
    void kernelAndInitrdAmd64ReachTheShellWhichAnswersAndSwitchesOff() throws Exception {
        try (Machine m = machine("amd64")
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd-nano.gz"))
                .append(Guests.CONSOLE + " quiet")
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY x86_64");
            m.sendSerial(0, "echo six times seven is $((6*7)); poweroff -f\n".getBytes(StandardCharsets.US_ASCII));
            Guests.awaitSerial(m, "six times seven is 42");
            assertTrue(m.awaitEnd(Guests.PATIENCE), "the guest switches the power off by ACPI");
            assertEquals(MachineState.OFF, m.state());
        }
    }

    @Test
    void cdI386StartsWhatIsTypedAtTheBootPromptAndReachesTheShell() throws Exception {
        try (Machine m = machine("i386").cdrom(Guests.file("i386/tiny.iso")).build()) {
            m.start();
            Guests.awaitScreen(m, "boot:");
            m.type("nano<enter>");
            Guests.awaitSerial(m, "GUEST-READY i686");
            Guests.awaitScreen(m, "GUEST-READY");
            // The shell on the first virtual terminal hears the PS/2 keyboard, the one on the serial line its own.
            Guests.awaitScreen(m, "tiny#");
            m.type("echo $((1234*5678))<enter>");
            Guests.awaitScreen(m, Integer.toString(1234 * 5678));
            m.sendSerial(0, "echo $((4321*8765))\n".getBytes(StandardCharsets.US_ASCII));
            Guests.awaitSerial(m, Integer.toString(4321 * 8765));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64"})
    void kernelAndInitrdWithDriversReachTheShell(String flavour) throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = machine(flavour)
                .kernel(Guests.file(flavour + "/vmlinuz"))
                .initrd(Guests.file(flavour + "/initrd.gz"))
                .append(Guests.CONSOLE)
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64"})
    void cdReachesTheShell(String flavour) throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m =
                machine(flavour).cdrom(Guests.file(flavour + "/tiny.iso")).build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            // The CD's contents must have come through the drive unharmed: the guest compares a checksum.
            m.sendSerial(0, "gt-disk\n".getBytes(StandardCharsets.US_ASCII));
            Guests.awaitSerial(m, "DISK-CHECK-OK");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"i386/disk-syslinux.img", "i386/disk-grub.img", "amd64/disk-syslinux.img", "amd64/disk-grub.img"
            })
    void diskReachesTheShell(String image) throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = machine(image.substring(0, image.indexOf('/')))
                .disk(disk(image))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            m.sendSerial(0, "gt-disk\n".getBytes(StandardCharsets.US_ASCII));
            Guests.awaitSerial(m, "DISK-CHECK-OK");
        }
    }

    @Test
    void cdAmd64BootsUnderSeaBios() throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = machine("amd64")
                .firmware(Guests.file("firmware/bios-256k.bin"))
                .cdrom(Guests.file("amd64/tiny.iso"))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY x86_64");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"I486", "PENTIUM", "P6", "X86_64_V1"})
    void i386RunsOnEveryProcessorModelThatItsKernelSupports(String model) throws Exception {
        Guests.onlyWhenAsked();
        // Debian's i686 kernel wants CMOV, so the models before the P6 must be told so by the kernel itself.
        boolean enough = CpuModel.valueOf(model).atLeast(CpuModel.P6);
        try (Machine m = machine("i386")
                .cpu(CpuModel.valueOf(model))
                .kernel(Guests.file("i386/vmlinuz"))
                .initrd(Guests.file("i386/initrd-nano.gz"))
                .append(Guests.CONSOLE)
                .build()) {
            m.start();
            if (enough) {
                Guests.awaitSerial(m, "GUEST-READY i686");
            } else {
                Guests.awaitScreen(m, "This kernel requires");
            }
        }
    }
}
