package org.terrarium.net.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Octets;

class TeamTest {
    private final Switch fabric = new Switch();
    private final List<byte[]> guest = new ArrayList<>();
    private final Switch.Port card = fabric.plug("card", guest::add);
    private final List<List<byte[]>> sent = new ArrayList<>();

    private static byte[] frame(long destination, long source) {
        byte[] f = new byte[64];
        new Ethernet(destination, source, Ethernet.TYPE_IPV4).emit(f);
        return f;
    }

    private List<Team.Member> members(Team team, int count) {
        List<Team.Member> all = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            List<byte[]> out = new ArrayList<>();
            sent.add(out);
            all.add(team.add(out::add, false));
            all.get(k).connected(true);
        }
        return all;
    }

    private String counts() {
        StringBuilder s = new StringBuilder();
        sent.forEach(out -> s.append(out.size()));
        sent.forEach(List::clear);
        return s.toString();
    }

    @Test
    void failoverUsesTheFirstLinkThatIsUp() {
        Team team = new Team(fabric, "uplinks", Team.Policy.FAILOVER);
        List<Team.Member> links = members(team, 3);
        card.receive(frame(Ethernet.BROADCAST, 0xA), 0);
        assertEquals("100", counts());
        assertTrue(links.get(0).active() && !links.get(1).active());
        links.get(0).plugged(false);
        card.receive(frame(0xB, 0xA), 1);
        assertEquals("010", counts(), "the first was pulled");
        links.get(1).connected(false);
        card.receive(frame(0xB, 0xA), 2);
        assertEquals("001", counts(), "and the second has ended");
        links.get(2).connected(false);
        card.receive(frame(0xB, 0xA), 3);
        assertEquals("000", counts());
        links.get(0).plugged(true);
        card.receive(frame(0xB, 0xA), 4);
        assertEquals("100", counts(), "the first again");
    }

    @Test
    void whatComesOverOneLinkNeverGoesBackOverAnother() {
        Team team = new Team(fabric, "uplinks", Team.Policy.SOURCE_MAC);
        List<Team.Member> links = members(team, 2);
        links.get(1).receive(frame(Ethernet.BROADCAST, 0xB), 0);
        assertEquals("00", counts());
        assertEquals(1, guest.size());
        links.get(0).receive(frame(0xA, 0xB), 0);
        assertEquals(2, guest.size(), "any link's frames are taken");
        links.get(0).plugged(false);
        links.get(0).receive(frame(0xA, 0xB), 0);
        assertEquals(2, guest.size(), "but a pulled one's");
    }

    @Test
    void sourceAddressesAreSpreadAndStayWhereTheyAre() {
        long seed = Long.getLong("terrarium.seed", new Random().nextLong());
        System.out.println("TeamTest seed " + seed);
        Random random = new Random(seed);
        Team team = new Team(fabric, "uplinks", Team.Policy.SOURCE_MAC);
        List<Team.Member> links = members(team, 4);
        Map<Long, Integer> before = new HashMap<>();
        long base = 0x0200_0000_0000L | (long) random.nextInt() << 8 & 0xFF_FFFF_FF00L;
        for (int round = 0; round < 3; round++) {
            int[] stations = new int[4];
            for (long mac = base; mac < base + 200; mac++) {
                card.receive(frame(Ethernet.BROADCAST, mac), round);
                int over = -1;
                for (int k = 0; k < 4; k++) {
                    over = sent.get(k).isEmpty() ? over : k;
                }
                assertEquals(1, counts().chars().filter(c -> c == '1').count(), "links for " + Long.toHexString(mac));
                stations[over]++;
                int link = over;
                assertEquals(over, before.computeIfAbsent(mac, m -> link), "seed " + seed + ": a station has moved");
            }
            for (int k = 0; k < 4; k++) {
                assertTrue(stations[k] > 20, "seed " + seed + ": " + stations[k] + " of 200 stations on link " + k);
            }
        }
        links.get(2).connected(false);
        for (long mac = base; mac < base + 200; mac++) {
            card.receive(frame(Ethernet.BROADCAST, mac), 9);
        }
        assertEquals(0, sent.get(2).size());
        assertEquals(200, sent.stream().mapToInt(List::size).sum(), "everybody is on one of the others");
    }

    @Test
    void aTeamIsATrunk() {
        Team team = new Team(fabric, "uplinks", Team.Policy.FAILOVER);
        Team.Member link = members(team, 1).get(0);
        card.group(PortGroup.access(10));
        card.receive(frame(Ethernet.BROADCAST, 0xA), 0);
        byte[] out = sent.get(0).get(0);
        assertEquals(Ethernet.TYPE_VLAN, Octets.u16(out, 12));
        assertEquals(10, Octets.u16(out, 14));
        link.receive(out, 0);
        assertEquals(1, guest.size());
        assertFalse(Octets.u16(guest.get(0), 12) == Ethernet.TYPE_VLAN, "the card's group has no tags");
    }

    @Test
    void aTeamingHasAName() {
        assertEquals(Team.Policy.SOURCE_MAC, Team.Policy.parse("source-mac"));
        assertThrows(IllegalArgumentException.class, () -> Team.Policy.parse("both"));
    }
}
