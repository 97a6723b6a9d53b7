package org.terrarium.vm.firmware;

import java.io.IOException;
import org.terrarium.vm.accel.GuestRegisters;

/** Starts a system: the boot sector of a disk or floppy, a CD by El Torito 1.0, or a card's program. */
final class DriveStarter {
    private static final int LOAD_ADDRESS = 0x7C00;

    private final BiosCall call;
    private final DiskService disks;
    private final OptionRoms roms;
    private final TextUi ui;

    DriveStarter(BiosCall call, DiskService disks, OptionRoms roms, TextUi ui) {
        this.roms = roms;
        this.call = call;
        this.disks = disks;
        this.ui = ui;
    }

    /**
     * Loads what is to be started and points the processor at it.
     *
     * @return null when that is done, otherwise in a sentence why not
     */
    String attempt(BootEntry entry) {
        return switch (entry) {
            case BootDrive drive -> attempt(drive);
            case BootRom card -> {
                ui.print("Booting from " + card.title() + "\r\n");
                roms.boot(card);
                yield null;
            }
        };
    }

    private String attempt(BootDrive c) {
        BiosDrive d = c.drive();
        if (!d.present()) {
            return c.title() + ": no medium.";
        }
        try {
            if (d.kind() == BiosDrive.Kind.CDROM) {
                ElTorito.Entry e = ElTorito.read(d);
                if (e == null) {
                    return c.title() + ": the disc is not bootable.";
                }
                ui.print("Booting from " + c.title() + "\r\n");
                int number = disks.elTorito().start(d, disks.number(d), e);
                launch(e.segment(), 0, number);
                return null;
            }
            byte[] sector = new byte[512];
            if (d.sectors() == 0) {
                return c.title() + ": the medium is empty.";
            }
            d.read(0, 1, sector, 0);
            if ((sector[510] & 0xFF) != 0x55 || (sector[511] & 0xFF) != 0xAA) {
                return c.title() + ": no boot sector (signature 55AA missing).";
            }
            call.memory.write(LOAD_ADDRESS, sector);
            ui.print("Booting from " + c.title() + "\r\n");
            launch(0, LOAD_ADDRESS, disks.number(d));
            return null;
        } catch (IOException e) {
            return c.title() + ": read error.";
        }
    }

    private void launch(int segment, int offset, int drive) {
        GuestRegisters cpu = call.cpu;
        int[] general = new int[8];
        general[GuestRegisters.EAX] = 0xAA55;
        general[GuestRegisters.EDX] = drive;
        general[GuestRegisters.ESP] = LOAD_ADDRESS;
        for (int r = 0; r < 8; r++) {
            cpu.set(r, general[r]);
        }
        for (int s :
                new int[] {GuestRegisters.DS, GuestRegisters.ES, GuestRegisters.SS, GuestRegisters.FS, GuestRegisters.GS
                }) {
            cpu.loadRealSegment(s, 0);
        }
        cpu.loadRealSegment(GuestRegisters.CS, segment);
        cpu.setIp(offset);
        cpu.setFlags(0x0202);
    }
}
