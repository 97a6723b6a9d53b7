package org.terrarium.net.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Octets;

class SwitchTest {
    private static final long SECOND = 1_000_000_000L;

    private final Switch fabric = new Switch();
    private final List<List<byte[]>> got = new ArrayList<>();
    private final List<Switch.Port> ports = new ArrayList<>();

    @BeforeEach
    void fourStations() {
        for (int k = 0; k < 4; k++) {
            List<byte[]> frames = new ArrayList<>();
            got.add(frames);
            ports.add(fabric.plug("p" + k, frames::add));
        }
    }

    private static byte[] frame(long destination, long source) {
        byte[] f = new byte[64];
        new Ethernet(destination, source, Ethernet.TYPE_IPV4).emit(f);
        return f;
    }

    private static byte[] tagged(long destination, long source, int vlan) {
        byte[] f = new byte[68];
        new Ethernet(destination, source, Ethernet.TYPE_VLAN).emit(f);
        Octets.put16(f, 14, vlan);
        Octets.put16(f, 16, Ethernet.TYPE_IPV4);
        return f;
    }

    private String counts() {
        StringBuilder s = new StringBuilder();
        got.forEach(g -> s.append(g.size()));
        got.forEach(List::clear);
        return s.toString();
    }

    @Test
    void floodsUntilItKnowsWhereAStationIs() {
        ports.get(0).receive(frame(0xB, 0xA), 0);
        assertEquals("0111", counts());
        ports.get(1).receive(frame(0xA, 0xB), 0);
        assertEquals("1000", counts());
        ports.get(0).receive(frame(0xB, 0xA), 0);
        assertEquals("0100", counts());
        ports.get(0).receive(frame(0xB, 0xA), 301 * SECOND);
        assertEquals("0111", counts(), "forgotten after five minutes of silence");
        ports.get(2).receive(frame(0xC, 0xB), 302 * SECOND);
        counts();
        ports.get(0).receive(frame(0xB, 0xA), 302 * SECOND);
        assertEquals("0010", counts(), "a station that has moved is found at its new place");
        ports.get(0).receive(frame(Ethernet.BROADCAST, 0xA), 302 * SECOND);
        assertEquals("0111", counts());
    }

    @Test
    void aPromiscuousPortSeesAllAndAPulledCableNothing() {
        ports.get(3).promiscuous(true);
        ports.get(1).receive(frame(0xA, 0xB), 0);
        counts();
        ports.get(0).receive(frame(0xB, 0xA), 0);
        assertEquals("0101", counts());
        ports.get(1).up(false);
        ports.get(0).receive(frame(Ethernet.BROADCAST, 0xA), 0);
        assertEquals("0011", counts());
        ports.get(1).receive(frame(Ethernet.BROADCAST, 0xB), 0);
        assertEquals("0000", counts());
    }

    @Test
    void virtualNetworksAreSeparateAndATrunkCarriesTheirTags() {
        ports.get(0).group(PortGroup.access(10));
        ports.get(1).group(PortGroup.access(10));
        ports.get(2).group(PortGroup.access(20));
        ports.get(3).group(new PortGroup(1, Set.of(10, 20)));
        byte[] f = frame(Ethernet.BROADCAST, 0xA);
        ports.get(0).receive(f, 0);
        assertArrayEquals(f, got.get(1).get(0));
        assertArrayEquals(tagged(Ethernet.BROADCAST, 0xA, 10), got.get(3).get(0));
        assertEquals("0101", counts());
        ports.get(3).receive(tagged(Ethernet.BROADCAST, 0xD, 20), 0);
        assertArrayEquals(frame(Ethernet.BROADCAST, 0xD), got.get(2).get(0));
        assertEquals("0010", counts());
        ports.get(3).receive(tagged(Ethernet.BROADCAST, 0xD, 30), 0);
        assertEquals("0000", counts(), "a network the trunk does not carry");
        ports.get(2).receive(tagged(Ethernet.BROADCAST, 0xC, 10), 0);
        assertEquals("0000", counts(), "an access port takes no tags: no hopping to another network");
        // The same address in two networks is two stations.
        ports.get(2).receive(frame(Ethernet.BROADCAST, 0xA), 0);
        counts();
        ports.get(1).receive(frame(0xA, 0xB), 0);
        assertEquals("1000", counts());
    }

    @Test
    void wrongFramesAreRefusedAndCounted() {
        ports.get(0).receive(new byte[13], 0);
        ports.get(0).receive(new byte[1519], 0);
        ports.get(0).receive(frame(0xB, Ethernet.BROADCAST), 0);
        assertEquals("0000", counts());
        assertEquals(3, ports.get(0).counters(0, 0).refused());
    }

    @Test
    void stormsAndInventedAddressesAreLimited() {
        Random random = new Random(1);
        for (int n = 0; n < 50_000; n++) {
            ports.get(0).receive(frame(Ethernet.BROADCAST, 0x0200_0000_0000L + random.nextInt(1 << 24)), n);
        }
        assertTrue(got.get(1).size() <= 10_000, got.get(1).size() + " frames of a storm");
        assertTrue(fabric.addresses() <= 512, fabric.addresses() + " addresses of one port");
        counts();
        ports.get(1).receive(frame(Ethernet.BROADCAST, 0xB), 1);
        counts();
        ports.get(2).receive(frame(0xB, 0xC), 1);
        assertEquals("0100", counts(), "others are still learned");
        ports.get(0).receive(frame(Ethernet.BROADCAST, 0xA), 2 * SECOND);
        assertEquals("0111", counts(), "a second later it may speak again");
    }

    @Test
    void aLinkWithFaultsRepeatsWithItsSeed() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            List<Integer> order = new ArrayList<>();
            ShapedLink link = new ShapedLink(
                    new Shaping(1000, 500, 0.2, 0.1, 0.3, 0), new Random(42), f -> order.add(Octets.i32(f, 0)));
            for (int k = 0; k < 1000; k++) {
                byte[] f = new byte[60];
                Octets.put32(f, 0, k);
                link.send(f, k * 1000L);
            }
            link.expire(Long.MAX_VALUE - 1);
            runs.add(order);
        }
        assertEquals(runs.get(0), runs.get(1));
        assertTrue(
                runs.get(0).size() > 800 && runs.get(0).size() < 960,
                runs.get(0).size() + " of 1000 arrived");
        assertThrows(IllegalArgumentException.class, () -> new Shaping(0, 0, 1.5, 0, 0, 0));
    }

    @Test
    void bandwidthIsWhatWasAskedFor() {
        List<byte[]> out = new ArrayList<>();
        ShapedLink link = new ShapedLink(new Shaping(0, 0, 0, 0, 0, 8_000_000), new Random(1), out::add);
        for (int k = 0; k < 1000; k++) {
            link.send(new byte[1000], 0);
        }
        link.expire(SECOND / 2);
        assertEquals(500, out.size(), "half a second at a million octets a second");
    }
}
