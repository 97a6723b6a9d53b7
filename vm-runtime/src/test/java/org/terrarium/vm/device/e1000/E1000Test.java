package org.terrarium.vm.device.e1000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.device.e1000.Reg82540.*;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.device.nic.CardRig;
import org.terrarium.vm.device.nic.FakeCable;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.time.TimerQueue;

/** The 82540EM, driven as its manual says drivers do (317453, 14.3 to 14.5). */
class E1000Test {
    private static final int TX_RING = 0x1000;
    private static final int RX_RING = 0x2000;
    private static final int DATA = 0x10000;

    private final CardRig rig = new CardRig();
    private long now = 1000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final E1000 card = card(timers, rig);

    private static E1000 card(TimerQueue timers, CardRig rig) {
        return new E1000(
                "e1000-0", timers, rig.memory, MemoryMap.NOWHERE, rig.ports, rig.wire(), rig.cable, CardRig.MAC);
    }

    private void write(int register, int value) {
        card.memory().write(register, 4, value & 0xFFFF_FFFFL);
    }

    private int read(int register) {
        return (int) card.memory().read(register, 4);
    }

    private void start() {
        card.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MASTER | PciConfig.COMMAND_MEMORY);
        write(TDBAL, TX_RING);
        write(TDLEN, 16 * 128);
        write(TCTL, TCTL_EN);
        write(RDBAL, RX_RING);
        write(RDLEN, 16 * 128);
        for (int k = 0; k < 128; k++) {
            rig.put(RX_RING + 16 * k, 8, DATA + 0x10000 + 2048L * k);
        }
        write(RDT, 127);
        write(RCTL, RCTL_EN | RCTL_BAM);
    }

    private void arrive(byte[] frame) {
        rig.cable.waiting.add(frame);
        card.framesArrived();
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<E1000, E1000State>of(t -> {
                    E1000 c = card(t, new CardRig());
                    c.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MASTER);
                    return c;
                })
                .change(c -> c.memory().write(RCTL, 4, RCTL_EN))
                .mmio(E1000::memory, END)
                .ports(E1000::io, 64)
                .outside(E1000::framesArrived)
                .outside(E1000::linkChanged)
                .verify();
    }

    @Test
    void nonsenseInRingsAndDescriptorsIsSurvived() {
        long seed = Long.getLong("terrarium.seed", new Random().nextLong());
        System.out.println("E1000Test: seed " + seed + "L");
        Random random = new Random(seed);
        int[] registers = {TDBAL, TDLEN, TDH, TDT, TCTL, RDBAL, RDLEN, RDH, RDT, RCTL, RXCSUM, CTRL, RDBAH, ITR};
        start();
        try {
            for (int n = 0; n < 100_000; n++) {
                switch (random.nextInt(5)) {
                    case 0 ->
                        write(registers[random.nextInt(registers.length)], random.nextInt() >> random.nextInt(32));
                    case 1 -> {
                        int at = random.nextInt(0x4000);
                        rig.put(at, 4, random.nextInt() >> random.nextInt(32));
                    }
                    case 2 -> write(TDT, random.nextInt(140));
                    case 3 -> arrive(FakeCable.frame(Ethernet.BROADCAST, 14 + random.nextInt(1504)));
                    default -> write(random.nextBoolean() ? RDLEN : TDLEN, 128 << random.nextInt(6));
                }
                if (n % 100 == 0) {
                    start();
                }
            }
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + "L", e);
        }
        assertTrue(
                rig.cable.sent.stream().allMatch(f -> f.length >= 60 && f.length <= 16292), "lengths of frames sent");
    }

    @Test
    void theEepromTellsTheAddressByBothWaysAndItsSumIsRight() {
        int sum = 0;
        for (int word = 0; word < 64; word++) {
            write(EERD, word << 8 | EERD_START);
            int byRegister = read(EERD) >>> 16;
            assertTrue((read(EERD) & EERD_DONE) != 0);
            assertEquals(byRegister, microwire(word), "word " + word);
            sum += byRegister;
        }
        assertEquals(0xBABA, sum & 0xFFFF);
        assertEquals(0x5452, microwire(0), "the first two octets, low one first");
    }

    /** Reads a word the way drivers do it, pin by pin. */
    private int microwire(int word) {
        write(EECD, EECD_REQ);
        assertTrue((read(EECD) & EECD_GNT) != 0);
        int command = 6 << 6 | word;
        for (int bit = 8; bit >= 0; bit--) {
            int pins = EECD_REQ | EECD_CS | ((command >> bit & 1) != 0 ? EECD_DI : 0);
            write(EECD, pins);
            write(EECD, pins | EECD_SK);
            write(EECD, pins);
        }
        int value = 0;
        for (int k = 0; k < 16; k++) {
            write(EECD, EECD_REQ | EECD_CS | EECD_SK);
            value = value << 1 | ((read(EECD) & EECD_DO) != 0 ? 1 : 0);
            write(EECD, EECD_REQ | EECD_CS);
        }
        write(EECD, 0);
        return value;
    }

    @Test
    void thePhyAnswersAtItsAddressAndSeesTheCable() {
        write(MDIC, MDIC_READ | 1 << 21 | 2 << 16);
        assertEquals(0x0141, read(MDIC) & 0xFFFF);
        assertTrue((read(MDIC) & MDIC_READY) != 0);
        write(MDIC, MDIC_READ | 2 << 21 | 2 << 16);
        assertTrue((read(MDIC) & MDIC_ERROR) != 0, "nobody at address 2");
        write(MDIC, MDIC_READ | 1 << 21 | 1 << 16);
        assertEquals(4, read(MDIC) & 4, "link");
        assertEquals(STATUS_LU, read(STATUS) & STATUS_LU);
        rig.cable.connected = false;
        write(IMS, ICR_LSC);
        card.linkChanged();
        assertTrue(rig.interrupt);
        assertEquals(0, read(STATUS) & STATUS_LU);
        write(MDIC, MDIC_READ | 1 << 21 | 1 << 16);
        assertEquals(0, read(MDIC) & 4);
    }

    @Test
    void receivesIntoDescriptorsWithCheckSequenceAndInterrupts() {
        start();
        write(IMS, ICR_RXT0);
        byte[] frame = FakeCable.frame(CardRig.MAC.bits(), 100);
        arrive(frame);
        assertTrue(rig.interrupt);
        assertEquals(104, rig.get(RX_RING + 8, 2), "length with check sequence");
        assertEquals(3, rig.get(RX_RING + 12, 1) & 3, "done, end of packet");
        byte[] got = Arrays.copyOfRange(rig.memory.bytes, DATA + 0x10000, DATA + 0x10000 + 104);
        assertArrayEquals(frame, Arrays.copyOf(got, 100));
        CRC32 crc = new CRC32();
        crc.update(got);
        assertEquals(0x2144DF1CL, crc.getValue(), "the residue of a right check sequence");
        assertEquals(1, read(RDH));
        assertTrue((read(ICR) & ICR_RXT0) != 0);
        assertFalse(rig.interrupt, "reading ICR acknowledges");
    }

    @Test
    void filtersAddresses() {
        start();
        arrive(FakeCable.frame(0x0200_0000_0099L, 60));
        assertEquals(0, read(RDH), "another station's");
        arrive(FakeCable.frame(Ethernet.BROADCAST, 60));
        assertEquals(1, read(RDH));
        long group = 0x0100_5E00_00FBL;
        arrive(FakeCable.frame(group, 60));
        assertEquals(1, read(RDH), "no group was asked for");
        int bit = 0xFB00 >> 4;
        write(MTA + 4 * (bit >> 5), 1 << (bit & 31));
        arrive(FakeCable.frame(group, 60));
        assertEquals(2, read(RDH));
        write(RCTL, RCTL_EN | RCTL_UPE);
        arrive(FakeCable.frame(0x0200_0000_0099L, 60));
        assertEquals(3, read(RDH));
    }

    @Test
    void framesWaitUntilThereAreDescriptors() {
        start();
        write(RDT, 0);
        arrive(FakeCable.frame(Ethernet.BROADCAST, 60));
        assertEquals(1, rig.cable.waiting.size());
        write(RDT, 5);
        assertEquals(0, rig.cable.waiting.size());
        assertEquals(1, read(RDH));
    }

    @Test
    void interruptsComeNoMoreOftenThanItrSays() {
        start();
        write(ITR, 1000); // 256 microseconds
        write(IMS, ICR_RXT0);
        arrive(FakeCable.frame(Ethernet.BROADCAST, 60));
        assertTrue(rig.interrupt);
        read(ICR);
        now += 1000;
        arrive(FakeCable.frame(Ethernet.BROADCAST, 60));
        assertFalse(rig.interrupt, "too soon");
        now += 256_000;
        timers.runDue(now);
        assertTrue(rig.interrupt);
    }

    private int slot;

    private void descriptor(long word0, long word1) {
        rig.put(TX_RING + 16 * slot, 8, word0);
        rig.put(TX_RING + 16 * slot + 8, 8, word1);
        slot++;
    }

    @Test
    void sendsWhatSeveralDescriptorsHold() {
        start();
        byte[] frame = FakeCable.frame(0xB, 90);
        System.arraycopy(frame, 0, rig.memory.bytes, DATA, 90);
        descriptor(DATA, 40);
        descriptor(DATA + 40, 50 | (long) (Transmitter.CMD_EOP | Transmitter.CMD_RS) << 24);
        write(IMS, ICR_TXDW);
        write(TDT, 2);
        assertArrayEquals(frame, rig.cable.sent.get(0));
        assertEquals(0, rig.get(TX_RING + 12, 1), "no report was asked for");
        assertEquals(1, rig.get(TX_RING + 28, 1), "done");
        assertTrue(rig.interrupt);
        assertEquals(1, read(GPTC));
        assertEquals(0, read(GPTC), "cleared by reading");
    }

    /** Where the switch cannot take the segment whole, because the chip puts a VLAN tag in, the chip cuts it itself. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongTcpSegmentBecomesFramesWithRightChecksums(boolean tag) {
        start();
        int payload = 5000;
        int header = 54;
        byte[] packet = new byte[header + payload];
        new Random(5).nextBytes(packet);
        int a = Ip4.of(10, 0, 2, 15);
        int b = Ip4.of(10, 0, 2, 2);
        new Tcp(1000, 80, 0xFFFFF000, 7, Tcp.ACK | Tcp.PSH | Tcp.FIN, 500, 0, -1, header, 0).emit(packet, 0);
        new Ipv4(a, b, 6, 64, 0xFFFF, true, false, 0, 34, 20).emit(packet);
        new Ethernet(0xB, 0x0200_0000_0001L, 0x800).emit(packet);
        Octets.put16(packet, 24, 0);
        Octets.put16(packet, 50, Checksum.fold(Checksum.pseudo4(a, b, 6, 0)));
        System.arraycopy(packet, 0, rig.memory.bytes, DATA, packet.length);
        long tucmd = 0x20 | Transmitter.CMD_TSE | 1 | 2;
        descriptor(
                14 | 24L << 8 | 33L << 16 | 34L << 32 | 50L << 40,
                payload | tucmd << 24 | (long) header << 40 | 1460L << 48);
        long command = Transmitter.CMD_EOP | Transmitter.CMD_TSE | Transmitter.CMD_DEXT;
        if (tag) {
            write(CTRL, read(CTRL) | CTRL_VME);
            command |= Transmitter.CMD_VLE;
        }
        descriptor(DATA, packet.length | 1L << 20 | command << 24 | 3L << 40 | (tag ? 5L << 48 : 0));
        write(TDT, 2);
        assertEquals(tag ? 4 : 1, rig.cable.sent.size(), "pieces that the card hands over");
        assertEquals(4, read(GPTC), "frames that the chip has sent");
        List<byte[]> frames = tag
                ? rig.cable.sent.stream().map(E1000Test::withoutTag).toList()
                : LargeFrame.cut(rig.cable.sent.get(0));
        assertEquals(4, frames.size());
        int sequence = 0xFFFFF000;
        int at = header;
        for (int k = 0; k < 4; k++) {
            byte[] f = frames.get(k);
            Ipv4 ip = Ipv4.parse(f);
            assertNotNull(ip, "IP checksum of frame " + k);
            assertEquals(0xFFFF + k & 0xFFFF, ip.identification());
            Tcp s = Tcp.parse(f, ip);
            assertNotNull(s, "TCP checksum of frame " + k);
            assertEquals(sequence, s.sequence());
            assertEquals(k == 3, s.has(Tcp.FIN) && s.has(Tcp.PSH), "flags of frame " + k);
            assertEquals(k == 3 ? 620 : 1460, s.payloadLength());
            assertArrayEquals(
                    Arrays.copyOfRange(packet, at, at + s.payloadLength()),
                    Arrays.copyOfRange(f, s.payloadAt(), s.payloadAt() + s.payloadLength()));
            sequence += s.payloadLength();
            at += s.payloadLength();
        }
    }

    private static byte[] withoutTag(byte[] frame) {
        assertEquals(Ethernet.TYPE_VLAN << 16 | 5, Octets.i32(frame, 12), "the tag");
        byte[] bare = Arrays.copyOf(frame, frame.length - 4);
        System.arraycopy(frame, 16, bare, 12, frame.length - 16);
        return bare;
    }
}
