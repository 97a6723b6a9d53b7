package org.terrarium.vm.device.dma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.device.dma.DmaChannel.Direction.DEVICE_TO_MEMORY;
import static org.terrarium.vm.device.dma.DmaChannel.Direction.MEMORY_TO_DEVICE;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.TestMemory;

class DmaTest {
    private final TestMemory memory = new TestMemory(1 << 24);
    private final Dma dma = new Dma("dma", memory);

    /** Programs a channel as a driver does. */
    private void program(int channel, int mode, int page, int address, int count) {
        boolean word = channel >= 4;
        var c = word ? dma.wordController() : dma.byteController();
        int shift = word ? 1 : 0;
        int n = channel & 3;
        c.write(0xA << shift, 1, 4 | n);
        c.write(0xC << shift, 1, 0);
        c.write(0xB << shift, 1, mode & ~3 | n);
        c.write(n * 2 << shift, 1, address & 0xFF);
        c.write(n * 2 << shift, 1, address >> 8);
        c.write(n * 2 + 1 << shift, 1, count & 0xFF);
        c.write(n * 2 + 1 << shift, 1, count >> 8);
        int[] pageOffset = {7, 3, 1, 2, 0xF, 0xB, 9, 0xA};
        dma.pageRegisters().write(pageOffset[channel], 1, page);
        c.write(0xA << shift, 1, n);
    }

    private static byte[] numbered(int n) {
        byte[] b = new byte[n];
        for (int k = 0; k < n; k++) {
            b[k] = (byte) (k + 1);
        }
        return b;
    }

    @Test
    void keepsTheDeviceContract() {
        TestMemory shared = new TestMemory(1 << 24);
        byte[] buffer = new byte[64];
        DeviceContract.<Dma, DmaState>of(queue -> new Dma("dma", shared))
                .change(d -> d.pageRegisters().write(1, 1, 0x12))
                .ports(Dma::byteController, 16)
                .ports(Dma::wordController, 32)
                .ports(Dma::pageRegisters, 16)
                .outside(d -> d.channel(2).transfer(DEVICE_TO_MEMORY, buffer, 0, 64))
                .outside(d -> d.channel(5).transfer(MEMORY_TO_DEVICE, buffer, 0, 64))
                .verify();
    }

    @Test
    void aFloppySectorGoesToMemory() {
        program(2, 0x46, 0x12, 0x3400, 511);
        byte[] sector = numbered(512);
        DmaChannel c = dma.channel(2);
        assertTrue(c.ready());
        assertEquals(200, c.transfer(DEVICE_TO_MEMORY, sector, 0, 200));
        assertFalse(c.terminalCount());
        assertEquals(312, c.transfer(DEVICE_TO_MEMORY, sector, 200, 400), "no more than the count allows");
        assertTrue(c.terminalCount());
        assertArrayEquals(sector, Arrays.copyOfRange(memory.bytes, 0x123400, 0x123600));
        assertEquals(0, memory.bytes[0x123600]);
        assertFalse(c.ready(), "terminal count masks the channel");
        assertEquals(0x04, dma.byteController().read(8, 1), "status TC of channel 2");
        assertEquals(0, dma.byteController().read(8, 1), "cleared by reading");
        dma.byteController().write(0xC, 1, 0);
        assertEquals(0x00, dma.byteController().read(4, 1));
        assertEquals(0x36, dma.byteController().read(4, 1));
        assertEquals(
                0xFFFF, dma.byteController().read(5, 1) | dma.byteController().read(5, 1) << 8);
    }

    @Test
    void memoryGoesToTheDevice() {
        System.arraycopy(numbered(16), 0, memory.bytes, 0xFF_0010, 16);
        program(3, 0x4A, 0xFF, 0x0010, 15);
        byte[] got = new byte[16];
        assertEquals(16, dma.channel(3).transfer(MEMORY_TO_DEVICE, got, 0, 16));
        assertArrayEquals(numbered(16), got);
    }

    @Test
    void addressesWrapInsideTheirPage() {
        program(1, 0x46, 0x02, 0xFFFE, 3);
        dma.channel(1).transfer(DEVICE_TO_MEMORY, numbered(4), 0, 4);
        assertEquals(1, memory.bytes[0x2FFFE]);
        assertEquals(2, memory.bytes[0x2FFFF]);
        assertEquals(3, memory.bytes[0x20000]);
        assertEquals(4, memory.bytes[0x20001]);
    }

    @Test
    void decrementRunsBackwards() {
        program(1, 0x66, 0x02, 0x0001, 2);
        dma.channel(1).transfer(DEVICE_TO_MEMORY, numbered(3), 0, 3);
        assertEquals(1, memory.bytes[0x20001]);
        assertEquals(2, memory.bytes[0x20000]);
        assertEquals(3, memory.bytes[0x2FFFF]);
    }

    @Test
    void autoinitializeStartsOver() {
        program(1, 0x56, 0x01, 0x0000, 3);
        DmaChannel c = dma.channel(1);
        assertEquals(4, c.transfer(DEVICE_TO_MEMORY, numbered(10), 0, 10));
        assertTrue(c.terminalCount());
        assertTrue(c.ready());
        assertEquals(4, c.transfer(DEVICE_TO_MEMORY, new byte[] {9, 9, 9, 9}, 0, 4));
        assertEquals(9, memory.bytes[0x10000]);
    }

    @Test
    void wordChannelsCountWords() {
        program(5, 0x46, 0x13, 0x8000, 3);
        DmaChannel c = dma.channel(5);
        assertEquals(8, c.transfer(DEVICE_TO_MEMORY, numbered(20), 0, 20));
        assertTrue(c.terminalCount());
        assertArrayEquals(numbered(8), Arrays.copyOfRange(memory.bytes, 0x130000, 0x130008));
    }

    @Test
    void verifyAndWrongDirectionLeaveMemoryAlone() {
        program(2, 0x42, 0x01, 0, 3);
        assertEquals(4, dma.channel(2).transfer(DEVICE_TO_MEMORY, numbered(4), 0, 4));
        assertTrue(dma.channel(2).terminalCount());
        assertEquals(0, memory.bytes[0x10000]);
        program(2, 0x4A, 0x01, 0, 3);
        assertEquals(4, dma.channel(2).transfer(DEVICE_TO_MEMORY, numbered(4), 0, 4));
        assertEquals(0, memory.bytes[0x10000]);
    }

    @Test
    void disabledMaskedAndCascadeChannelsDoNothing() {
        byte[] b = new byte[4];
        program(2, 0x46, 0, 0, 3);
        dma.byteController().write(8, 1, 4);
        assertEquals(0, dma.channel(2).transfer(DEVICE_TO_MEMORY, b, 0, 4));
        dma.byteController().write(8, 1, 0);
        dma.byteController().write(0xF, 1, 0x0F);
        assertEquals(0, dma.channel(2).transfer(DEVICE_TO_MEMORY, b, 0, 4));
        dma.byteController().write(0xE, 1, 0);
        dma.byteController().write(0xB, 1, 0xC2);
        assertEquals(0, dma.channel(2).transfer(DEVICE_TO_MEMORY, b, 0, 4));
        dma.byteController().write(0xD, 1, 0);
        assertEquals(0xFF, dma.byteController().read(0xF, 1), "master clear masks all");
    }

    @Test
    void requestsShowInTheStatus() {
        dma.channel(1).request(true);
        assertEquals(0x20, dma.byteController().read(8, 1));
        dma.channel(1).request(false);
        dma.wordController().write(0x12, 1, 0x06);
        assertEquals(0x40, dma.wordController().read(0x10, 1));
    }
}
