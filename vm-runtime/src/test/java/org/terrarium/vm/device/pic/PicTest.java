package org.terrarium.vm.device.pic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

class PicTest {
    private boolean intr;
    private Pic pic;
    private PortDevice master;
    private PortDevice slave;

    @BeforeEach
    void initialize() {
        pic = new Pic("pic", high -> intr = high);
        master = pic.masterPorts();
        slave = pic.slavePorts();
        init(0x11, 0x01, 0x01);
    }

    /** The PC's usual initialization: vectors 20h and 28h, all inputs unmasked. */
    private void init(int icw1, int masterIcw4, int slaveIcw4) {
        master.write(0, 1, icw1);
        master.write(1, 1, 0x20);
        master.write(1, 1, 0x04);
        master.write(1, 1, masterIcw4);
        slave.write(0, 1, icw1);
        slave.write(1, 1, 0x28);
        slave.write(1, 1, 0x02);
        slave.write(1, 1, slaveIcw4);
    }

    private int irr(PortDevice chip) {
        chip.write(0, 1, 0x0A);
        return chip.read(0, 1);
    }

    private int isr(PortDevice chip) {
        chip.write(0, 1, 0x0B);
        return chip.read(0, 1);
    }

    private void raise(int irq) {
        pic.input(irq).pulse();
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Pic, PicState>of(timers -> new Pic("pic", IrqLine.NONE))
                .change(p -> p.masterPorts().write(1, 1, 0xFB))
                .ports(Pic::masterPorts, 2)
                .ports(Pic::slavePorts, 2)
                .ports(Pic::elcrPorts, 2)
                .outside(p -> p.input(3).set(true))
                .outside(p -> p.input(3).set(false))
                .outside(p -> p.input(12).pulse())
                .outside(Pic::acknowledge)
                .verify();
    }

    @Test
    void deliversVectorsByPriority() {
        raise(5);
        raise(1);
        assertTrue(intr);
        assertEquals(0x21, pic.acknowledge());
        assertFalse(intr, "a lower request waits for the EOI");
        assertEquals(0x20, irr(master));
        assertEquals(0x02, isr(master));
        master.write(0, 1, 0x20);
        assertTrue(intr);
        assertEquals(0x25, pic.acknowledge());
        raise(0);
        assertEquals(0x20, pic.acknowledge(), "a higher one nests");
        assertEquals(0x21, isr(master));
        master.write(0, 1, 0x20);
        assertEquals(0x20, isr(master), "a non-specific EOI ends the highest");
    }

    @Test
    void cascadesTheSlave() {
        raise(12);
        assertTrue(intr);
        assertEquals(0x2C, pic.acknowledge());
        assertEquals(0x04, isr(master));
        assertEquals(0x10, isr(slave));
        raise(9);
        assertFalse(intr, "the master's level 2 is in service");
        slave.write(0, 1, 0x20);
        master.write(0, 1, 0x20);
        assertEquals(0x29, pic.acknowledge());
    }

    @Test
    void aSecondSlaveRequestIsANewEdgeForTheMaster() {
        raise(8);
        raise(9);
        assertEquals(0x28, pic.acknowledge());
        slave.write(0, 1, 0x20);
        master.write(0, 1, 0x20);
        assertTrue(intr);
        assertEquals(0x29, pic.acknowledge());
    }

    @Test
    void specialFullyNestedModeLetsTheSlaveNest() {
        init(0x11, 0x11, 0x01);
        raise(12);
        assertEquals(0x2C, pic.acknowledge());
        raise(8);
        assertTrue(intr);
        assertEquals(0x28, pic.acknowledge());
    }

    @Test
    void masksAndUnmasks() {
        master.write(1, 1, 0x08);
        raise(3);
        assertFalse(intr);
        assertEquals(0x08, irr(master));
        assertEquals(0x08, master.read(1, 1));
        master.write(1, 1, 0);
        assertTrue(intr);
    }

    @Test
    void aVanishedRequestIsSpurious() {
        pic.input(3).set(true);
        pic.input(3).set(false);
        assertFalse(intr);
        assertEquals(0x27, pic.acknowledge());
        assertEquals(0, isr(master), "a spurious interrupt is not in service");

        pic.input(10).set(true);
        slave.write(1, 1, 0);
        int cascadeBefore = irr(master);
        assertEquals(0x04, cascadeBefore);
        assertEquals(0x2A, pic.acknowledge());
    }

    @Test
    void aPolledSlaveTakesItsRequestFromTheMaster() {
        raise(11);
        slave.write(0, 1, 0x0C);
        assertEquals(0x83, slave.read(0, 1));
        assertFalse(intr, "the slave's INT fell, and with it the master's request");
        assertEquals(0x27, pic.acknowledge());
        assertEquals(0, isr(master));
    }

    @Test
    void levelTriggeredInputsStayRequested() {
        pic.elcrPorts().write(1, 1, 0xFF);
        assertEquals(0xDE, pic.elcrPorts().read(1, 1), "IRQ 8 and 13 cannot be level-triggered");
        pic.elcrPorts().write(0, 1, 0xFF);
        assertEquals(0xF8, pic.elcrPorts().read(0, 1));
        pic.input(11).set(true);
        assertEquals(0x2B, pic.acknowledge());
        slave.write(0, 1, 0x20);
        master.write(0, 1, 0x20);
        assertTrue(intr, "still asserted, so requested again");
        pic.input(11).set(false);
        assertFalse(intr);
    }

    @Test
    void anEdgeIsServedOnce() {
        pic.input(4).set(true);
        assertEquals(0x24, pic.acknowledge());
        master.write(0, 1, 0x20);
        assertFalse(intr);
        pic.input(4).set(true);
        assertFalse(intr, "no new edge");
        pic.input(4).set(false);
        pic.input(4).set(true);
        assertTrue(intr);
    }

    @Test
    void specificEoiAndRotation() {
        raise(1);
        pic.acknowledge();
        raise(0);
        pic.acknowledge();
        master.write(0, 1, 0x61);
        assertEquals(0x01, isr(master), "specific EOI of level 1");
        master.write(0, 1, 0xA0);
        assertEquals(0, isr(master));
        raise(0);
        raise(1);
        assertEquals(0x21, pic.acknowledge(), "level 0 has rotated to the bottom");
        master.write(0, 1, 0x20);
        assertEquals(0x20, pic.acknowledge());
        master.write(0, 1, 0x20);
        master.write(0, 1, 0xC4);
        raise(4);
        raise(5);
        assertEquals(0x25, pic.acknowledge(), "set priority: 4 is lowest, 5 highest");
        master.write(0, 1, 0xE5);
        raise(6);
        raise(5);
        assertEquals(0x26, pic.acknowledge(), "rotate on specific EOI: 5 is lowest");
    }

    @Test
    void automaticEndOfInterrupt() {
        init(0x11, 0x03, 0x01);
        raise(6);
        assertEquals(0x26, pic.acknowledge());
        assertEquals(0, isr(master));
        master.write(0, 1, 0x80);
        raise(3);
        assertEquals(0x23, pic.acknowledge());
        raise(3);
        raise(4);
        assertEquals(0x24, pic.acknowledge(), "rotated in AEOI mode");
    }

    @Test
    void specialMaskMode() {
        raise(2 + 1);
        assertEquals(0x23, pic.acknowledge());
        raise(6);
        assertFalse(intr);
        master.write(1, 1, 0x08);
        assertFalse(intr);
        master.write(0, 1, 0x68);
        assertTrue(intr, "level 3 is in service but masked: the others go through");
        assertEquals(0x26, pic.acknowledge());
        master.write(0, 1, 0x20);
        assertEquals(0x08, isr(master), "non-specific EOI leaves the masked level alone");
        master.write(0, 1, 0x63);
        assertEquals(0, isr(master));
    }

    @Test
    void pollCommand() {
        raise(7);
        master.write(0, 1, 0x0C);
        assertEquals(0x87, master.read(0, 1));
        assertEquals(0x80, isr(master));
        master.write(0, 1, 0x20);
        master.write(0, 1, 0x0C);
        assertEquals(0, master.read(0, 1));
    }

    @Test
    void icw1ForgetsEdgesAndMask() {
        master.write(1, 1, 0xFF);
        pic.input(3).set(true);
        init(0x11, 0x01, 0x01);
        assertEquals(0, master.read(1, 1));
        assertFalse(intr, "the edge sense was reset");
        assertEquals(0, irr(master));
    }

    @Test
    void withoutIcw4TheSequenceIsShorter() {
        master.write(0, 1, 0x10);
        master.write(1, 1, 0x40);
        master.write(1, 1, 0x04);
        master.write(1, 1, 0xA5);
        assertEquals(0xA5, master.read(1, 1));
        master.write(0, 1, 0x12);
        master.write(1, 1, 0x50);
        master.write(1, 1, 0x5A);
        assertEquals(0x5A, master.read(1, 1), "single: no ICW3");
    }

    @Test
    void tellsWhatWasAcknowledged() {
        List<Integer> seen = new ArrayList<>();
        pic.onAcknowledge(seen::add);
        raise(0);
        raise(14);
        pic.acknowledge();
        pic.acknowledge();
        master.write(0, 1, 0x20);
        pic.acknowledge();
        assertEquals(List.of(0, 7, 14), seen, "the second acknowledge found nothing it could serve");
    }
}
