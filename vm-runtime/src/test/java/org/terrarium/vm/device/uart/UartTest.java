package org.terrarium.vm.device.uart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.time.TimerQueue;

class UartTest {
    private long now = 1_000;
    private boolean irq;
    private final StringBuilder sent = new StringBuilder();
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final SerialPipe pipe = new SerialPipe(b -> sent.append((char) b));
    private final Uart uart = new Uart("uart0", timers, high -> irq = high, pipe, false);

    private void out(int register, int value) {
        uart.ports().write(register, 1, value);
    }

    private int in(int register) {
        return uart.ports().read(register, 1);
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (timers.nextDeadline() <= end) {
            now = Math.max(now, timers.nextDeadline());
            timers.runDue(now);
        }
        now = end;
    }

    /** 115200 baud, 8N1: a character takes 86.8 us. */
    private void initialize(int fcr, int ier) {
        out(3, 0x80);
        out(0, 1);
        out(1, 0);
        out(3, 0x03);
        out(2, fcr);
        out(4, 0x0B);
        out(1, ier);
    }

    private void host(String text) {
        pipe.send(text.getBytes(StandardCharsets.ISO_8859_1));
        uart.inputReady();
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Uart, UartState>of(
                        queue -> new Uart("uart0", queue, IrqLine.NONE, new SerialPipe(b -> {}), false))
                .change(u -> u.ports().write(7, 1, 0x5A))
                .ports(Uart::ports, 8)
                .outside(Uart::inputReady)
                .verify();
        DeviceContract.<Uart, UartState>of(queue -> new Uart("uart1", queue, IrqLine.NONE, endless(), true))
                .change(u -> u.ports().write(7, 1, 0x5A))
                .ports(Uart::ports, 8)
                .verify();
    }

    private static SerialBackend endless() {
        return new SerialBackend() {
            @Override
            public void transmit(int value) {}

            @Override
            public int receive() {
                return 'x';
            }
        };
    }

    @Test
    void looksLikeA16550A() {
        assertEquals(0xB0, in(6), "cable connected");
        out(7, 0xA5);
        assertEquals(0xA5, in(7));
        out(2, 0x01);
        assertEquals(0xC1, in(2));
        out(2, 0x00);
        assertEquals(0x01, in(2));
        out(1, 0xFF);
        assertEquals(0x0F, in(1));
        out(1, 0);
        out(4, 0xFF);
        assertEquals(0x1F, in(4));
        out(4, 0);
        assertEquals(0x60, in(5));
        out(3, 0x83);
        out(0, 0x34);
        out(1, 0x12);
        assertEquals(0x34, in(0));
        assertEquals(0x12, in(1));
    }

    @Test
    void sendsAtTheProgrammedRate() {
        initialize(0, 0);
        out(0, 'a');
        assertEquals(0x20, in(5) & 0x60, "moved on to the shift register");
        out(0, 'b');
        assertEquals(0x00, in(5) & 0x60);
        pass(90_000);
        assertEquals(0x20, in(5) & 0x60);
        pass(90_000);
        assertEquals(0x60, in(5) & 0x60);
        assertEquals("ab", sent.toString());
    }

    @Test
    void aFullTransmitterLosesWhatIsWritten() {
        initialize(0x01, 0);
        for (int k = 0; k < 20; k++) {
            out(0, 'a' + k);
        }
        assertEquals("abcdefghijklmnopq", sent.toString(), "one in the shift register, sixteen in the FIFO");
    }

    @Test
    void transmitterInterrupts() {
        initialize(0x01, 0x02);
        assertTrue(irq, "enabling it with an empty transmitter interrupts at once");
        assertEquals(0xC2, in(2));
        assertFalse(irq, "reading the identification clears it");
        assertEquals(0xC1, in(2));
        out(1, 0);
        out(1, 2);
        assertTrue(irq);
        for (int k = 0; k < 5; k++) {
            out(0, 'x');
        }
        assertFalse(irq);
        pass(3 * 86_800);
        assertFalse(irq);
        pass(90_000);
        assertTrue(irq, "FIFO empty, the last byte is in the shift register");
        assertEquals(0x20, in(5) & 0x60);
    }

    @Test
    void fastPortsFinishInMicroseconds() {
        Uart quick = new Uart("uart1", timers, IrqLine.NONE, pipe, true);
        quick.ports().write(0, 1, 'a');
        quick.ports().write(0, 1, 'b');
        pass(10_000);
        assertEquals(0x60, quick.ports().read(5, 1) & 0x60);
    }

    @Test
    void receivesAtTheLinesPaceAndLosesNothing() {
        initialize(0x00, 0x01);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 1000; k++) {
            text.append((char) ('A' + k % 26));
        }
        host(text.toString());
        StringBuilder got = new StringBuilder();
        long start = now;
        while (got.length() < 1000 && now - start < 1_000_000_000L) {
            pass(got.length() % 7 * 100_000L + 50_000);
            if (irq) {
                assertEquals(0x04, in(2));
                got.append((char) in(0));
            }
        }
        assertEquals(text.toString(), got.toString());
        assertEquals(0, in(5) & 0x02, "no overrun");
    }

    @Test
    void triggerLevelAndTimeout() {
        initialize(0x81, 0x01);
        host("1234567");
        pass(7 * 87_000);
        assertFalse(irq, "trigger level is 8");
        assertEquals(0x61, in(5));
        pass(3 * 87_000);
        assertTrue(irq);
        assertEquals(0xCC, in(2), "character timeout");
        assertEquals('1', in(0));
        assertFalse(irq, "reading restarts the timeout");
        host("89ab");
        pass(2 * 87_000);
        assertEquals(0xC4, in(2), "trigger level reached");
        for (int k = 0; k < 10; k++) {
            in(0);
            pass(87_000);
        }
        assertEquals(0x60, in(5));
        assertFalse(irq);
    }

    @Test
    void prioritiesOfInterrupts() {
        initialize(0x01, 0x0F);
        out(4, 0x1D);
        assertEquals(0xC2, in(2), "transmitter before modem status");
        for (int k = 0; k < 20; k++) {
            out(0, k);
            pass(100_000);
        }
        assertEquals(0xC6, in(2), "overrun first");
        assertEquals(0x02, in(5) & 0x02);
        assertEquals(0x00, in(5) & 0x02, "cleared by reading");
        assertEquals(0xC4, in(2));
        for (int k = 0; k < 16; k++) {
            assertEquals(k, in(0));
        }
        assertEquals(0xC2, in(2));
        assertEquals(0xC0, in(2), "modem status");
        assertEquals(0xE1, in(6), "CTS fell");
        assertEquals(0xC1, in(2));
    }

    @Test
    void loopback() {
        initialize(0x01, 0);
        out(4, 0x10);
        assertEquals(0x0B, in(6), "CTS, DSR and DCD fell");
        out(4, 0x1F);
        assertEquals(0xFB, in(6), "all rose");
        out(4, 0x1B);
        assertEquals(0xB4, in(6), "trailing edge of RI");
        out(0, 0x77);
        assertEquals(0x77, in(0));
        assertEquals("", sent.toString());
        out(3, 0x43);
        assertEquals(0x11, in(5) & 0x11, "break");
        host("x");
        pass(1_000_000);
        assertEquals(0, in(0));
        assertEquals(0, in(5) & 1, "the cable is cut off");
    }

    @Test
    void out2GatesTheInterrupt() {
        initialize(0x01, 0x02);
        assertTrue(irq);
        out(4, 0x03);
        assertFalse(irq);
        assertEquals(0xC2, in(2));
    }

    @Test
    void fifoResets() {
        initialize(0x01, 0);
        host("abc");
        pass(300_000);
        out(2, 0x03);
        assertEquals(0x60, in(5));
        for (int k = 0; k < 10; k++) {
            out(0, 'x');
        }
        out(2, 0x05);
        assertEquals(0x20, in(5) & 0x20);
        pass(90_000);
        assertEquals(0x60, in(5));
    }

    @Test
    void anUnpluggedPortHasNoModemLines() {
        Uart bare = new Uart("uart1", timers, IrqLine.NONE, SerialBackend.UNPLUGGED, false);
        assertEquals(0, bare.ports().read(6, 1));
        bare.ports().write(0, 1, 'x');
        pass(10_000_000);
        assertEquals(0x60, bare.ports().read(5, 1));
    }
}
