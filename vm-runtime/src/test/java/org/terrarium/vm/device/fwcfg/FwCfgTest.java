package org.terrarium.vm.device.fwcfg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.TestMemory;

class FwCfgTest {
    private final TestMemory memory = new TestMemory(0x10000);
    private final FwCfg cfg = new FwCfg("fwcfg", memory);

    private byte[] read(int key, int n) {
        cfg.ports().write(0, 2, key);
        byte[] b = new byte[n];
        for (int k = 0; k < n; k++) {
            b[k] = (byte) cfg.ports().read(1, 1);
        }
        return b;
    }

    private static byte[] ascii(String s) {
        return s.getBytes(StandardCharsets.US_ASCII);
    }

    /** Places a request at 1000h and starts it; returns the control word afterwards. */
    private int dma(int control, int length, long address) {
        ByteBuffer.wrap(memory.bytes, 0x1000, 16).putInt(control).putInt(length).putLong(address);
        cfg.ports().write(4, 4, 0);
        cfg.ports().write(8, 4, Integer.reverseBytes(0x1000));
        return ByteBuffer.wrap(memory.bytes, 0x1000, 4).getInt();
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<FwCfg, FwCfgState>of(queue -> new FwCfg("fwcfg", new TestMemory(0x10000)))
                .change(f -> f.ports().write(0, 2, 0x19))
                .ports(FwCfg::ports, FwCfg.PORTS)
                .verify();
    }

    @Test
    void namesItself() {
        assertArrayEquals(ascii("QEMU"), read(0, 4));
        assertArrayEquals(new byte[] {3, 0, 0, 0, 0, 0}, read(1, 6), "traditional and DMA; zeros after the end");
        assertArrayEquals(ascii("QE"), Arrays.copyOf(read(0, 2), 2), "selecting starts over");
        assertEquals(0x554D4551, cfg.ports().read(4, 4));
        assertEquals(0x47464320, cfg.ports().read(8, 4));
    }

    @Test
    void numbersAreLittleEndian() {
        cfg.put64(FwCfg.KEY_RAM_SIZE, 0x1_2345_6789L);
        assertArrayEquals(new byte[] {(byte) 0x89, 0x67, 0x45, 0x23, 1, 0, 0, 0}, read(3, 8));
        cfg.put16(FwCfg.KEY_NB_CPUS, 2);
        assertArrayEquals(new byte[] {2, 0}, read(5, 2));
    }

    @Test
    void filesStandInTheDirectoryByName() {
        cfg.putFile("etc/z", ascii("last"));
        cfg.putFile("bootorder", ascii("first"));
        ByteBuffer dir = ByteBuffer.wrap(read(0x19, 4 + 2 * 64));
        assertEquals(2, dir.getInt());
        assertEquals(5, dir.getInt());
        assertEquals(0x20, dir.getShort());
        dir.getShort();
        byte[] name = new byte[56];
        dir.get(name);
        assertArrayEquals(Arrays.copyOf(ascii("bootorder"), 56), name);
        assertEquals(4, dir.getInt());
        assertEquals(0x21, dir.getShort());
        assertArrayEquals(ascii("first"), read(0x20, 5));
        assertArrayEquals(ascii("last"), read(0x21, 4));
    }

    @Test
    void memoryMapAndBootOrder() {
        cfg.e820(List.of(new E820Entry(0, 0x9F000, E820Entry.RAM), new E820Entry(0xFFFC0000L, 0x40000, 2)));
        byte[] e820 = read(0x20, 40);
        assertEquals(
                0x9F000, ByteBuffer.wrap(e820).order(ByteOrder.LITTLE_ENDIAN).getLong(8));
        assertEquals(2, e820[36]);
        cfg.bootOrder(List.of("/a", "/b"));
        assertArrayEquals(ascii("/a\n/b\0"), read(0x20, 6));
    }

    @Test
    void dmaSelectsReadsAndSkips() {
        cfg.putFile("f", ascii("abcdefgh"));
        assertEquals(0, dma(0x20 << 16 | 0x08 | 0x02, 3, 0x2000));
        assertArrayEquals(ascii("abc"), Arrays.copyOfRange(memory.bytes, 0x2000, 0x2003));
        assertEquals(0, dma(0x04, 2, 0));
        memory.bytes[0x2003] = 7;
        assertEquals(0, dma(0x02, 8, 0x2000));
        assertArrayEquals(ascii("fgh\0\0\0\0\0"), Arrays.copyOfRange(memory.bytes, 0x2000, 0x2008));
        assertEquals(1, dma(0x10, 4, 0x2000), "writing is refused");
        assertEquals(0, dma(0x02, -1, 0x2000), "4 GiB of nothing");
        assertEquals(0, dma(0x20 << 16 | 0x0A, 4, 0x7FFF_FFFF_FFFFL), "outside of memory");
    }
}
