package org.terrarium.vm.device.floppy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.device.dma.Dma;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;
import org.terrarium.vm.time.TimerQueue;

class FloppyTest {
    private static final int BUFFER = 0x8000;
    private static final int READ = 0xE6;
    private static final int WRITE = 0xC5;
    private static final int FORMAT = 0x4D;
    private static final int VERIFY = 0xF6;

    private long now = 1_000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final byte[] ram = new byte[0x20000];
    private final DmaMemory memory = new DmaMemory() {
        @Override
        public void read(long pa, byte[] dst, int offset, int length) {
            System.arraycopy(ram, (int) pa, dst, offset, length);
        }

        @Override
        public void write(long pa, byte[] src, int offset, int length) {
            System.arraycopy(src, offset, ram, (int) pa, length);
        }
    };
    private final Dma dma = new Dma("dma", memory);
    private boolean irq;
    private final FloppyController fdc = new FloppyController("floppy", timers, high -> irq = high, dma.channel(2), 2);
    private final MemoryDisk disk = MemoryDisk.patterned(1_474_560, false);

    private static DirectDiskAttachment attach(MemoryDisk d) {
        return new DirectDiskAttachment(d, false, e -> {}, n -> {});
    }

    @BeforeEach
    void switchOn() {
        fdc.insert(0, attach(disk));
        out(2, 0x1C);
        fdc.digitalInput().write(0, 1, 0);
        assertTrue(interrupt(), "a reset ends with an interrupt");
        for (int drive = 0; drive < 4; drive++) {
            assertArrayEquals(new int[] {0xC0 | drive, 0}, command(2, 0x08));
        }
        assertArrayEquals(new int[] {0x80}, command(1, 0x08), "nothing more to sense");
        command(0, 0x03, 0xDF, 0x02);
    }

    private int in(int port) {
        return fdc.registers().read(port, 1);
    }

    private void out(int port, int value) {
        fdc.registers().write(port, 1, value);
    }

    /** Lets time pass until the interrupt comes. */
    private boolean interrupt() {
        for (int k = 0; k < 2_000 && !irq; k++) {
            now += 50_000;
            timers.runDue(now);
        }
        return irq;
    }

    /** Sends a command and takes its results, waiting for the data to move in between. */
    private int[] command(int results, int... bytes) {
        for (int b : bytes) {
            assertEquals(0x80, in(4) & 0xC0, "the controller takes a byte");
            out(5, b);
        }
        for (int k = 0; k < 20_000 && (in(4) & 0x80) == 0; k++) {
            now += 50_000;
            timers.runDue(now);
        }
        int[] got = new int[results];
        for (int k = 0; k < results; k++) {
            assertEquals(0xC0, in(4) & 0xC0, "the controller gives a byte");
            got[k] = in(5);
        }
        assertEquals(0x80, in(4) & 0xD0, "ready for the next command");
        return got;
    }

    private void programDma(int mode, int bytes) {
        dma.byteController().write(0x0A, 1, 6);
        dma.byteController().write(0x0C, 1, 0);
        dma.byteController().write(0x0B, 1, mode);
        dma.byteController().write(0x04, 1, BUFFER & 0xFF);
        dma.byteController().write(0x04, 1, BUFFER >> 8);
        dma.byteController().write(0x05, 1, bytes - 1 & 0xFF);
        dma.byteController().write(0x05, 1, bytes - 1 >> 8);
        dma.pageRegisters().write(1, 1, 0);
        dma.byteController().write(0x0A, 1, 2);
    }

    private void seek(int drive, int cylinder) {
        out(5, 0x0F);
        out(5, drive);
        out(5, cylinder);
        assertEquals(1 << drive, in(4) & 0xF, "drive busy");
        assertTrue(interrupt());
        assertArrayEquals(new int[] {0x20 | drive, cylinder}, command(2, 0x08));
        assertFalse(irq);
    }

    private byte[] sectors(int first, int count) {
        return Arrays.copyOfRange(disk.bytes, first * 512, (first + count) * 512);
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(queue -> {
                    FloppyController c =
                            new FloppyController("floppy", queue, IrqLine.NONE, new Dma("dma", memory).channel(2), 2);
                    c.insert(0, attach(MemoryDisk.patterned(737_280, true)));
                    c.insert(1, attach(MemoryDisk.patterned(1_474_560, true)));
                    return c;
                })
                .change(c -> c.registers().write(2, 1, 0x1C))
                .ports(FloppyController::registers, FloppyController.PORTS)
                .ports(FloppyController::digitalInput, 1)
                .outside(c -> c.registers().write(2, 1, 0x3C))
                .keepsOverReset("heads stay where they are")
                .verify();
    }

    @Test
    void geometriesFollowTheImageSize() {
        assertEquals(new FloppyGeometry(40, 1, 8, 2), FloppyGeometry.forSize(163_840));
        assertEquals(new FloppyGeometry(40, 2, 9, 2), FloppyGeometry.forSize(368_640));
        assertEquals(new FloppyGeometry(80, 2, 9, 2), FloppyGeometry.forSize(737_280));
        assertEquals(new FloppyGeometry(80, 2, 15, 0), FloppyGeometry.forSize(1_228_800));
        assertEquals(new FloppyGeometry(80, 2, 18, 0), FloppyGeometry.forSize(1_474_560));
        assertEquals(new FloppyGeometry(80, 2, 36, 3), FloppyGeometry.forSize(2_949_120));
        assertEquals(new FloppyGeometry(80, 2, 18, 0), FloppyGeometry.forSize(1_300_000), "a cut image");
        assertNull(FloppyGeometry.forSize(3_000_000));
        assertThrows(IllegalArgumentException.class, () -> fdc.insert(1, attach(new MemoryDisk(3 << 20, true))));
    }

    @Test
    void readsThroughDmaUntilTerminalCount() {
        programDma(0x46, 5 * 512);
        // Cylinder 0, head 0, sector 16: runs over to head 1 in multi-track mode.
        int[] result = command(7, READ, 0, 0, 0, 16, 2, 18, 0x1B, 0xFF);
        assertArrayEquals(new int[] {0x04, 0, 0, 0, 1, 3, 2}, result, "next sector: head 1, sector 3");
        assertArrayEquals(sectors(15, 5), Arrays.copyOfRange(ram, BUFFER, BUFFER + 5 * 512));
    }

    @Test
    void aWholeCylinderEndsAtTheNextOne() {
        seek(0, 5);
        programDma(0x46, 36 * 512);
        int[] result = command(7, READ, 0, 5, 0, 1, 2, 18, 0x1B, 0xFF);
        assertArrayEquals(new int[] {0x00, 0, 0, 6, 0, 1, 2}, result);
        assertArrayEquals(sectors(5 * 36, 36), Arrays.copyOfRange(ram, BUFFER, BUFFER + 36 * 512));
    }

    @Test
    void writesAndProtects() {
        for (int k = 0; k < 1024; k++) {
            ram[BUFFER + k] = (byte) (k * 11);
        }
        programDma(0x4A, 1024);
        seek(0, 1);
        assertArrayEquals(new int[] {0, 0, 0, 1, 0, 5, 2}, command(7, WRITE, 0, 1, 0, 3, 2, 18, 0x1B, 0xFF));
        assertArrayEquals(Arrays.copyOfRange(ram, BUFFER, BUFFER + 1024), sectors(36 + 2, 2));

        fdc.insert(1, attach(MemoryDisk.patterned(1_474_560, true)));
        out(2, 0x2D);
        programDma(0x4A, 512);
        assertArrayEquals(new int[] {0x41, 2, 0, 0, 0, 1, 2}, command(7, WRITE, 1, 0, 0, 1, 2, 18, 0x1B, 0xFF));
        assertEquals(0x79, command(1, 0x04, 1)[0], "drive status: protected, track 0");
    }

    @Test
    void reportsWhatItCannotFind() {
        programDma(0x46, 512);
        assertArrayEquals(
                new int[] {0x40, 4, 0x10, 3, 0, 1, 2}, command(7, READ, 0, 3, 0, 1, 2, 18, 0x1B, 0xFF), "wrong track");
        assertArrayEquals(new int[] {0x40, 4, 0, 0, 0, 19, 2}, command(7, READ, 0, 0, 0, 19, 2, 20, 0x1B, 0xFF));
        fdc.digitalInput().write(0, 1, 2);
        assertArrayEquals(
                new int[] {0x40, 1, 0, 0, 0, 1, 2}, command(7, READ, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF), "wrong data rate");
        assertEquals(0x41, command(7, 0x4A, 0)[0] | 1, "no identification at that rate");
        fdc.digitalInput().write(0, 1, 0);
        fdc.remove(0);
        assertArrayEquals(new int[] {0x40, 1, 0, 0, 0, 1, 2}, command(7, READ, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF));
    }

    @Test
    void endsWithoutTerminalCountAtTheLastSector() {
        programDma(0x46, 8 * 512);
        assertArrayEquals(
                new int[] {0x40, 0x80, 0, 1, 0, 1, 2}, command(7, 0x46, 0, 0, 0, 17, 2, 18, 0x1B, 0xFF), "no MT");
    }

    @Test
    void formatsATrack() {
        for (int s = 0; s < 18; s++) {
            ram[BUFFER + 4 * s] = 2;
            ram[BUFFER + 4 * s + 1] = 1;
            ram[BUFFER + 4 * s + 2] = (byte) (s + 1);
            ram[BUFFER + 4 * s + 3] = 2;
        }
        seek(0, 2);
        programDma(0x4A, 18 * 4);
        assertEquals(0x04, command(7, FORMAT, 4, 2, 18, 0x54, 0xF6)[0]);
        byte[] expected = new byte[18 * 512];
        Arrays.fill(expected, (byte) 0xF6);
        assertArrayEquals(expected, sectors((2 * 2 + 1) * 18, 18));
        assertFalse(Arrays.equals(new byte[512], sectors(2 * 36, 1)), "the other side is untouched");
    }

    @Test
    void verifiesWithoutData() {
        assertArrayEquals(new int[] {0x00, 0, 0, 1, 0, 1, 2}, command(7, VERIFY & 0x7F, 0, 0, 0, 1, 2, 18, 0x1B, 0));
    }

    @Test
    void readsByProgrammedIo() {
        command(0, 0x03, 0xDF, 0x03);
        int[] bytes = {0x66, 0, 0, 0, 17, 2, 18, 0x1B, 0xFF};
        for (int b : bytes) {
            out(5, b);
        }
        byte[] got = new byte[1024];
        for (int k = 0; k < got.length; k++) {
            if (k % 512 == 0) {
                assertTrue(interrupt());
                assertEquals(0xF0, in(4), "data for the host, not by DMA");
            }
            got[k] = (byte) in(5);
        }
        assertArrayEquals(sectors(16, 2), got);
        assertTrue(interrupt());
        assertEquals(0x40, in(5), "the end of the track ends it, as there is no terminal count");
        assertEquals(0x80, in(5));
    }

    @Test
    void writesByProgrammedIo() {
        command(0, 0x03, 0xDF, 0x03);
        int[] bytes = {0x45, 0, 0, 0, 18, 2, 18, 0x1B, 0xFF};
        for (int b : bytes) {
            out(5, b);
        }
        assertTrue(interrupt());
        assertEquals(0xB0, in(4), "data from the host");
        for (int k = 0; k < 512; k++) {
            out(5, 0x99);
        }
        assertTrue(interrupt());
        byte[] expected = new byte[512];
        Arrays.fill(expected, (byte) 0x99);
        assertArrayEquals(expected, sectors(17, 1));
    }

    @Test
    void theChangeLineFollowsTheDisk() {
        assertEquals(0x80, fdc.digitalInput().read(0, 1), "set until the head has stepped");
        seek(0, 1);
        assertEquals(0, fdc.digitalInput().read(0, 1));
        fdc.remove(0);
        assertEquals(0x80, fdc.digitalInput().read(0, 1));
        seek(0, 2);
        assertEquals(0x80, fdc.digitalInput().read(0, 1), "no disk");
        fdc.insert(0, attach(MemoryDisk.patterned(737_280, false)));
        seek(0, 2);
        assertEquals(0x80, fdc.digitalInput().read(0, 1), "no step pulse");
        out(5, 0x07);
        out(5, 0);
        assertTrue(interrupt());
        assertArrayEquals(new int[] {0x20, 0}, command(2, 0x08));
        assertEquals(0, fdc.digitalInput().read(0, 1));
        fdc.digitalInput().write(0, 1, 2);
        assertEquals(0, command(7, 0x4A, 0)[0], "the new disk is 720 KB");
    }

    @Test
    void anAbsentDriveNeverReachesTrackZero() {
        out(5, 0x07);
        out(5, 2);
        assertTrue(interrupt());
        assertArrayEquals(new int[] {0x72, 0}, command(2, 0x08));
    }

    @Test
    void describesItself() {
        assertArrayEquals(new int[] {0x90}, command(1, 0x10));
        assertArrayEquals(new int[] {0x80}, command(1, 0x1F), "an invalid command");
        command(0, 0x13, 0, 0x57, 3);
        assertArrayEquals(new int[] {0x10}, command(1, 0x94), "locked");
        command(0, 0x12, 0x84);
        int[] dump = command(10, 0x0E);
        assertEquals(0xDF, dump[4]);
        assertEquals(0x02, dump[5]);
        assertEquals(0x84, dump[7], "locked, drive 0 perpendicular");
        assertEquals(0x57, dump[8]);
        assertEquals(3, dump[9]);
        out(4, 0x80); // software reset
        now += 200_000;
        timers.runDue(now);
        assertEquals(0x57, command(10, 0x0E)[8], "CONFIGURE survives when locked");
    }

    @Test
    void impliedSeek() {
        command(0, 0x13, 0, 0x57, 0);
        programDma(0x46, 512);
        assertArrayEquals(new int[] {0, 0, 0, 40, 0, 2, 2}, command(7, READ, 0, 40, 0, 1, 2, 18, 0x1B, 0xFF));
        assertArrayEquals(sectors(40 * 36, 1), Arrays.copyOfRange(ram, BUFFER, BUFFER + 512));
    }

    @Test
    void aMaskedChannelIsAnOverrun() {
        dma.byteController().write(0x0A, 1, 6);
        assertEquals(0x10, command(7, READ, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF)[1]);
    }

    @Test
    void interruptsAreGated() {
        out(2, 0x14); // DMA gate off
        out(5, 0x0F);
        out(5, 0);
        out(5, 3);
        now += 1_000_000;
        timers.runDue(now);
        assertFalse(irq);
        out(2, 0x1C);
        assertTrue(irq);
    }
}
