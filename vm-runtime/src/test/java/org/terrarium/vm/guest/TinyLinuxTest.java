package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
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
            Guests.send(m, "echo six times seven is $((6*7)); poweroff -f");
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
            Guests.send(m, "echo $((4321*8765))");
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
            // The power button is an ACPI event, which the button driver has asked for.
            Guests.send(
                    m,
                    "until awk '/acpi/ {n=$2} END {print \"ACPI \" n; exit n < 1}' /proc/interrupts; do sleep 1; done");
            Guests.awaitSerial(m, "ACPI 0");
            m.powerButton();
            Guests.awaitSerial(m, "ACPI 1");
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
            Guests.send(m, "gt-disk");
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
            Guests.send(m, "gt-disk");
            Guests.awaitSerial(m, "DISK-CHECK-OK");
        }
    }

    @Test
    void qcow2DiskReachesTheShellAndHoldsWhatIsWritten(@TempDir Path folder) throws Exception {
        Guests.onlyWhenAsked();
        Path image = folder.resolve("disk.qcow2");
        try (VirtualDisk raw = DiskFormats.open(
                Guests.file("amd64/disk-syslinux.img"), OpenOptions.readOnly().withFormat(DiskFormat.RAW))) {
            DiskConvert.convert(raw, image, CreateOptions.qcow2(raw.size()), false, 2, Progress.NONE);
        }
        for (String seen : new String[] {"no mark yet", "the mark of the first run"}) {
            try (Machine m =
                    machine("amd64").disk(new DiskOption(image, false, "qcow2")).build()) {
                m.start();
                Guests.awaitSerial(m, "GUEST-READY");
                Guests.send(m, "gt-disk");
                Guests.awaitSerial(m, "DISK-CHECK-OK");
                Guests.send(m, "mount /dev/sda1 /mnt && cat /mnt/mark 2>/dev/null || echo no mark y''et");
                Guests.awaitSerial(m, seen);
                Guests.send(m, "echo the mark of the first r''un >/mnt/mark; sync; umount /mnt; poweroff -f");
                assertTrue(m.awaitEnd(Guests.PATIENCE), "the guest switches the power off");
            }
        }
    }

    @Test
    void withoutAcpiAndApicTheShellIsReachedToo() throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = machine("i386")
                .kernel(Guests.file("i386/vmlinuz"))
                .initrd(Guests.file("i386/initrd-nano.gz"))
                .append(Guests.CONSOLE + " acpi=off noapic nolapic nosmp clocksource=pit")
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY i686");
        }
    }

    @Test
    void anotherCdIsSeenByARunningGuest() throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = machine("amd64")
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd.gz"))
                .append(Guests.CONSOLE)
                .cdrom(Guests.file("syslinux/syslinux-tools.iso"))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            Guests.send(m, "mount -t iso9660 /dev/sr0 /mnt; ls /mnt/isolinux | grep -c hdt.c32 | sed 's/^/hdt: /'");
            Guests.awaitSerial(m, "hdt: 1");
            Guests.send(m, "umount /mnt; echo first one o''ut");
            Guests.awaitSerial(m, "first one out");
            m.drives().insertCd(Guests.file("grub/grub-info.iso"));
            Guests.send(
                    m,
                    "until mount -t iso9660 /dev/sr0 /mnt 2>/dev/null; do sleep 1; done; ls /mnt/boot | sed 's/^/sees"
                            + " /'");
            Guests.awaitSerial(m, "sees grub");
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
        // Debian's i686 kernel wants CMOV: its real-mode part, which a boot loader starts and a direct start passes by,
        // says so
        // on the models before the P6.
        boolean enough = CpuModel.valueOf(model).atLeast(CpuModel.P6);
        MachineBuilder b = machine("i386").cpu(CpuModel.valueOf(model));
        if (enough) {
            b.kernel(Guests.file("i386/vmlinuz"))
                    .initrd(Guests.file("i386/initrd-nano.gz"))
                    .append(Guests.CONSOLE);
        } else {
            b.cdrom(Guests.file("i386/tiny.iso"));
        }
        try (Machine m = b.build()) {
            m.start();
            if (enough) {
                Guests.awaitSerial(m, "GUEST-READY i686");
            } else {
                Guests.awaitScreen(m, "This kernel requires");
            }
        }
    }
}
