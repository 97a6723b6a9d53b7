package org.terrarium.vm.device.piix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.device.pci.PciBus;

class Piix3Test {
    private final boolean[] level = new boolean[24];
    private final List<String> resets = new ArrayList<>();
    private final IrqWires wires = new IrqWires("irq", outputs());
    private final Piix3 bridge = new Piix3("piix3", wires, hard -> resets.add(hard ? "hard" : "soft"));
    private final PciBus bus = new PciBus("pci");

    Piix3Test() {
        bus.connect(bridge);
    }

    private List<IrqLine> outputs() {
        List<IrqLine> lines = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            int wire = n;
            lines.add(high -> level[wire] = high);
        }
        return lines;
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> new Piix3("piix3", new IrqWires("irq", outputs()), hard -> {}))
                .change(d -> d.config().write(Piix3.PIRQRCA, 1, 0x0B))
                .ports(d -> PciPorts.of(d), 256)
                .ports(Piix3::resetControl, 1)
                .outside(d -> d.pirq(1, true))
                .outside(d -> d.pirq(1, false))
                .keepsOverReset("the levels of the PIRQ wires come from outside")
                .verify();
        Map<IrqWires, IrqLine> driver = new IdentityHashMap<>();
        DeviceContract.of(timers -> {
                    IrqWires w = new IrqWires("irq", outputs());
                    driver.put(w, w.driver(3));
                    return w;
                })
                .change(w -> driver.get(w).set(true))
                .outside(w -> driver.get(w).set(false))
                .outside(w -> driver.get(w).set(true))
                .verify();
    }

    @Test
    void routesPciInterrupts() {
        IrqLine slot2 = bus.interruptLine(2, 1); // PIRQB#
        slot2.set(true);
        assertTrue(level[17], "the I/O APIC's input is always wired");
        for (int n = 0; n < 16; n++) {
            assertFalse(level[n], "not routed to ISA interrupt " + n);
        }
        bridge.config().write(Piix3.PIRQRCA + 1, 1, 11);
        assertTrue(level[11], "routed while asserted");
        bridge.config().write(Piix3.PIRQRCA + 1, 1, 10);
        assertFalse(level[11]);
        assertTrue(level[10]);
        bridge.config().write(Piix3.PIRQRCA, 4, 0x0A0A_0A0A);
        IrqLine slot3 = bus.interruptLine(3, 1);
        slot3.set(true);
        slot2.set(false);
        assertTrue(level[10], "shared by two PIRQs");
        assertFalse(level[17]);
        assertTrue(level[18]);
        slot3.set(false);
        assertFalse(level[10]);
        bridge.config().write(Piix3.PIRQRCA + 1, 1, 2);
        slot2.set(true);
        assertFalse(level[2], "interrupt 2 cannot be used");
    }

    @Test
    void resetsOnARisingRcpuBit() {
        bridge.resetControl().write(0, 1, 0x02);
        assertEquals(List.of(), resets);
        assertEquals(2, bridge.resetControl().read(0, 1));
        bridge.resetControl().write(0, 1, 0x06);
        assertEquals(List.of("hard"), resets);
        bridge.resetControl().write(0, 1, 0x00);
        bridge.resetControl().write(0, 1, 0x04);
        assertEquals(List.of("hard", "soft"), resets);
    }

    @Test
    void isAMultifunctionIsaBridge() {
        assertEquals(0x7000_8086, bridge.config().read(0, 4));
        assertEquals(0x0601_0000, bridge.config().read(8, 4));
        assertEquals(0x80, bridge.config().read(0x0E, 1));
        assertEquals(0x8080_8080, bridge.config().read(Piix3.PIRQRCA, 4));
    }
}
