package org.terrarium.vm.device.rtl8139;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.device.rtl8139.Reg8139.*;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.device.nic.CardRig;
import org.terrarium.vm.device.nic.FakeCable;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.time.TimerQueue;

/** The RTL8139C, driven as its programming guide says. */
class Rtl8139Test {
    private static final int RING = 0x20000;
    private static final int DATA = 0x10000;

    private final CardRig rig = new CardRig();
    private long now = 1000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final Rtl8139 card = card(timers, rig);

    private static Rtl8139 card(TimerQueue timers, CardRig rig) {
        return new Rtl8139(
                "rtl8139-0", timers, rig.memory, MemoryMap.NOWHERE, rig.ports, rig.wire(), rig.cable, CardRig.MAC);
    }

    private void write(int register, int size, int value) {
        card.ports().write(register, size, value);
    }

    private int read(int register, int size) {
        return card.ports().read(register, size);
    }

    private void start(int receive) {
        card.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MASTER | PciConfig.COMMAND_IO);
        write(CR, 1, CR_RST);
        assertEquals(0, read(CR, 1) & CR_RST, "a reset is over at once");
        write(RBSTART, 4, RING);
        write(CR, 1, CR_RE | CR_TE);
        write(RCR, 4, receive);
        write(IMR, 2, ISR_ROK | ISR_TOK | ISR_LINK);
    }

    private void arrive(byte[] frame) {
        rig.cable.waiting.add(frame);
        card.framesArrived();
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Rtl8139, Rtl8139State>of(t -> {
                    Rtl8139 c = card(t, new CardRig());
                    c.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MASTER);
                    return c;
                })
                .change(c -> c.ports().write(CONFIG1, 1, 0x55))
                .ports(Rtl8139::ports, BYTES)
                .mmio(Rtl8139::memory, BYTES)
                .outside(Rtl8139::framesArrived)
                .outside(Rtl8139::linkChanged)
                .verify();
    }

    @Test
    void sendsAndReports() {
        start(0);
        byte[] frame = FakeCable.frame(0xB, 200);
        System.arraycopy(frame, 0, rig.memory.bytes, DATA, 200);
        write(TSAD0 + 8, 4, DATA);
        write(TSD0 + 8, 4, 200);
        assertArrayEquals(frame, rig.cable.sent.get(0));
        assertEquals(TSD_OWN | TSD_TOK, read(TSD0 + 8, 4) & (TSD_OWN | TSD_TOK));
        assertTrue(rig.interrupt);
        assertEquals(ISR_TOK, read(ISR, 2));
        write(ISR, 2, ISR_TOK);
        assertFalse(rig.interrupt);
    }

    @Test
    void receivesIntoTheRingRoundItsEnd() {
        start(RCR_APM | RCR_AB);
        Random random = new Random(4);
        int read = 0;
        for (int n = 0; n < 200; n++) {
            byte[] frame = FakeCable.frame(CardRig.MAC.bits(), 60 + random.nextInt(1455));
            arrive(frame);
            assertEquals(0, read(CR, 1) & CR_BUFE);
            assertTrue(rig.interrupt);
            write(ISR, 2, ISR_ROK);
            byte[] got = new byte[4 + frame.length];
            for (int k = 0; k < got.length; k++) {
                got[k] = rig.memory.bytes[RING + (read + k) % 8192];
            }
            assertEquals(RX_ROK | RX_PAM, got[0] & 0xFF | (got[1] & 0xFF) << 8);
            assertEquals(frame.length + 4, got[2] & 0xFF | (got[3] & 0xFF) << 8);
            assertArrayEquals(frame, Arrays.copyOfRange(got, 4, got.length), "frame " + n);
            read = (read + 4 + frame.length + 4 + 3 & ~3) % 8192;
            write(CAPR, 2, read - 16 & 0xFFFF);
            assertEquals(CR_BUFE, read(CR, 1) & CR_BUFE);
            assertEquals(read, read(CBR, 2));
        }
    }

    @Test
    void withWrapAFrameGoesOnBehindTheRingsEnd() {
        start(RCR_APM | RCR_WRAP);
        for (int n = 0; n < 5; n++) {
            arrive(FakeCable.frame(CardRig.MAC.bits(), 1500));
            write(CAPR, 2, read(CBR, 2) - 16 & 0xFFFF);
        }
        byte[] frame = FakeCable.frame(CardRig.MAC.bits(), 1400);
        int at = read(CBR, 2);
        arrive(frame);
        assertArrayEquals(frame, Arrays.copyOfRange(rig.memory.bytes, RING + at + 4, RING + at + 1404));
        assertTrue(at + 1404 > 8192, "the test reaches the end");
    }

    @Test
    void framesWaitWhileTheRingIsFullAndFiltersApply() {
        start(RCR_APM | RCR_AB | RCR_AM);
        for (int n = 0; n < 20; n++) {
            arrive(FakeCable.frame(Ethernet.BROADCAST, 1500));
        }
        assertTrue(rig.cable.waiting.size() > 10, rig.cable.waiting.size() + " wait");
        rig.cable.waiting.clear();
        write(CAPR, 2, read(CBR, 2) - 16 & 0xFFFF);
        int before = read(CBR, 2);
        arrive(FakeCable.frame(0x0200_0000_0099L, 60));
        arrive(FakeCable.frame(0x0100_5E00_0001L, 60));
        assertEquals(before, read(CBR, 2), "neither another station nor an unwanted group");
        for (int k = 0; k < 8; k++) {
            write(MAR0 + k, 1, 0xFF);
        }
        arrive(FakeCable.frame(0x0100_5E00_0001L, 60));
        assertTrue(read(CBR, 2) != before);
    }

    /** By this iPXE's driver decides whether to use the descriptor rings that only the 8139C+ has. */
    @Test
    void hasNoRegistersOfTheLaterChip() {
        for (int at = 0xDA; at < 0x100; at += 2) {
            write(at, 2, 0xFFFF);
            assertEquals(0, read(at, 2), "register " + Integer.toHexString(at));
        }
    }

    @Test
    void theEepromHoldsTheAddressFromItsSeventhWord() {
        int[] words = new int[3];
        for (int w = 0; w < 3; w++) {
            write(CR9346, 1, EE_PROGRAM);
            int command = 6 << 6 | 7 + w;
            for (int bit = 8; bit >= 0; bit--) {
                int pins = EE_PROGRAM | EE_CS | ((command >> bit & 1) != 0 ? EE_DI : 0);
                write(CR9346, 1, pins);
                write(CR9346, 1, pins | EE_SK);
            }
            write(CR9346, 1, EE_PROGRAM | EE_CS);
            for (int k = 0; k < 16; k++) {
                write(CR9346, 1, EE_PROGRAM | EE_CS | EE_SK);
                words[w] = words[w] << 1 | read(CR9346, 1) & EE_DO;
                write(CR9346, 1, EE_PROGRAM | EE_CS);
            }
            write(CR9346, 1, 0);
        }
        assertArrayEquals(new int[] {0x5452, 0x1200, 0x5634}, words);
    }

    @Test
    void theTimerInterruptsAndThePulledCableShows() {
        start(0);
        write(IMR, 2, ISR_TIMEOUT | ISR_LINK);
        write(TIMER_INT, 4, 1000);
        write(TCTR, 4, 0);
        now += 29_000;
        timers.runDue(now);
        assertFalse(rig.interrupt);
        now += 2_000;
        timers.runDue(now);
        assertTrue(rig.interrupt);
        write(ISR, 2, 0xFFFF);
        rig.cable.connected = false;
        card.linkChanged();
        assertTrue(rig.interrupt);
        assertEquals(MSR_LINKB, read(MSR, 1) & MSR_LINKB);
        assertEquals(0, read(BMSR, 2) & 4);
        assertEquals(CSCR_USUAL | CSCR_LINK_CHANGE, read(CSCR, 2), "changed, and not connected");
        write(ISR, 2, ISR_LINK);
        assertEquals(CSCR_USUAL, read(CSCR, 2), "the change is acknowledged");
        rig.cable.connected = true;
        assertEquals(CSCR_USUAL | CSCR_CON_STATUS | CSCR_LINK_OK, read(CSCR, 2), "connected again");
    }
}
