package org.terrarium.vm.device.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

class PciBusTest {
    private final List<String> moves = new ArrayList<>();
    private final List<Boolean> pin = new ArrayList<>();
    private final PciConfig config = PciConfig.of(0x1234, 0x1111, 0x030000)
            .revision(2)
            .subsystem(0x1AF4, 0x1100)
            .interrupt(1, pin::add)
            .memoryBar(0, 16 << 20, true, (base, on) -> moves.add("lfb " + Long.toHexString(base) + " " + on))
            .memoryBar64(2, 1L << 32, false, (base, on) -> moves.add("wide " + Long.toHexString(base) + " " + on))
            .ioBar(4, 32, (base, on) -> moves.add("io " + Long.toHexString(base) + " " + on))
            .expansionRom(0x10000, (base, on) -> moves.add("rom " + Long.toHexString(base) + " " + on))
            .capability(PciConfig.CAPABILITY_POWER, new byte[] {2, 0, 0, 0, 0, 0}, new byte[] {0, 0, 3, 0, 0, 0})
            .capability(PciConfig.CAPABILITY_MSI, new byte[12], new byte[12])
            .build();
    private final PciBus bus = new PciBus("pci");

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> {
                    PciBus b = new PciBus("pci");
                    b.attach(0, 0, PciBusTest::plain);
                    return b;
                })
                .change(b -> b.ports().write(0, 4, 0x8000_0004))
                .ports(PciBus::ports, PciBus.PORTS)
                .outside(b -> b.interruptLine(3, 1).set(true))
                .outside(b -> b.interruptLine(3, 1).set(false))
                .keepsOverReset("interrupt wires are driven by the functions, which release them by their own reset")
                .verify();
    }

    private static PciConfig plain() {
        return PciConfig.of(0x8086, 0x1237, 0x060000).build();
    }

    private int read(int slot, int function, int register, int lane, int size) {
        bus.ports().write(0, 4, 0x8000_0000 | slot << 11 | function << 8 | register);
        return bus.ports().read(4 + lane, size);
    }

    @Test
    void answersConfigurationMechanismOne() {
        bus.attach(2, 0, () -> config);
        assertEquals(0x1111_1234, read(2, 0, 0, 0, 4));
        assertEquals(0x1111, read(2, 0, 0, 2, 2));
        assertEquals(0x11, read(2, 0, 0, 3, 1));
        assertEquals(0x0300_0002, read(2, 0, 8, 0, 4));
        assertEquals(-1, read(3, 0, 0, 0, 4), "nobody in slot 3");
        assertEquals(0xFFFF, read(2, 1, 0, 0, 2), "no function 1");
        bus.ports().write(0, 4, 0x8001_1000);
        assertEquals(-1, bus.ports().read(4, 4), "no bus 1");
        bus.ports().write(0, 4, 0x0000_1000);
        assertEquals(-1, bus.ports().read(4, 4), "mechanism switched off");
        bus.ports().write(0, 1, 0x80);
        assertEquals(0x0000_1000, bus.ports().read(0, 4), "the address takes doublewords only");
        assertEquals(0xFF, bus.ports().read(3, 1));
    }

    @Test
    void sizesAndMovesItsRanges() {
        config.write(0x10, 4, -1);
        assertEquals(0xFF00_0008, config.read(0x10, 4), "16 MiB, prefetchable");
        config.write(0x18, 4, -1);
        config.write(0x1C, 4, -1);
        assertEquals(4, config.read(0x18, 4), "64-bit");
        assertEquals(-1, config.read(0x1C, 4), "4 GiB");
        config.write(0x20, 4, -1);
        assertEquals(0xFFFF_FFE1, config.read(0x20, 4), "32 ports");
        config.write(0x30, 4, 0xFFFF_FFFE);
        assertEquals(0xFFFF_0000, config.read(0x30, 4), "64 KiB ROM");
        config.write(0x24, 4, -1);
        assertEquals(0, config.read(0x24, 4), "no such range");
        config.write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MEMORY | PciConfig.COMMAND_IO);
        assertEquals(List.of(), moves, "addresses of all ones are not decoded");
        config.write(0x10, 4, 0xE0AB_CDEF);
        config.write(0x20, 4, 0xC000);
        config.write(0x18, 4, 0);
        config.write(0x1C, 4, 8);
        config.write(0x30, 4, 0xF000_0000);
        config.write(0x30, 4, 0xF000_0001);
        assertEquals(List.of("lfb e0000000 true", "io c000 true", "wide 800000000 true", "rom f0000000 true"), moves);
        moves.clear();
        config.write(PciConfig.COMMAND, 2, PciConfig.COMMAND_IO);
        assertEquals(List.of("lfb 0 false", "wide 0 false", "rom 0 false"), moves);
        moves.clear();
        config.write(0x20, 4, 0xD000);
        assertEquals(List.of("io d000 true"), moves, "moved while enabled");
        PciConfigState state = config.save();
        config.reset();
        assertEquals(0, config.read(PciConfig.COMMAND, 2));
        moves.clear();
        config.restore(state);
        assertEquals(List.of("io d000 true"), moves);
    }

    @Test
    void readOnlyAndClearableBits() {
        config.write(0, 4, 0);
        assertEquals(0x1111_1234, config.read(0, 4));
        config.write(0x2C, 4, 0);
        assertEquals(0x1100_1AF4, config.read(0x2C, 4));
        config.write(PciConfig.INTERRUPT_LINE, 1, 11);
        config.write(PciConfig.INTERRUPT_PIN, 1, 3);
        assertEquals(0x010B, config.read(PciConfig.INTERRUPT_LINE, 2));
        config.set(PciConfig.STATUS, 2, 0x2010);
        config.write(PciConfig.STATUS, 2, 0x2010);
        assertEquals(0x0010, config.read(PciConfig.STATUS, 2), "master abort is cleared, capabilities stay");
    }

    @Test
    void listsItsCapabilities() {
        assertEquals(PciConfig.STATUS_CAPABILITIES, config.read(PciConfig.STATUS, 2) & PciConfig.STATUS_CAPABILITIES);
        int power = config.read(PciConfig.CAPABILITIES_POINTER, 1);
        assertEquals(PciConfig.CAPABILITY_POWER, config.read(power, 1));
        int msi = config.read(power + 1, 1);
        assertEquals(PciConfig.CAPABILITY_MSI, config.read(msi, 1));
        assertEquals(0, config.read(msi + 1, 1));
        assertEquals(msi, config.capability(PciConfig.CAPABILITY_MSI));
        config.write(power + 4, 1, 0xFF);
        assertEquals(3, config.read(power + 4, 1), "power state");
    }

    @Test
    void interruptPinObeysTheCommandRegister() {
        config.setInterrupt(true);
        assertEquals(PciConfig.STATUS_INTERRUPT, config.read(PciConfig.STATUS, 2) & PciConfig.STATUS_INTERRUPT);
        config.write(PciConfig.COMMAND, 2, PciConfig.COMMAND_INTX_DISABLE);
        config.write(PciConfig.COMMAND, 2, 0);
        config.setInterrupt(false);
        assertEquals(List.of(true, false, true, false), pin);
    }

    @Test
    void pinsRotateOverThePirqs() {
        List<String> log = new ArrayList<>();
        bus.connect((index, high) -> log.add(index + (high ? "+" : "-")));
        log.clear();
        IrqLine slot3a = bus.interruptLine(3, 1);
        IrqLine slot7a = bus.interruptLine(7, 1);
        IrqLine slot1d = bus.interruptLine(1, 4);
        slot3a.set(true);
        slot7a.set(true);
        slot3a.set(false);
        assertEquals(List.of("2+"), log, "both pull PIRQC#");
        slot7a.set(false);
        slot1d.set(true);
        assertEquals(List.of("2+", "2-", "3+"), log);
        assertEquals(0, PciBus.pirqOf(1, 1));
        assertEquals(0, PciBus.pirqOf(2, 4));
    }

    @Test
    void everyFunctionOfASlotIsFound() {
        PciConfig other = plain();
        bus.attach(1, 0, () -> config);
        bus.attach(1, 3, () -> other);
        assertEquals(0x1237_8086, read(1, 3, 0, 0, 4));
        assertTrue(bus.function(1, 3).config() == other);
        PortDevice p = bus.ports();
        p.write(0, 4, 0x8000_0B3C);
        p.write(4, 1, 9);
        assertFalse(p.read(4, 1) == 9, "interrupt line of a function without a pin is read-only");
    }
}
