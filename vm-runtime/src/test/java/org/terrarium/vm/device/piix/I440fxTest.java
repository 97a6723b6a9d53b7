package org.terrarium.vm.device.piix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.x86.mem.PhysicalMemory;

class I440fxTest {
    private static final int KIB = 1024;

    private final PhysicalMemory memory = new PhysicalMemory(2048 * KIB);
    private final MemoryBus map = new MemoryBus(memory);
    private final MemoryBlock shadow = new MemoryBlock(memory, 768 * KIB, 256 * KIB);
    private final MemoryBlock rom = new MemoryBlock(memory, 1024 * KIB, 128 * KIB);
    private final I440fx bridge;

    I440fxTest() {
        map.ram(0, 0, new MemoryBlock(memory, 0, 1024 * KIB));
        rom.bytes().fill((byte) 0x52);
        shadow.bytes().fill((byte) 0xAA);
        bridge = new I440fx("i440fx", map, shadow, rom, 256);
    }

    private int read(long pa) {
        byte[] b = new byte[1];
        memory.read(pa, b, 0, 1);
        return b[0] & 0xFF;
    }

    /** A processor write to a page that is not writable RAM. */
    private void write(long pa, int value) {
        map.write(pa, 1, value);
    }

    private int shadowByte(int pa) {
        return shadow.bytes().get(ValueLayout.JAVA_BYTE, pa - 0xC0000) & 0xFF;
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> new I440fx("i440fx", map, shadow, rom, 256))
                .change(d -> d.config().write(I440fx.PAM0, 1, 0x30))
                .ports(d -> PciPorts.of(d), 256)
                .verify();
    }

    @Test
    void isAnI440fx() {
        assertEquals(0x1237_8086, bridge.config().read(0, 4));
        assertEquals(0x0600_0002, bridge.config().read(8, 4));
        assertEquals(256 / 8, bridge.config().read(I440fx.DRB0 + 7, 1), "row boundary in units of 8 MiB");
        bridge.config().write(4, 2, 0);
        assertEquals(6, bridge.config().read(4, 2), "memory and bus master are always on");
    }

    @Test
    void romIsSeenUntilTheShadowIsSwitchedOn() {
        assertEquals(0x52, read(0xFFFF0));
        assertEquals(0x52, read(0xE0000));
        assertEquals(0xFF, read(0xC0000), "nobody behind the video BIOS area");
        bridge.config().write(I440fx.PAM0, 1, 0x10);
        assertEquals(0xAA, read(0xFFFF0), "F segment reads RAM");
        assertEquals(0x52, read(0xEFFFF), "E segment does not");
        bridge.config().write(I440fx.PAM0 + 6, 1, 0x30);
        assertEquals(0xAA, read(0xEC000));
        assertEquals(0x52, read(0xE8000));
        bridge.config().write(I440fx.PAM0 + 1, 1, 0x01);
        assertEquals(0xAA, read(0xC3FFF));
        assertEquals(0xFF, read(0xC4000));
        bridge.reset();
        assertEquals(0x52, read(0xFFFF0));
    }

    @Test
    void writesReachTheShadowWhenEnabledAlone() {
        write(0xF1234, 0x11);
        assertEquals(0xAA, shadowByte(0xF1234), "write to ROM is lost");
        bridge.config().write(I440fx.PAM0, 1, 0x20);
        write(0xF1234, 0x22);
        assertEquals(0x22, shadowByte(0xF1234));
        assertEquals(0x52, read(0xF1234), "reads still see the ROM");
        bridge.config().write(I440fx.PAM0 + 1, 1, 0x20);
        write(0xC4001, 0x33);
        assertEquals(0x33, shadowByte(0xC4001));
        assertEquals(0xFF, read(0xC4001));
        bridge.config().write(I440fx.PAM0, 1, 0x10);
        write(0xF1234, 0x44);
        assertEquals(0x22, read(0xF1234), "read-only shadow");
        byte[] dma = {0x55};
        memory.write(0xF1234, dma, 0, 1);
        assertEquals(0x22, read(0xF1234));
        bridge.config().write(I440fx.PAM0, 1, 0x30);
        memory.write(0xF1234, dma, 0, 1);
        assertEquals(0x55, read(0xF1234));
    }
}
