package org.terrarium.vm.device.virtionet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.device.virtionet.VirtioNet.*;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.device.nic.CardRig;
import org.terrarium.vm.device.nic.FakeCable;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.virtio.VirtioPci;
import org.terrarium.vm.time.TimerQueue;

/** A small driver that follows virtio 1.2, 5.1. */
class VirtioNetTest {
    private static final long VERSION_1 = 1L << 32;
    private static final long OFFLOADS = F_GUEST_CSUM | F_GUEST_TSO4 | F_GUEST_TSO6;
    private static final int QUEUE = 0x10000;
    private static final int AVAIL = 0x1000;
    private static final int USED = 0x2000;
    private static final int SIZE = 64;
    private static final int DATA = 0x80000;
    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int HEADER = 12;

    private static final long EVENT_IDX = 1L << 29;

    private final CardRig rig = new CardRig();
    private long now;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final int[] made = new int[3];
    private VirtioNet card;
    private VirtioPci<VirtioNetState> function;
    private MmioDevice regs;

    private static VirtioPci<VirtioNetState> function(CardRig rig, VirtioNet card) {
        VirtioPci<VirtioNetState> f = new VirtioPci<>(
                "virtio-0", card, rig.memory, MemoryMap.NOWHERE, rig.ports, rig.wire(), (address, data) -> {});
        f.config().write(PciConfig.COMMAND, 2, 7);
        return f;
    }

    @BeforeEach
    void build() {
        card = new VirtioNet(timers, rig.cable, CardRig.MAC);
        function = function(rig, card);
        regs = function.modernRegisters();
    }

    private void start(long features) {
        Arrays.fill(made, 0);
        regs.write(0x14, 1, 0);
        regs.write(0x14, 1, 3);
        regs.write(0x08, 4, 0);
        regs.write(0x0C, 4, features & 0xFFFF_FFFFL);
        regs.write(0x08, 4, 1);
        regs.write(0x0C, 4, VERSION_1 >>> 32);
        regs.write(0x14, 1, 0xB);
        assertEquals(0xB, regs.read(0x14, 1), "FEATURES_OK stays set");
        for (int q = 0; q < 3; q++) {
            int base = QUEUE * (q + 1);
            Arrays.fill(rig.memory.bytes, base, base + 0x4000, (byte) 0);
            regs.write(0x16, 2, q);
            regs.write(0x18, 2, SIZE);
            regs.write(0x20, 4, base);
            regs.write(0x28, 4, base + AVAIL);
            regs.write(0x30, 4, base + USED);
            regs.write(0x1C, 2, 1);
        }
        regs.write(0x14, 1, 0xF);
    }

    private void descriptor(int q, int n, int pa, int length, int flags, int next) {
        int at = QUEUE * (q + 1) + 16 * n;
        rig.put(at, 8, pa);
        rig.put(at + 8, 4, length);
        rig.put(at + 12, 2, flags);
        rig.put(at + 14, 2, next);
    }

    private void available(int q, int head) {
        int base = QUEUE * (q + 1) + AVAIL;
        rig.put(base + 4 + 2 * (made[q] % SIZE), 2, head);
        made[q]++;
        rig.put(base + 2, 2, made[q]);
    }

    private void kick(int q) {
        regs.write(0x3000 + 4L * q, 2, q);
    }

    private int used(int q) {
        return (int) rig.get(QUEUE * (q + 1) + USED + 2, 2);
    }

    private int usedLength(int q, int n) {
        return (int) rig.get(QUEUE * (q + 1) + USED + 4 + 8 * n + 4, 4);
    }

    private void send(byte[] header, byte[] packet) {
        System.arraycopy(header, 0, rig.memory.bytes, DATA, HEADER);
        System.arraycopy(packet, 0, rig.memory.bytes, DATA + 0x100, packet.length);
        descriptor(1, 0, DATA, HEADER, NEXT, 1);
        descriptor(1, 1, DATA + 0x100, packet.length, 0, 0);
        available(1, 0);
        kick(1);
        assertEquals(made[1], used(1), "the packet's buffer has come back");
    }

    private void buffers(int count, int bytes) {
        for (int k = 0; k < count; k++) {
            descriptor(0, k, DATA + k * bytes, bytes, WRITE, 0);
            available(0, k);
        }
        kick(0);
    }

    private void arrive(byte[] frame) {
        rig.cable.waiting.add(frame);
        card.framesArrived();
    }

    /** A TCP segment whose checksum field holds only the pseudo header's sum, as a driver leaves it. */
    private static byte[] segment(int payload) {
        int head = Ethernet.HEADER + Ipv4.HEADER + Tcp.HEADER;
        byte[] f = FakeCable.frame(0xB, head + payload);
        new Tcp(1000, 80, 5, 6, Tcp.ACK, 100, 0, -1, head, payload).emitWithoutChecksum(f);
        Ipv4.of(0x0A00_020F, 0x0A00_0202, Ipv4.PROTOCOL_TCP, Tcp.HEADER + payload)
                .emit(f);
        Octets.put16(f, 34 + 16, Checksum.fold(LargeFrame.pseudo(f, f.length)));
        return f;
    }

    private static byte[] offload(int gsoType, int gsoSize) {
        return new byte[] {1, (byte) gsoType, 54, 0, (byte) gsoSize, (byte) (gsoSize >> 8), 34, 0, 16, 0, 0, 0};
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> function(new CardRig(), new VirtioNet(timers, new FakeCable(), CardRig.MAC)))
                .change(c -> c.modernRegisters().write(0x16, 2, 2))
                .mmio(VirtioPci::modernRegisters, 0x4000)
                .mmio(VirtioPci::modernRegisters, 0x40)
                .ports(VirtioPci::legacyRegisters, 0x20)
                .verify();
    }

    @Test
    void tellsItsAddressAndItsLink() {
        for (int k = 0; k < 6; k++) {
            assertEquals(CardRig.MAC.bits() >>> 40 - 8 * k & 0xFF, regs.read(0x2000 + k, 1));
        }
        assertEquals(1, regs.read(0x2006, 2));
        start(F_STATUS | F_MAC);
        rig.cable.connected = false;
        card.linkChanged();
        assertTrue(rig.interrupt, "a change of the configuration");
        assertEquals(2, regs.read(0x1000, 1) & 2);
        assertEquals(0, regs.read(0x2006, 2));
    }

    @Test
    void completesChecksums() {
        start(F_CSUM);
        send(offload(0, 0), segment(700));
        byte[] sent = rig.cable.sent.get(0);
        assertNotNull(Tcp.parse(sent, Ipv4.parse(sent)), "the checksum is right");
        send(new byte[HEADER], FakeCable.frame(0xB, 30));
        assertEquals(60, rig.cable.sent.get(1).length, "filled up");
        rig.cable.sent.clear();
        byte[] outside = offload(0, 0);
        outside[7] = 0x7F;
        send(outside, segment(700));
        send(new byte[HEADER], FakeCable.frame(0xB, 2000));
        send(offload(3, 100), segment(700));
        assertTrue(rig.cable.sent.isEmpty(), "a checksum outside, too long, and an offload nobody agreed on");
    }

    @Test
    void handsSegmentsOverWhole() {
        start(F_CSUM | F_HOST_TSO4 | F_HOST_TSO6);
        send(offload(1, 1448), segment(20_000));
        byte[] large = rig.cable.sent.get(0);
        assertTrue(LargeFrame.is(large));
        List<byte[]> frames = LargeFrame.cut(large);
        assertEquals(14, frames.size());
        frames.forEach(f -> assertNotNull(Tcp.parse(f, Ipv4.parse(f)), "the checksum of a piece"));
    }

    @Test
    void spreadsAFrameOverMergeableBuffers() {
        start(F_MRG_RXBUF | OFFLOADS);
        card.framesArrived();
        assertTrue(rig.cable.large, "the driver takes large frames");
        byte[] large = LargeFrame.of(segment(5000), 5054, 1448);
        arrive(large);
        assertEquals(0, used(0), "no buffers yet: the frame waits");
        buffers(3, 1024);
        assertEquals(0, used(0), "three are too few");
        for (int k = 3; k < 6; k++) {
            descriptor(0, k, DATA + k * 1024, 1024, WRITE, 0);
            available(0, k);
        }
        kick(0);
        assertEquals(5, used(0));
        byte[] header = Arrays.copyOfRange(rig.memory.bytes, DATA, DATA + HEADER);
        assertArrayEquals(new byte[] {1, 1, 54, 0, (byte) 0xA8, 5, 34, 0, 16, 0, 5, 0}, header);
        byte[] got = Arrays.copyOfRange(rig.memory.bytes, DATA + HEADER, DATA + HEADER + 5054);
        assertArrayEquals(segment(5000), got, "with the pseudo header's sum in the checksum's place");
        assertEquals(5054 + HEADER - 4 * 1024, usedLength(0, 4));
    }

    @Test
    void aDriverWithoutOffloadsGetsPlainFrames() {
        start(F_MAC);
        assertFalse(rig.cable.large);
        buffers(2, 2048);
        arrive(FakeCable.frame(CardRig.MAC.bits(), 100));
        assertEquals(112, usedLength(0, 0));
        assertArrayEquals(new byte[10], Arrays.copyOfRange(rig.memory.bytes, DATA, DATA + 10));
        assertArrayEquals(
                FakeCable.frame(CardRig.MAC.bits(), 100),
                Arrays.copyOfRange(rig.memory.bytes, DATA + HEADER, DATA + HEADER + 100));
        assertTrue(rig.interrupt);
    }

    private void later() {
        now += 1_000_000;
        timers.runDue(now);
    }

    @Test
    void smallPacketsThatWereSentAreToldTogether() {
        start(F_MAC);
        byte[] packet = FakeCable.frame(0xB, 100);
        send(new byte[HEADER], packet);
        assertFalse(rig.interrupt, "not for one small packet");
        later();
        assertTrue(rig.interrupt, "but after a while");
        assertEquals(1, regs.read(0x1000, 1) & 1);
        later();
        assertFalse(rig.interrupt, "and once only");
        for (int k = 0; k < 8; k++) {
            assertFalse(rig.interrupt, "after " + k + " packets");
            send(new byte[HEADER], packet);
        }
        assertTrue(rig.interrupt, "eight are told at once");
        assertEquals(1, regs.read(0x1000, 1) & 1);
        send(new byte[HEADER], FakeCable.frame(0xB, 1000));
        assertTrue(rig.interrupt, "as is a long one");
    }

    @Test
    void aDriverThatHasFoundItsPacketsIsNotTold() {
        start(F_MAC | EVENT_IDX);
        send(new byte[HEADER], FakeCable.frame(0xB, 100));
        rig.put(QUEUE * 2 + AVAIL + 4 + 2 * SIZE, 2, used(1));
        later();
        assertFalse(rig.interrupt);
    }

    @Test
    void whatTheDriverWasNotToldIsToldAfterARestore() {
        start(F_MAC);
        send(new byte[HEADER], FakeCable.frame(0xB, 100));
        function.restore(function.save());
        timers.runDue(now);
        assertTrue(rig.interrupt);
    }

    private int command(int... octets) {
        for (int k = 0; k < octets.length; k++) {
            rig.memory.bytes[DATA + 0x8000 + k] = (byte) octets[k];
        }
        rig.memory.bytes[DATA + 0x9000] = (byte) 0xEE;
        descriptor(2, 0, DATA + 0x8000, octets.length, NEXT, 1);
        descriptor(2, 1, DATA + 0x9000, 1, WRITE, 0);
        available(2, 0);
        kick(2);
        return rig.memory.bytes[DATA + 0x9000];
    }

    @Test
    void filtersAsTheControlQueueSays() {
        start(F_CTRL_VQ | F_CTRL_RX | F_CTRL_RX_EXTRA | F_CTRL_MAC_ADDR);
        buffers(30, 256);
        arrive(FakeCable.frame(0xB, 60));
        assertEquals(1, used(0), "everything, until the driver says what it wants");
        assertEquals(0, command(0, ReceiveFilter.PROMISC, 0));
        arrive(FakeCable.frame(0xB, 60));
        arrive(FakeCable.frame(0x0100_5E00_0001L, 60));
        assertEquals(1, used(0), "neither others' frames nor groups");
        arrive(FakeCable.frame(CardRig.MAC.bits(), 60));
        arrive(FakeCable.frame(Ethernet.BROADCAST, 60));
        assertEquals(3, used(0));
        assertEquals(0, command(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x01, 0x00, 0x5E, 0, 0, 1));
        arrive(FakeCable.frame(0x0100_5E00_0001L, 60));
        assertEquals(4, used(0), "a group it has joined");
        assertEquals(0, command(1, 1, 2, 0, 0, 0, 0, 9));
        arrive(FakeCable.frame(0x0200_0000_0009L, 60));
        assertEquals(5, used(0), "its new address");
        assertEquals(1, command(1, 0, 0xFF, 0xFF, 0xFF, 0xFF), "a table of four thousand million addresses");
        assertEquals(1, command(9, 9), "no such command");
    }

    @Test
    void nonsenseFromTheDriverStopsTheCardAndNothingElse() {
        start(F_CSUM);
        descriptor(1, 0, DATA, 4, 0, 0);
        available(1, 0);
        kick(1);
        assertEquals(0x40, regs.read(0x14, 1) & 0x40, "needs a reset");
        start(F_MAC);
        buffers(1, 5);
        arrive(FakeCable.frame(CardRig.MAC.bits(), 60));
        assertEquals(0x40, regs.read(0x14, 1) & 0x40, "a receive buffer without room for the header");
        start(F_MAC);
        assertEquals(0xF, regs.read(0x14, 1), "and a reset mends it");
    }
}
