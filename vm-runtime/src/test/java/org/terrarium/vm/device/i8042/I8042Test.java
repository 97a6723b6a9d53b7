package org.terrarium.vm.device.i8042;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.time.TimerQueue;

class I8042Test {
    private long now = 1;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private boolean irq1;
    private boolean irq12;
    private boolean a20Level = true;
    private int resets;
    private final A20Gate a20 = new A20Gate("a20", high -> a20Level = high);
    private final I8042 kbc = new I8042("kbc", timers, high -> irq1 = high, high -> irq12 = high, a20, () -> resets++);
    private final Port92 port92 = new Port92("port92", a20, () -> resets++);

    private void command(int value) {
        kbc.commandPort().write(0, 1, value);
    }

    private void data(int value) {
        kbc.dataPort().write(0, 1, value);
    }

    private int status() {
        return kbc.commandPort().read(0, 1);
    }

    private int read() {
        return kbc.dataPort().read(0, 1);
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (timers.nextDeadline() <= end) {
            now = Math.max(now, timers.nextDeadline());
            timers.runDue(now);
        }
        now = end;
    }

    /** Everything that comes within 30 ms, as hex; bytes of the mouse in parentheses. */
    private String drain() {
        StringBuilder all = new StringBuilder();
        for (int k = 0; k < 300; k++) {
            if ((status() & 1) != 0) {
                boolean aux = (status() & 0x20) != 0;
                all.append(all.isEmpty() ? "" : " ").append(String.format(aux ? "(%02X)" : "%02X", read()));
            }
            pass(100_000);
        }
        return all.toString();
    }

    /** As a driver leaves it: both devices on, interrupts on, translation as told. */
    private void enable(boolean translate) {
        command(0x60);
        data(translate ? 0x47 : 0x07);
    }

    private void toMouse(int... bytes) {
        for (int b : bytes) {
            command(0xD4);
            data(b);
            drain();
        }
    }

    private String askMouse(int b) {
        command(0xD4);
        data(b);
        return drain();
    }

    private String askKeyboard(int... bytes) {
        StringBuilder all = new StringBuilder();
        for (int b : bytes) {
            data(b);
            all.append(all.isEmpty() ? "" : " ").append(drain());
        }
        return all.toString();
    }

    private String press(Key key) {
        kbc.keyboard().key(key, true);
        return drain();
    }

    private String release(Key key) {
        kbc.keyboard().key(key, false);
        return drain();
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<I8042, I8042State>of(queue ->
                        new I8042("kbc", queue, IrqLine.NONE, IrqLine.NONE, new A20Gate("a20", IrqLine.NONE), () -> {}))
                .change(k -> {
                    k.dataPort().write(0, 1, 0xF4);
                    k.keyboard().key(Key.A, true);
                    k.mouse().button(0, true);
                })
                .ports(I8042::dataPort, 1)
                .ports(I8042::commandPort, 1)
                .ports(I8042::dataPort, 1)
                .outside(k -> k.keyboard().key(Key.F7, true))
                .outside(k -> k.keyboard().key(Key.PAUSE, true))
                .outside(k -> k.mouse().move(300, -5))
                .outside(k -> k.mouse().wheel(1))
                .outside(k -> k.mouse().button(1, true))
                .outside(k -> k.mouse().button(1, false))
                .withoutTwin("the A20 gate beside it has a state of its own")
                .verify();
    }

    @Test
    void gateAndPort92KeepTheDeviceContract() {
        DeviceContract.<A20Gate, A20State>of(queue -> new A20Gate("a20", IrqLine.NONE))
                .change(g -> g.set(false))
                .outside(g -> g.set(true))
                .outside(g -> g.set(false))
                .verify();
        DeviceContract.<Port92, Port92State>of(
                        queue -> new Port92("port92", new A20Gate("a20", IrqLine.NONE), () -> {}))
                .change(p -> p.port().write(0, 1, 0x0C))
                .ports(Port92::port, 1)
                .withoutTwin("the A20 gate beside it has a state of its own")
                .verify();
    }

    @Test
    void controllerTests() {
        command(0xAA);
        assertEquals(1, status() & 0x21);
        assertEquals(0x55, read());
        assertEquals(0x04, status() & 0x05, "system flag set, buffer empty");
        command(0xAB);
        assertEquals(0x00, read());
        command(0xA9);
        assertEquals(0x00, read());
        command(0xA4);
        assertEquals(0xF1, read());
    }

    @Test
    void commandByteAndRam() {
        command(0x20);
        assertEquals(0x70, read(), "translating, both interfaces off");
        command(0x60);
        assertEquals(0x08, status() & 0x08);
        data(0x47);
        assertEquals(0, status() & 0x08);
        command(0x20);
        assertEquals(0x47, read());
        command(0xA7);
        command(0xAD);
        command(0x20);
        assertEquals(0x77, read());
        command(0xA8);
        command(0xAE);
        command(0x20);
        assertEquals(0x47, read());
        command(0x65);
        data(0x99);
        command(0x25);
        assertEquals(0x99, read());
    }

    @Test
    void loopbacks() {
        enable(true);
        command(0xD2);
        data(0x1C);
        assertTrue(irq1);
        assertEquals(0x01, status() & 0x21);
        assertEquals(0x1C, read(), "not translated");
        assertFalse(irq1);
        command(0xD3);
        data(0x5A);
        assertTrue(irq12);
        assertEquals(0x21, status() & 0x21);
        assertEquals(0x5A, read());
        assertFalse(irq12);
    }

    @Test
    void a20AndReset() {
        command(0xD0);
        assertEquals(0x03, read() & 0x03);
        command(0xD1);
        data(0xDD);
        assertFalse(a20Level);
        assertEquals(0, port92.port().read(0, 1) & 2);
        command(0xD0);
        assertEquals(0x01, read() & 0x03);
        command(0xDF);
        assertTrue(a20Level);
        command(0xDD);
        assertFalse(a20Level);
        port92.port().write(0, 1, 2);
        assertTrue(a20Level);
        assertEquals(2, port92.port().read(0, 1) & 3);
        assertEquals(0, resets);
        command(0xFE);
        assertEquals(1, resets);
        command(0xFF);
        assertEquals(1, resets, "pulses nothing");
        port92.port().write(0, 1, 3);
        assertEquals(2, resets);
        port92.port().write(0, 1, 3);
        assertEquals(2, resets, "only the rising edge");
        command(0xD1);
        data(0xDE);
        assertEquals(3, resets);
    }

    @Test
    void keysAreTranslatedToSet1() {
        enable(true);
        assertEquals("1E", press(Key.A));
        assertEquals("9E", release(Key.A));
        assertEquals("E0 48", press(Key.UP));
        assertEquals("E0 C8", release(Key.UP));
        assertEquals("41", press(Key.F7));
        assertEquals("C1", release(Key.F7));
        assertEquals("E1 1D 45 E1 9D C5", press(Key.PAUSE));
        assertEquals("", release(Key.PAUSE));
        assertEquals("E0 2A E0 37", press(Key.PRINT_SCREEN));
        assertEquals("E0 B7 E0 AA", release(Key.PRINT_SCREEN));
        assertEquals("38", press(Key.LEFT_ALT));
        assertEquals("54", press(Key.PRINT_SCREEN));
        assertEquals("D4", release(Key.PRINT_SCREEN));
        assertEquals("B8", release(Key.LEFT_ALT));
        assertEquals("1D", press(Key.LEFT_CTRL));
        assertEquals("E0 46 E0 C6", press(Key.PAUSE), "break");
    }

    @Test
    void everyKeysTranslatedCodeIsItsSet1Code() {
        for (Key key : Key.values()) {
            if (key == Key.PAUSE || key == Key.PRINT_SCREEN) {
                continue;
            }
            assertEquals(
                    key.set1(), key.set2() & 0xFF00 | ScanCodeTranslation.translate(key.set2() & 0xFF), key.name());
        }
    }

    @Test
    void rawSets() {
        enable(false);
        assertEquals("1C", press(Key.A));
        assertEquals("F0 1C", release(Key.A));
        assertEquals("E0 F0 75", release(Key.UP));
        assertEquals("FA FA 02", askKeyboard(0xF0, 0x00));
        assertEquals("FA FA", askKeyboard(0xF0, 0x01));
        assertEquals("1E", press(Key.A));
        assertEquals("9E", release(Key.A));
        assertEquals("FA FA", askKeyboard(0xF0, 0x03));
        assertEquals("63", press(Key.UP));
        assertEquals("", release(Key.UP), "set 3 reports releases only where told");
        assertEquals("F0 12", release(Key.LEFT_SHIFT));
        assertEquals("FA", askKeyboard(0xF8));
        assertEquals("F0 63", release(Key.UP));
        assertEquals("FA FA", askKeyboard(0xFD, 0x63));
        assertEquals("FE", askKeyboard(0xEF), "not a command");
        assertEquals("", release(Key.UP));
    }

    @Test
    void keyboardCommands() {
        enable(false);
        assertEquals("EE", askKeyboard(0xEE));
        assertEquals("FA AB 83", askKeyboard(0xF2));
        assertEquals("FA FA", askKeyboard(0xED, 0x05));
        assertEquals(5, kbc.keyboard().leds());
        assertEquals("FA FA", askKeyboard(0xF3, 0x20));
        assertEquals("FA", askKeyboard(0xF5));
        assertEquals("", press(Key.A), "scanning is off");
        assertEquals("FA", askKeyboard(0xF4));
        assertEquals("1C", press(Key.A));
        assertEquals("1C", askKeyboard(0xFE), "resend");
        assertEquals("FA EE", askKeyboard(0xED, 0xEE), "a command instead of the argument");
        assertEquals("FA AA", askKeyboard(0xFF));
        assertEquals(0, kbc.keyboard().leds());
        enable(true);
        assertEquals("FA AB 41", askKeyboard(0xF2), "answers are translated too");
    }

    @Test
    void oneByteAtATime() {
        enable(true);
        kbc.keyboard().key(Key.A, true);
        kbc.keyboard().key(Key.A, false);
        assertTrue(irq1);
        assertEquals(0x1E, read());
        assertFalse(irq1);
        assertEquals(0x1E, read(), "a second read sees the same byte");
        pass(200_000);
        assertEquals(0, status() & 1);
        pass(200_000);
        assertTrue(irq1);
        assertEquals(0x9E, read());
    }

    @Test
    void answersToCommandsAreThereWithoutTimePassing() {
        enable(true);
        command(0xD4);
        data(0xF2);
        assertEquals(0x21, status() & 0x21);
        assertEquals(0xFA, read());
        assertEquals(0x21, status() & 0x21);
        assertEquals(0x00, read());
        data(0xF2);
        assertEquals(0xFA, read());
        assertEquals(0xAB, read());
        assertEquals(0x41, read());
    }

    @Test
    void aSlowGuestLosesNoRelease() {
        enable(true);
        kbc.keyboard().key(Key.LEFT_SHIFT, true);
        for (int k = 0; k < 500; k++) {
            kbc.keyboard().key(Key.X, true);
        }
        kbc.keyboard().key(Key.X, false);
        kbc.keyboard().key(Key.LEFT_SHIFT, false);
        String all = drain() + " " + drain() + " " + drain();
        assertTrue(all.trim().endsWith("AD AA"), all);
    }

    @Test
    void aDisabledInterfaceHoldsItsBytes() {
        enable(true);
        command(0xAD);
        assertEquals("", press(Key.B));
        command(0xAE);
        assertEquals("30", drain());
    }

    @Test
    void mouseAnswers() {
        enable(true);
        assertEquals("(FA) (AA) (00)", askMouse(0xFF));
        assertEquals("(FA) (00)", askMouse(0xF2));
        toMouse(0xE8, 3, 0xF3, 40, 0xE7);
        assertEquals("(FA) (10) (03) (28)", askMouse(0xE9));
        toMouse(0xF4);
        assertEquals("(FA) (30) (03) (28)", askMouse(0xE9));
        assertEquals("(FE)", askMouse(0xE1), "not a TrackPoint");
        toMouse(0xE8);
        assertEquals("(FC)", askMouse(9), "no such resolution");
        toMouse(0xF6);
        assertEquals("(FA) (00) (02) (64)", askMouse(0xE9));
        toMouse(0xEE);
        assertEquals("(F4)", askMouse(0xF4), "wrap mode");
        assertEquals("(FA)", askMouse(0xEC));
    }

    @Test
    void standardPackets() {
        enable(true);
        toMouse(0xF6);
        kbc.mouse().move(5, 5);
        assertEquals("", drain(), "reporting is off");
        toMouse(0xF4);
        kbc.mouse().move(5, 3);
        assertTrue(irq12);
        assertEquals("(28) (05) (FD)", drain(), "down is negative");
        kbc.mouse().button(0, true);
        assertEquals("(09) (00) (00)", drain());
        kbc.mouse().move(-300, 0);
        assertEquals("(19) (01) (00) (19) (D3) (00)", drain(), "-255, then -45");
        kbc.mouse().button(0, false);
        assertEquals("(08) (00) (00)", drain());
        kbc.mouse().wheel(1);
        assertEquals("(08) (00) (00)", drain());
    }

    @Test
    void aQuickClickIsNotLost() {
        enable(true);
        toMouse(0xF4);
        kbc.mouse().move(1, 0);
        kbc.mouse().button(0, true);
        kbc.mouse().button(0, false);
        kbc.mouse().button(1, true);
        kbc.mouse().button(1, false);
        assertEquals("(08) (01) (00) (09) (00) (00) (08) (00) (00)", drain());
        assertEquals("(0A) (00) (00) (08) (00) (00)", drain());
    }

    @Test
    void wheelProtocols() {
        enable(true);
        toMouse(0xF3, 200, 0xF3, 100, 0xF3, 80);
        assertEquals("(FA) (03)", askMouse(0xF2));
        toMouse(0xF4);
        kbc.mouse().wheel(-1);
        assertEquals("(08) (00) (00) (FF)", drain());
        toMouse(0xF3, 200, 0xF3, 200, 0xF3, 80);
        assertEquals("(FA) (04)", askMouse(0xF2));
        kbc.mouse().wheel(9);
        assertEquals("(08) (00) (00) (07) (08) (00) (00) (02)", drain());
        kbc.mouse().button(3, true);
        assertEquals("(08) (00) (00) (10)", drain());
        kbc.mouse().button(4, true);
        assertEquals("(08) (00) (00) (30)", drain());
        assertEquals("(FA) (AA) (00)", askMouse(0xFF));
        assertEquals("(FA) (00)", askMouse(0xF2), "reset gives the standard mouse back");
    }

    @Test
    void remoteModeReportsWhenAsked() {
        enable(true);
        toMouse(0xF0, 0xF4);
        kbc.mouse().move(7, 0);
        assertEquals("", drain());
        assertEquals("(FA) (08) (07) (00)", askMouse(0xEB));
        assertEquals("(FA) (08) (00) (00)", askMouse(0xEB));
        assertEquals("(FA) (60) (02) (64)", askMouse(0xE9));
    }

    @Test
    void scalingAppliesInStreamMode() {
        enable(true);
        toMouse(0xE7, 0xF4);
        kbc.mouse().move(4, 0);
        assertEquals("(08) (06) (00)", drain());
        kbc.mouse().move(100, 0);
        assertEquals("(08) (C8) (00)", drain());
    }

    @Test
    void theSampleRateLimitsPackets() {
        enable(true);
        toMouse(0xF3, 10, 0xF4);
        int bytes = 0;
        for (int k = 0; k < 1000; k++) {
            kbc.mouse().move(1, 0);
            pass(1_000_000);
            while ((status() & 1) != 0) {
                bytes++;
                read();
                pass(400_000);
            }
        }
        assertEquals(33, bytes, 3, "three bytes, ten times a second, for a second");
    }

    @Test
    void aTriggerSendsAnEmptyPacket() {
        enable(true);
        toMouse(0xF4);
        kbc.mouse().trigger();
        assertEquals("(08) (00) (00)", drain());
    }
}
