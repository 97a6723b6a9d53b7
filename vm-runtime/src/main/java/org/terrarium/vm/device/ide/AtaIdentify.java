package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.DEV;

/** The answer of a hard disk to IDENTIFY DEVICE (ATA/ATAPI-6, 8.15; ATA8-ACS, 7.16 for TRIM; Serial ATA 3.0, 13.2.1). */
final class AtaIdentify {
    /** Blocks of ranges that DATA SET MANAGEMENT takes at most. */
    static final int TRIM_BLOCKS = 8;

    private AtaIdentify() {}

    /**
     * Fills the first sector of {@code buffer}.
     *
     * @param device device register, which says whether this is device 1 of a parallel channel
     * @param serialAta whether the disk hangs on a serial link, with queued commands
     */
    static void fill(
            byte[] buffer, DriveIdentity identity, long sectors, AtaSettings s, int device, boolean serialAta) {
        int perCylinder = AtaSettings.DEFAULT_HEADS * AtaSettings.DEFAULT_SECTORS;
        long inTranslation = Math.min(sectors, (long) AtaSettings.MAX_CYLINDERS * perCylinder);
        int currentCylinders = (int) Math.min(AtaSettings.MAX_CYLINDERS, sectors / ((long) s.heads * s.sectors));
        IdentifyBuffer b = new IdentifyBuffer(buffer)
                .word(0, 0x0040) // fixed device
                .word(1, (int) (inTranslation / perCylinder))
                .word(3, AtaSettings.DEFAULT_HEADS)
                .word(6, AtaSettings.DEFAULT_SECTORS)
                .string(10, 10, identity.serial())
                .string(23, 4, identity.firmware())
                .string(27, 20, identity.model())
                .word(47, 0x8000 | AtaSettings.MAX_MULTIPLE)
                .word(48, 1) // 32-bit accesses to the data port work
                .word(49, 0x0F00) // DMA, LBA, IORDY
                .word(50, 0x4000)
                .word(51, 0x0200)
                .word(52, 0x0200)
                .word(53, 0x0007)
                .word(54, currentCylinders)
                .word(55, s.heads)
                .word(56, s.sectors)
                .dword(57, (long) currentCylinders * s.heads * s.sectors)
                .word(59, s.multiple == 0 ? 0 : 0x0100 | s.multiple)
                .dword(60, Math.min(sectors, AtaDisk.MAX_LBA28))
                .multiwordDma(s.transferMode)
                .word(64, 0x0003) // PIO modes 3 and 4
                .word(65, 120)
                .word(66, 120)
                .word(67, 120)
                .word(68, 120)
                .word(80, 0x00FE) // ATA-1 to ATA/ATAPI-7
                .word(81, 0x0019)
                .word(82, 0x0069) // look-ahead, write cache, power management, SMART
                .word(83, 0x7400) // FLUSH CACHE EXT, FLUSH CACHE, 48-bit addresses
                .word(84, 0x4000)
                .word(85, 0x0008 | (s.lookAhead ? 0x40 : 0) | (s.writeCache ? 0x20 : 0) | (s.smart ? 1 : 0))
                .word(86, 0x3400)
                .word(87, 0x4000)
                .ultraDma(s.transferMode)
                .dword(100, sectors)
                .dword(102, sectors >>> 32)
                .word(105, TRIM_BLOCKS)
                .word(169, 1); // DATA SET MANAGEMENT with TRIM
        if (serialAta) {
            b.word(75, 31) // 32 commands in the queue
                    .word(76, 0x0106) // NCQ, 1.5 and 3 Gb/s
                    .word(84, 0x4020) // logs
                    .word(87, 0x4020)
                    .word(93, 0);
        } else {
            b.word(93, 0x6001 | ((device & DEV) == 0 ? 0x000A : 0x0A00)); // 80-conductor cable
        }
        b.seal();
    }
}
