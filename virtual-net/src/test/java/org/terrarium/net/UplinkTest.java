package org.terrarium.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.SwitchConfig.Uplink;
import org.terrarium.net.host.SwitchAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Team;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.wire.Ethernet;

/** Switches that are connected by their uplinks, over the host's real sockets. */
@Timeout(120)
class UplinkTest {
    @TempDir
    Path folder;

    private static SwitchConfig hub(Team.Policy policy, String... doors) {
        return new SwitchConfig(
                List.of(), policy, Stream.of(doors).map(SwitchAddress::parse).toList(), GatewayConfig.USUAL, List.of());
    }

    private static SwitchConfig leaf(Team.Policy policy, String... uplinks) {
        return new SwitchConfig(
                Stream.of(uplinks).map(Uplink::parse).toList(), policy, List.of(), GatewayConfig.USUAL, List.of());
    }

    private static String freePlace() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp:127.0.0.1:" + s.getLocalPort();
        }
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        for (int k = 0; k < 6000; k++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("not within a minute: " + what);
    }

    private static void allUp(Network leaf) throws InterruptedException {
        until("uplinks up", () -> leaf.uplinks().stream().allMatch(UplinkInfo::up));
    }

    /** How often a frame that is sent once arrives; a marked frame behind it says that nothing else will. */
    private static int copies(Cable from, Cable to, int mark) throws InterruptedException {
        from.send(Frames.frame(Ethernet.BROADCAST, 0x0200_0000_0000L + mark, mark));
        from.send(Frames.frame(Ethernet.BROADCAST, 0x0200_0000_0000L + mark, mark + 1));
        int copies = 0;
        while (true) {
            byte[] got = Frames.await(to, 30_000);
            assertTrue(got != null, "frame " + (mark + 1) + " did not come");
            if (got[Frames.MARK] == (byte) (mark + 1)) {
                return copies;
            }
            copies += got[Frames.MARK] == (byte) mark ? 1 : 0;
        }
    }

    @Test
    void twoUplinksToOneSwitchAreATeamAtBothEndsAndOneMayBePulled() throws Exception {
        for (Team.Policy policy : Team.Policy.values()) {
            String first = freePlace();
            String second = "unix:" + folder.resolve(policy.id() + ".sock");
            try (Network hub = Network.connected("hub", hub(policy, first, second));
                    Network leaf = Network.connected("leaf", leaf(policy, first, second))) {
                assertEquals(List.of(), hub.troubles());
                Cable a = hub.plug("a");
                Cable b = leaf.plug("b");
                allUp(leaf);
                until("the hub's end of both", () -> hub.neighbours() == 1);
                for (int mark = 0; mark < 20; mark += 2) {
                    assertEquals(1, copies(a, b, mark), policy + ": copies of a frame to the leaf");
                    assertEquals(1, copies(b, a, mark + 50), policy + ": copies of a frame to the hub");
                }
                assertTrue(leaf.uplinks().get(0).active());
                assertEquals(
                        policy == Team.Policy.SOURCE_MAC, leaf.uplinks().get(1).active());
                leaf.plugUplink(0, false);
                assertFalse(leaf.uplinks().get(0).up());
                assertEquals("it was pulled", leaf.uplinks().get(0).trouble());
                assertTrue(leaf.uplinks().get(1).active(), "the other one has taken over");
                Frames.meets(a, b, 100);
                Frames.meets(b, a, 101);
                leaf.plugUplink(0, true);
                allUp(leaf);
                assertEquals(1, copies(b, a, 110), policy + ": copies of a frame, with both again");
            }
        }
    }

    @Test
    void anUplinkIsMadeAgainWhenTheOtherSwitchComesBack() throws Exception {
        String place = freePlace();
        try (Network leaf = Network.connected("leaf", leaf(Team.Policy.FAILOVER, place))) {
            Cable b = leaf.plug("b");
            until("a sentence", () -> leaf.uplinks().get(0).trouble().startsWith("no connection to " + place));
            for (int life = 0; life < 2; life++) {
                try (Network hub = Network.connected("hub", hub(Team.Policy.FAILOVER, place))) {
                    Cable a = hub.plug("a");
                    allUp(leaf);
                    Frames.meets(a, b, 10 + life);
                }
                until("the end", () -> !leaf.uplinks().get(0).up());
            }
        }
    }

    @Test
    void virtualNetworksAndPromiscuousPortsReachOverProcesses() throws Exception {
        try (Network first = Network.shared("lab", folder);
                Network second = Network.shared("lab", folder)) {
            Cable a = first.plug("a");
            Cable c = first.plug("c");
            Cable b = second.plug("b");
            Cable spy = second.plug("spy");
            for (Network n : List.of(first, second)) {
                for (Cable card : n == first ? List.of(a, c) : List.of(b)) {
                    n.group(card, PortGroup.access(10));
                }
            }
            Frames.meets(a, b, 1);
            Frames.meets(b, a, 2);
            Frames.meets(c, a, 3);
            second.group(spy, new PortGroup(1, Set.of(10)));
            second.promiscuous(spy, true);
            // From one card of the first process to another, whose places are known: only who listens to all sees it.
            until("the spy sees what is not for it", () -> {
                a.send(Frames.frame(0x0200_0000_0003L, 0x0200_0000_0001L, 7));
                for (byte[] f = spy.receive(); f != null; f = spy.receive()) {
                    if (f.length == Frames.LENGTH + 4 && f[Frames.MARK + 4] == 7) {
                        return true;
                    }
                }
                return false;
            });
            second.group(b, PortGroup.access(20));
            while (b.receive() != null) {
                continue;
            }
            assertEquals(1, copies(a, c, 20));
            assertEquals(null, b.receive(), "another virtual network");
        }
    }

    @Test
    void theUplinksBelongToTheMiddleAndMoveWithIt() throws Exception {
        SwitchConfig config = SwitchConfig.of(GatewayConfig.USUAL.withoutOutside());
        Network first = Network.shared("hosts", config, folder);
        try (Network second = Network.shared("hosts", config, folder)) {
            assertEquals("host-only", first.uplinks().get(0).text());
            assertEquals(List.of(), second.uplinks());
            assertThrows(IllegalArgumentException.class, () -> second.plugUplink(0, false));
            first.close();
            until("the second is the middle", () -> second.uplinks().size() == 1);
            assertTrue(second.uplinks().get(0).active());
        }
    }

    @Test
    void aSocketThatAKilledProcessHasLeftIsNoHindranceButAFileIs() throws Exception {
        Path place = folder.resolve("door.sock");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(place));
        }
        assertTrue(Files.exists(place), "the host leaves it");
        try (Network hub = Network.connected("hub", hub(Team.Policy.FAILOVER, "unix:" + place))) {
            assertEquals(List.of(), hub.troubles());
        }
        Files.writeString(folder.resolve("text"), "mine");
        try (Network hub = Network.connected("hub", hub(Team.Policy.FAILOVER, "unix:" + folder.resolve("text")))) {
            assertEquals(1, hub.troubles().size());
        }
        assertEquals("mine", Files.readString(folder.resolve("text")));
    }

    @Test
    void strangersAtTheDoorAreSentAway() throws Exception {
        String place = freePlace();
        int port = SwitchAddress.parse(place).port();
        try (Network hub = Network.connected("hub", hub(Team.Policy.FAILOVER, place))) {
            hub.plug("a");
            try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
                s.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
                while (s.getInputStream().read() >= 0) {
                    continue; // its greeting, and then the end
                }
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, "or a reset");
            }
            assertEquals(0, hub.neighbours());
            try (Network taken = Network.connected("taken", hub(Team.Policy.FAILOVER, place))) {
                assertEquals(1, taken.troubles().size());
                assertTrue(taken.troubles().get(0).startsWith("other switches cannot connect at " + place));
            }
        }
    }

    @Test
    void whatCannotBeIsToldInOneSentence() {
        for (String bad : List.of("tcp:1.2.3.4", "tcp::0", "tcp::70000", "unix:relative", "wan", "tcp:a b:1")) {
            String sentence = assertThrows(IllegalArgumentException.class, () -> Uplink.parse(bad))
                    .getMessage();
            assertTrue(sentence.startsWith("'" + bad + "'") && !sentence.contains("\n"), sentence);
        }
        for (String good : List.of("nat", "host-only", "tcp:192.0.2.1:7000", "unix:/run/x.sock")) {
            assertEquals(good, Uplink.parse(good).text());
        }
        assertEquals("tcp:127.0.0.1:7000", Uplink.parse("tcp::7000").text());
        assertThrows(IllegalArgumentException.class, () -> leaf(Team.Policy.FAILOVER, "nat", "host-only"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SwitchConfig(
                        List.of(Uplink.parse("tcp::1")),
                        Team.Policy.FAILOVER,
                        List.of(SwitchAddress.parse("tcp::2")),
                        GatewayConfig.USUAL,
                        List.of()),
                "a ring could arise");
    }
}
