package org.terrarium.vm.device.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;
import org.terrarium.vm.time.TimerQueue;

/** An IDE channel with a driver that polls, as a boot loader does. */
final class IdeRig {
    static final DriveIdentity IDENTITY = new DriveIdentity("TERRARIUM HARDDISK", "TR00001", "1.0");
    static final DriveIdentity CD_IDENTITY = new DriveIdentity("TERRARIU DVD-ROM", "TR00002", "1.0");

    long now = 1000;
    final TimerQueue timers = new TimerQueue(() -> now);
    final List<String> trouble = new ArrayList<>();
    long activity;
    int irqEdges;
    boolean irq;
    AtaChannel channel;

    DirectDiskAttachment attach(MemoryDisk disk) {
        return new DirectDiskAttachment(disk, false, e -> trouble.add(e.getMessage()), n -> activity += n);
    }

    IdeRig disks(MemoryDisk first, MemoryDisk second) {
        AtaDisk a = first == null ? null : new AtaDisk("d0", timers, attach(first), IDENTITY);
        AtaDisk b = second == null ? null : new AtaDisk("d1", timers, attach(second), IDENTITY);
        return with(a, b);
    }

    IdeRig with(AtaDevice a, AtaDevice b) {
        channel = new AtaChannel(
                "ide0",
                high -> {
                    irqEdges += high && !irq ? 1 : 0;
                    irq = high;
                },
                a,
                b);
        return this;
    }

    int in(int register) {
        return channel.commandBlock().read(register, 1);
    }

    void out(int register, int value) {
        channel.commandBlock().write(register, 1, value);
    }

    int altStatus() {
        return channel.controlBlock().read(0, 1);
    }

    void control(int value) {
        channel.controlBlock().write(0, 1, value);
    }

    /** Lets the drive work until it is not busy; returns the status (which acknowledges the interrupt). */
    int settle() {
        for (int k = 0; k < 10_000 && (altStatus() & Ata.BSY) != 0; k++) {
            now += 1000;
            timers.runDue(now);
        }
        int status = in(Ata.STATUS);
        assertEquals(0, status & Ata.BSY, "the drive stays busy");
        return status;
    }

    void lba28(int device, long lba, int count) {
        out(Ata.DEVICE, 0xE0 | device << 4 | (int) (lba >> 24 & 0xF));
        out(Ata.SECTOR_COUNT, count & 0xFF);
        out(Ata.LBA_LOW, (int) lba & 0xFF);
        out(Ata.LBA_MID, (int) (lba >> 8) & 0xFF);
        out(Ata.LBA_HIGH, (int) (lba >> 16) & 0xFF);
    }

    void lba48(int device, long lba, int count) {
        out(Ata.DEVICE, 0x40 | device << 4);
        out(Ata.SECTOR_COUNT, count >> 8 & 0xFF);
        out(Ata.LBA_LOW, (int) (lba >> 24) & 0xFF);
        out(Ata.LBA_MID, (int) (lba >> 32) & 0xFF);
        out(Ata.LBA_HIGH, (int) (lba >> 40) & 0xFF);
        out(Ata.SECTOR_COUNT, count & 0xFF);
        out(Ata.LBA_LOW, (int) lba & 0xFF);
        out(Ata.LBA_MID, (int) (lba >> 8) & 0xFF);
        out(Ata.LBA_HIGH, (int) (lba >> 16) & 0xFF);
    }

    /** Issues a command without data and returns the status at its end. */
    int command(int command) {
        out(Ata.COMMAND, command);
        return settle();
    }

    /** Reads blocks as long as the drive offers them. */
    byte[] readPio(int command, int blockBytes, int bytes) {
        byte[] data = new byte[bytes];
        out(Ata.COMMAND, command);
        for (int at = 0; at < bytes; at += blockBytes) {
            int status = settle();
            if ((status & (Ata.DRQ | Ata.ERR)) != Ata.DRQ) {
                fail("no data at " + at + ", status " + Integer.toHexString(status));
            }
            for (int k = at; k < Math.min(at + blockBytes, bytes); k += 2) {
                int v = channel.commandBlock().read(0, 2);
                data[k] = (byte) v;
                data[k + 1] = (byte) (v >> 8);
            }
        }
        assertEquals(0, settle() & (Ata.DRQ | Ata.ERR), "after the data");
        return data;
    }

    /** Writes blocks as long as the drive asks for them; returns the final status. */
    int writePio(int command, int blockBytes, byte[] data) {
        out(Ata.COMMAND, command);
        for (int at = 0; at < data.length; at += blockBytes) {
            int status = settle();
            if ((status & (Ata.DRQ | Ata.ERR)) != Ata.DRQ) {
                return status;
            }
            for (int k = at; k < Math.min(at + blockBytes, data.length); k += 4) {
                int v = data[k] & 0xFF | (data[k + 1] & 0xFF) << 8 | (data[k + 2] & 0xFF) << 16 | data[k + 3] << 24;
                channel.commandBlock().write(0, 4, v);
            }
        }
        return settle();
    }

    /** Sends a packet and collects what comes back; returns null when the drive reports an error (status in {@link #in}). */
    byte[] packet(int byteLimit, int... bytes) {
        out(Ata.FEATURES, 0);
        out(Ata.LBA_MID, byteLimit & 0xFF);
        out(Ata.LBA_HIGH, byteLimit >> 8);
        out(Ata.COMMAND, Ata.PACKET);
        int status = settle();
        assertEquals(Ata.DRQ, status & (Ata.DRQ | Ata.ERR), "the drive asks for the packet");
        assertEquals(Ata.COD, in(Ata.SECTOR_COUNT) & 3, "interrupt reason: command");
        for (int k = 0; k < 12; k += 2) {
            int low = k < bytes.length ? bytes[k] : 0;
            int high = k + 1 < bytes.length ? bytes[k + 1] : 0;
            channel.commandBlock().write(0, 2, low & 0xFF | (high & 0xFF) << 8);
        }
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        for (status = settle(); (status & Ata.DRQ) != 0; status = settle()) {
            assertEquals(Ata.IO, in(Ata.SECTOR_COUNT) & 3, "interrupt reason: data to the host");
            int count = in(Ata.LBA_HIGH) << 8 | in(Ata.LBA_MID);
            for (int k = 0; k < count; k += 2) {
                int v = channel.commandBlock().read(0, 2);
                got.write(v);
                if (k + 1 < count) {
                    got.write(v >> 8);
                }
            }
        }
        assertEquals(Ata.IO | Ata.COD, in(Ata.SECTOR_COUNT) & 3, "interrupt reason: status");
        return (status & Ata.ERR) != 0 ? null : got.toByteArray();
    }
}
