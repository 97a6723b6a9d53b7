package org.terrarium.vm.device.ne2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.device.nic.CardRig;
import org.terrarium.vm.device.nic.FakeCable;

/** The NE2000, driven as AN-729 and the DP8390D's datasheet say. */
class Ne2000Test {
    private final CardRig rig = new CardRig();
    private final Ne2000 card = Ne2000.isa("ne2000-0", rig.wire(), rig.cable, CardRig.MAC);

    private void out(int port, int value) {
        card.ports().write(port, 1, value);
    }

    private int in(int port) {
        return card.ports().read(port, 1);
    }

    private void remote(int address, int count, int command) {
        out(0x08, address & 0xFF);
        out(0x09, address >> 8);
        out(0x0A, count & 0xFF);
        out(0x0B, count >> 8);
        out(0x00, command);
    }

    private byte[] fetch(int address, int count) {
        remote(address, count, 0x0A);
        byte[] got = new byte[count];
        for (int k = 0; k < count; k += 2) {
            int word = card.ports().read(0x10, 2);
            got[k] = (byte) word;
            if (k + 1 < count) {
                got[k + 1] = (byte) (word >> 8);
            }
        }
        return got;
    }

    private void start(int receive) {
        start(receive, 0x43);
    }

    private void start(int receive, int interrupts) {
        in(0x1F);
        assertEquals(0x80, in(0x07) & 0x80, "reset shows in ISR");
        out(0x00, 0x21);
        out(0x0E, 0x49); // words, no loop
        out(0x0C, receive);
        out(0x0D, 0);
        out(0x01, 0x46);
        out(0x02, 0x80);
        out(0x03, 0x46);
        out(0x07, 0xFF);
        out(0x0F, interrupts);
        out(0x00, 0x61);
        for (int k = 0; k < 6; k++) {
            out(0x01 + k, (int) (CardRig.MAC.bits() >>> 40 - 8 * k) & 0xFF);
        }
        out(0x07, 0x46);
        out(0x00, 0x22);
    }

    private void arrive(byte[] frame) {
        rig.cable.waiting.add(frame);
        card.framesArrived();
    }

    @Test
    void bothKeepTheDeviceContract() {
        DeviceContract.<Ne2000, Ne2000State>of(
                        t -> Ne2000.isa("ne", new CardRig().wire(), new FakeCable(), CardRig.MAC))
                .change(c -> c.ports().write(3, 1, 0x50))
                .ports(Ne2000::ports, Ne2000.PORTS)
                .outside(Ne2000::framesArrived)
                .verify();
        CardRig pci = new CardRig();
        DeviceContract.<Ne2000, Ne2000State>of(
                        t -> Ne2000.pci("ne", pci.ports, pci.wire(), new FakeCable(), CardRig.MAC))
                .change(c -> c.ports().write(3, 1, 0x50))
                .ports(Ne2000::ports, Ne2000.PORTS)
                .outside(Ne2000::linkChanged)
                .verify();
    }

    @Test
    void thePromTellsEachOctetOfTheAddressTwice() {
        start(0x04);
        byte[] prom = fetch(0, 32);
        for (int k = 0; k < 6; k++) {
            byte octet = (byte) (CardRig.MAC.bits() >>> 40 - 8 * k);
            assertEquals(octet, prom[2 * k]);
            assertEquals(octet, prom[2 * k + 1]);
        }
        assertEquals(0x57, prom[28]);
        assertEquals(0x57, prom[30]);
    }

    @Test
    void sendsFromThePacketMemory() {
        start(0x04);
        byte[] frame = FakeCable.frame(0xB, 100);
        remote(0x4000, 100, 0x12);
        for (int k = 0; k < 100; k += 2) {
            card.ports().write(0x10, 2, frame[k] & 0xFF | (frame[k + 1] & 0xFF) << 8);
        }
        assertTrue(rig.interrupt, "remote DMA is complete");
        out(0x07, 0x40);
        assertFalse(rig.interrupt);
        out(0x04, 0x40);
        out(0x05, 100);
        out(0x06, 0);
        out(0x00, 0x26);
        assertArrayEquals(frame, rig.cable.sent.get(0));
        assertEquals(2, in(0x07) & 2);
        assertEquals(1, in(0x04), "TSR: transmitted");
        assertEquals(0, in(0x00) & 4);
    }

    @Test
    void receivesIntoTheRingRoundItsEnd() {
        start(0x04);
        Random random = new Random(6);
        int page = 0x46;
        for (int n = 0; n < 200; n++) {
            byte[] frame = FakeCable.frame(
                    random.nextBoolean() ? CardRig.MAC.bits() : Ethernet.BROADCAST, 60 + random.nextInt(1455));
            arrive(frame);
            assertEquals(1, in(0x07) & 1, "frame " + n);
            out(0x07, 0x41);
            byte[] record = fetch(page << 8, 4 + frame.length + 4);
            assertEquals(frame.length + 8, record[2] & 0xFF | (record[3] & 0xFF) << 8);
            assertArrayEquals(frame, Arrays.copyOfRange(record, 4, 4 + frame.length), "frame " + n);
            page = record[1] & 0xFF;
            out(0x00, 0x62);
            assertEquals(page, in(0x07), "CURR");
            out(0x00, 0x22);
            out(0x03, page - 1); // before the ring when the next frame is at its start, as Linux does it
        }
    }

    @Test
    void framesWaitWhileTheRingIsFull() {
        start(0x04, 0); // a driver that looks for itself
        for (int n = 0; n < 30; n++) {
            arrive(FakeCable.frame(Ethernet.BROADCAST, 1500));
        }
        int waiting = rig.cable.waiting.size();
        assertTrue(waiting > 15, waiting + " wait");
        out(0x00, 0x62);
        int current = in(0x07);
        out(0x00, 0x22);
        out(0x03, current - 1);
        assertTrue(rig.cable.waiting.size() < waiting, "there is room again");
    }

    @Test
    void aDriverThatIsInterruptedGetsTheNextFrameWhenItHasAcknowledged() {
        start(0x04);
        arrive(FakeCable.frame(Ethernet.BROADCAST, 100));
        arrive(FakeCable.frame(Ethernet.BROADCAST, 200));
        assertEquals(1, rig.cable.waiting.size());
        out(0x00, 0x20); // neither STA nor STP, as Linux does before it sends: the chip goes on
        out(0x07, 0x01);
        assertEquals(0, rig.cable.waiting.size());
        assertEquals(1, in(0x07) & 1, "the second frame's PRX");
        assertTrue(rig.interrupt);
        assertEquals(0, in(0x0F), "none was missed");
    }

    @Test
    void filtersAddresses() {
        start(0x00);
        arrive(FakeCable.frame(Ethernet.BROADCAST, 60));
        arrive(FakeCable.frame(0x0200_0000_0099L, 60));
        assertEquals(0, in(0x07) & 1);
        out(0x0C, 0x10);
        arrive(FakeCable.frame(0x0200_0000_0099L, 60));
        assertEquals(1, in(0x07) & 1, "promiscuous");
    }
}
