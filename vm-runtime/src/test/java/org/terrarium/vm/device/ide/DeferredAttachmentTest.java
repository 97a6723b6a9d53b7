package org.terrarium.vm.device.ide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.io.DeferredAttachment;
import org.terrarium.vm.io.MemoryDisk;

/** Drives whose medium answers later, as an attachment with a thread of its own does. */
class DeferredAttachmentTest {
    private final MemoryDisk disk = MemoryDisk.patterned(1 << 20, false);
    private final IdeRig rig = new IdeRig();
    private final DeferredAttachment medium = new DeferredAttachment(rig.attach(disk));

    private void pass(long nanos) {
        rig.now += nanos;
        rig.timers.runDue(rig.now);
    }

    @Test
    void theDriveStaysBusyUntilTheDataIsThere() {
        rig.with(new AtaDisk("d0", rig.timers, medium, IdeRig.IDENTITY), null);
        rig.lba28(0, 3, 1);
        rig.out(Ata.COMMAND, Ata.READ_SECTORS);
        pass(1_000_000);
        assertEquals(Ata.BSY, rig.altStatus() & (Ata.BSY | Ata.DRQ));
        assertFalse(rig.irq);
        medium.pending.remove().run();
        assertTrue(rig.irq);
        assertEquals(Ata.DRQ, rig.in(Ata.STATUS) & (Ata.BSY | Ata.DRQ));
        byte[] got = new byte[512];
        for (int k = 0; k < 512; k += 2) {
            int v = rig.channel.commandBlock().read(0, 2);
            got[k] = (byte) v;
            got[k + 1] = (byte) (v >> 8);
        }
        assertArrayEquals(Arrays.copyOfRange(disk.bytes, 3 * 512, 4 * 512), got);
    }

    @Test
    void aResetForgetsWhatIsUnderWay() {
        rig.with(new AtaDisk("d0", rig.timers, medium, IdeRig.IDENTITY), null);
        rig.lba28(0, 3, 1);
        rig.out(Ata.COMMAND, Ata.READ_SECTORS);
        pass(1_000_000);
        rig.control(Ata.SRST);
        rig.control(0);
        rig.lba28(0, 9, 1);
        rig.out(Ata.COMMAND, Ata.READ_SECTORS);
        pass(1_000_000);
        assertEquals(2, medium.pending.size());
        medium.pending.remove().run();
        assertEquals(Ata.BSY, rig.altStatus() & Ata.BSY, "the old answer is of no interest");
        medium.pending.remove().run();
        rig.in(Ata.STATUS);
        int first = rig.channel.commandBlock().read(0, 2);
        assertEquals(disk.bytes[9 * 512] & 0xFF | (disk.bytes[9 * 512 + 1] & 0xFF) << 8, first);
    }

    @Test
    void packetReadsWaitToo() {
        rig.with(new AtapiDrive("cd0", rig.timers, medium, IdeRig.CD_IDENTITY, open -> {}), null);
        rig.packet(0xFFFE, Mmc.TEST_UNIT_READY); // power-on attention
        rig.out(Ata.LBA_MID, 0);
        rig.out(Ata.LBA_HIGH, 8);
        rig.out(Ata.COMMAND, Ata.PACKET);
        rig.settle();
        int[] words = {Mmc.READ_10, 0, 0x0700, 0, 1, 0};
        for (int w : words) {
            rig.channel.commandBlock().write(0, 2, w);
        }
        pass(1_000_000);
        assertEquals(Ata.BSY, rig.altStatus() & (Ata.BSY | Ata.DRQ));
        medium.pending.remove().run();
        assertEquals(Ata.DRQ, rig.in(Ata.STATUS) & (Ata.BSY | Ata.DRQ));
        assertEquals(
                disk.bytes[7 * 2048] & 0xFF | (disk.bytes[7 * 2048 + 1] & 0xFF) << 8,
                rig.channel.commandBlock().read(0, 2));
    }
}
