package org.terrarium.vm.device.lpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;

class LptTest {
    private final StringBuilder paper = new StringBuilder();
    private boolean irq;
    private final Lpt lpt = new Lpt("lpt0", high -> irq = high, b -> paper.append((char) b));

    private void print(char c, int control) {
        lpt.ports().write(0, 1, c);
        lpt.ports().write(2, 1, control | 1);
        lpt.ports().write(2, 1, control);
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Lpt, LptState>of(queue -> new Lpt("lpt0", IrqLine.NONE, b -> {}))
                .change(l -> l.ports().write(0, 1, 0xA5))
                .ports(Lpt::ports, 3)
                .verify();
    }

    @Test
    void printsOnTheStrobesEdge() {
        print('O', 0x0C);
        print('K', 0x0C);
        lpt.ports().write(2, 1, 0x0D);
        lpt.ports().write(2, 1, 0x0D);
        assertEquals("OKK", paper.toString());
        assertEquals(0xDF, lpt.ports().read(1, 1), "ready, selected, no error");
        assertFalse(irq);
    }

    @Test
    void interruptsWhenAcknowledged() {
        print('x', 0x1C);
        assertTrue(irq);
        lpt.ports().read(1, 1);
        assertFalse(irq);
    }

    @Test
    void registersReadBack() {
        lpt.ports().write(0, 1, 0x5A);
        assertEquals(0x5A, lpt.ports().read(0, 1));
        lpt.ports().write(2, 1, 0x2C);
        assertEquals(0xEC, lpt.ports().read(2, 1));
        assertEquals(0xFF, lpt.ports().read(0, 1), "direction in");
        lpt.ports().write(1, 1, 0);
        assertEquals(0xDF, lpt.ports().read(1, 1), "status is read only");
    }
}
