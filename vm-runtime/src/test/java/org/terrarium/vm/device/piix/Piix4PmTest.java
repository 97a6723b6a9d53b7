package org.terrarium.vm.device.piix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.time.TimerQueue;

class Piix4PmTest {
    private static final int BASE = 0x600;
    private static final int SMBUS = 0x700;

    private long now = 5_000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final PortBus ports = new PortBus();
    private boolean sci;
    private int off;
    private final Piix4Pm pm = new Piix4Pm("pm", timers, ports, high -> sci = high, () -> off++);

    Piix4PmTest() {
        pm.config().write(Piix4Pm.PMBA, 4, BASE);
        pm.config().write(Piix4Pm.PMREGMISC, 1, 1);
        pm.config().write(Piix4Pm.SMBBA, 4, SMBUS);
        pm.config().write(Piix4Pm.SMBHSTCFG, 1, 1);
        pm.config().write(PciConfig.COMMAND, 2, 1);
    }

    private void acpiMode() {
        pm.apm().write(0, 1, Piix4Pm.ACPI_ENABLE);
    }

    private static Piix4Pm withCards(TimerQueue queue) {
        Piix4Pm pm = new Piix4Pm("pm", queue, new PortBus(), IrqLine.NONE, () -> {});
        pm.connectSlots(0xF8, slot -> {});
        return pm;
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(Piix4PmTest::withCards)
                .change(d -> d.apm().write(1, 1, 0x42))
                .ports(d -> PciPorts.of(d), 256)
                .ports(Piix4Pm::apm, 2)
                .ports(Piix4Pm::generalPurposeEvents, 4)
                .ports(Piix4Pm::hotPlug, Piix4Pm.HOT_PLUG_PORTS)
                .outside(d -> d.replug(5))
                .outside(Piix4Pm::pressPowerButton)
                .outside(Piix4Pm::rtcAlarm)
                .verify();
    }

    @Test
    void aCardIsTakenOutAndPutInWhenTheSystemLetsGoOfIt() {
        StringBuilder taken = new StringBuilder();
        pm.connectSlots(1 << 3 | 1 << 4, slot -> taken.append(slot));
        acpiMode();
        pm.generalPurposeEvents().write(2, 2, 1 << 1);
        assertFalse(pm.replug(5), "a slot with nothing that could be taken out");
        assertFalse(sci);
        assertTrue(pm.replug(4));
        assertTrue(sci, "general purpose event 1");
        pm.generalPurposeEvents().write(0, 2, 1 << 1);
        assertFalse(sci);
        assertEquals(0, pm.hotPlug().read(0, 4), "nothing has come");
        assertEquals(1 << 4, pm.hotPlug().read(4, 4), "the card that is to go");
        assertEquals(1 << 3 | 1 << 4, pm.hotPlug().read(12, 4));
        pm.hotPlug().write(8, 4, 1 << 3);
        assertEquals("", taken.toString(), "nobody asked for that one");
        pm.hotPlug().write(8, 4, 1 << 4);
        assertEquals("4", taken.toString());
        assertTrue(sci, "the new card");
        assertEquals(0, pm.hotPlug().read(4, 4));
        assertEquals(1 << 4, pm.hotPlug().read(0, 4));
        assertEquals(0, pm.hotPlug().read(0, 4), "told once");
    }

    @Test
    void firmwareFindsSystemManagementModeSetUp() {
        assertEquals(0x7113_8086, pm.config().read(0, 4));
        assertEquals(0x02, pm.config().read(0x5B, 1));
    }

    @Test
    void rangesFollowTheirRegisters() {
        assertTrue(ports.claimed(BASE + 0x3F));
        assertEquals(BASE | 1, pm.config().read(Piix4Pm.PMBA, 4));
        pm.config().write(Piix4Pm.PMREGMISC, 1, 0);
        assertFalse(ports.claimed(BASE));
        pm.config().write(Piix4Pm.PMBA, 4, 0xB000);
        pm.config().write(Piix4Pm.PMREGMISC, 1, 1);
        assertTrue(ports.claimed(0xB000));
        assertTrue(ports.claimed(SMBUS));
        pm.config().write(Piix4Pm.SMBHSTCFG, 1, 0);
        assertFalse(ports.claimed(SMBUS));
    }

    @Test
    void theTimerCountsAt3579545Hertz() {
        now = 0;
        assertEquals(0, ports.read(BASE + 8, 4));
        now = 1_000_000_000;
        assertEquals(3_579_545, ports.read(BASE + 8, 4));
        now = 3_600_000_000_000L;
        assertEquals((int) (3600L * 3_579_545 & 0xFF_FFFF), ports.read(BASE + 8, 4), "after an hour, 24 bits");
    }

    @Test
    void theTimerInterruptsWhenItsTopBitChanges() {
        acpiMode();
        assertEquals(1, ports.read(BASE + 4, 2), "SCI enabled");
        ports.write(BASE + 2, 2, 1);
        long half = 0x80_0000L * 1_000_000_000L / 3_579_545;
        now = half - 1000;
        timers.runDue(now);
        assertFalse(sci);
        now = timers.nextDeadline();
        assertEquals(half, now, 1);
        timers.runDue(now);
        assertTrue(sci);
        assertEquals(1, ports.read(BASE, 2));
        ports.write(BASE, 2, 1);
        assertFalse(sci);
        assertEquals(0, ports.read(BASE, 2));
        now = timers.nextDeadline();
        timers.runDue(now);
        assertTrue(sci, "and again half a period later");
    }

    @Test
    void powerButtonRaisesSciInAcpiModeOnly() {
        ports.write(BASE + 2, 2, 1 << 8);
        pm.pressPowerButton();
        assertFalse(sci, "legacy mode");
        assertEquals(1 << 8, ports.read(BASE, 2));
        acpiMode();
        assertTrue(sci);
        ports.write(BASE, 2, 1 << 8);
        assertFalse(sci);
        pm.apm().write(0, 1, Piix4Pm.ACPI_DISABLE);
        assertEquals(0, ports.read(BASE + 4, 2));
    }

    @Test
    void sleepTypeZeroSwitchesOff() {
        ports.write(BASE + 4, 2, 1 << 10 | 1 << 13);
        assertEquals(0, off, "suspend to RAM is not there");
        ports.write(BASE + 4, 2, 0);
        assertEquals(0, off, "no sleep without SUS_EN");
        ports.write(BASE + 4, 2, 1 << 13);
        assertEquals(1, off);
        assertEquals(0, ports.read(BASE + 4, 2), "SUS_EN reads as 0");
    }

    @Test
    void apmPortsKeepWhatIsWritten() {
        pm.apm().write(1, 1, 0x55);
        pm.apm().write(0, 1, 0x12);
        assertEquals(0x5512, pm.apm().read(0, 2));
    }

    @Test
    void theSmbusIsEmpty() {
        ports.write(SMBUS + 4, 1, 0xA1);
        ports.write(SMBUS + 2, 1, 0x48);
        assertEquals(4, ports.read(SMBUS, 1), "no slave acknowledges");
        ports.write(SMBUS, 1, 0xFF);
        assertEquals(0, ports.read(SMBUS, 1));
    }
}
