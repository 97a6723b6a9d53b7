package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.firmware.BiosConfig.BootSource;
import org.terrarium.vm.io.MemoryDisk;

/** The way from power-on to a boot sector, with the boot menu and the setup screen. */
final class BuiltinBiosTest {
    private static final int F2 = 0x3C;
    private static final int ESC = 0x01;
    private static final int DOWN = 0x50;
    private static final int RIGHT = 0x4D;
    private static final int F10 = 0x44;

    private static MemoryDisk bootable(int size, String mark) {
        MemoryDisk d = new MemoryDisk(size, false);
        byte[] text = mark.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, d.bytes, 0, text.length);
        d.bytes[510] = 0x55;
        d.bytes[511] = (byte) 0xAA;
        return d;
    }

    private static List<BiosDrive> drives() {
        MemoryDisk floppy = bootable(1_474_560, "floppy");
        return List.of(
                BiosDrive.floppy("fd", 0, () -> floppy),
                BiosDrive.disk("first", 0, 0, bootable(4 << 20, "first")),
                BiosDrive.disk("second", 0, 1, bootable(4 << 20, "second")),
                BiosDrive.cdrom("cd", 1, 0, () -> null));
    }

    private static void pass(BiosRig rig) {
        rig.call.memory.put32(Bda.TICKS, rig.call.memory.u32(Bda.TICKS) + 60);
        rig.trap(TrapPoint.BOOT_STEP);
    }

    private static void press(BiosRig rig, int scan) {
        rig.scanCode(scan);
        rig.scanCode(scan | 0x80);
        rig.trap(TrapPoint.BOOT_STEP);
    }

    private static String started(BiosRig rig) {
        assertEquals(0, rig.guest.selector(GuestRegisters.CS));
        assertEquals(0x7C00, rig.guest.ip());
        byte[] sector = rig.call.memory.bytes(0x7C00, 8);
        String text = new String(sector, StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf('\0')) + " " + Integer.toHexString(rig.call.dl());
    }

    @Test
    void bootsInTheOrderAskedFor() {
        BiosRig disk = new BiosRig(drives(), List.of(BootSource.CDROM, BootSource.DISK), java.util.Optional.empty());
        disk.powerOn();
        assertTrue(disk.row(0).contains("Terrarium"), disk.row(0));
        pass(disk);
        assertEquals("first 80", started(disk));
        BiosRig floppy = new BiosRig(drives(), List.of(BootSource.FLOPPY), java.util.Optional.empty());
        floppy.powerOn();
        pass(floppy);
        assertEquals("floppy 0", started(floppy));
    }

    @Test
    void int18GoesOnToTheNextDevice() {
        BiosRig rig = new BiosRig(drives(), List.of(BootSource.DISK), java.util.Optional.empty()).powerOn();
        pass(rig);
        assertEquals("first 80", started(rig));
        rig.trap(TrapPoint.NO_BOOT_DEVICE);
        assertEquals("second 81", started(rig));
        rig.trap(TrapPoint.BOOT_AGAIN);
        assertEquals("first 80", started(rig));
    }

    @Test
    void theBootMenuStartsTheChosenDevice() {
        BiosRig rig = new BiosRig(drives(), List.of(BootSource.DISK), java.util.Optional.empty()).powerOn();
        press(rig, ESC);
        StringBuilder screen = new StringBuilder();
        for (int k = 0; k < 25; k++) {
            screen.append(rig.row(k)).append('\n');
        }
        assertTrue(screen.toString().contains("Boot menu"), screen.toString());
        assertTrue(screen.toString().contains("Floppy: fd"), screen.toString());
        press(rig, DOWN);
        press(rig, 0x1C);
        assertEquals("second 81", started(rig));
    }

    @Test
    void setupKeepsTheBootOrderInCmosUntilTheSettingsChange() {
        BiosRig rig =
                new BiosRig(drives(), List.of(BootSource.CDROM, BootSource.DISK), java.util.Optional.empty()).powerOn();
        press(rig, F2);
        assertTrue(rig.row(0).contains("setup"), rig.row(0));
        for (int k = 0; k < 3; k++) {
            press(rig, RIGHT); // CD/DVD -> Network -> none -> Floppy
        }
        press(rig, F10);
        rig.powerOn();
        pass(rig);
        assertEquals("floppy 0", started(rig));
        BiosRig changed = new BiosRig(drives(), List.of(BootSource.DISK), java.util.Optional.empty());
        for (int index : new int[] {0x38, 0x3B, 0x3C, 0x3D}) {
            new Cmos(changed.ports).write(index, new Cmos(rig.ports).read(index));
        }
        changed.powerOn();
        pass(changed);
        assertEquals("first 80", started(changed));
    }

    @Test
    void aMediumWithoutSignatureIsPassedOver() {
        MemoryDisk blank = new MemoryDisk(1 << 20, false);
        BiosRig rig = new BiosRig(List.of(
                        BiosDrive.disk("blank", 0, 0, blank), BiosDrive.disk("good", 0, 1, bootable(1 << 20, "good"))))
                .powerOn();
        pass(rig);
        assertEquals("good 81", started(rig));
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> new BiosRig(drives()).bios)
                .change(bios -> bios.restore(new BiosState(
                        new BiosState.BootState(1, 2, 3, 1, List.of()),
                        new BiosState.CdBootState(-1, false, 0, 0, 0, 0, 0, new int[0]),
                        0xE000_0000)))
                .ports(bios -> bios, 1)
                .withoutTwin("its memory is the guest's, which is no part of its state")
                .verify();
    }
}
