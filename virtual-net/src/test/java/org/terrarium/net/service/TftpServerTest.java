package org.terrarium.net.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.host.FolderFiles;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tftp;

/** The TFTP server with real files and a client that counts time itself. */
class TftpServerTest {
    private static final IpAddress CLIENT = IpAddress.v4(0x0A00020F);
    private static final long SECOND = 1_000_000_000L;

    private record Message(int clientPort, int port, byte[] data) {}

    @TempDir
    Path outside;

    private Path folder;
    private TftpServer server;
    private final Queue<Message> sent = new ArrayDeque<>();
    private final byte[] kernel = new byte[100_000];

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectories(outside.resolve("boot"));
        new Random(1).nextBytes(kernel);
        Files.write(folder.resolve("kernel"), kernel);
        Files.write(folder.resolve("full"), Arrays.copyOf(kernel, 1024));
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.write(Files.createDirectories(folder.resolve("pxelinux.cfg")).resolve("default"), new byte[] {7});
        Files.writeString(outside.resolve("secret"), "not for guests");
        Files.createSymbolicLink(folder.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("within"), folder.resolve("kernel"));
        server = new TftpServer(
                new FolderFiles(folder), (who, clientPort, port, m, now) -> sent.add(new Message(clientPort, port, m)));
    }

    private void send(int clientPort, int port, byte[] m, long now) {
        assertTrue(server.receive(CLIENT, clientPort, port, m, now), "port " + port + " is the server's");
    }

    /** Loads a file, losing every {@code lost}th datagram of either direction. */
    private byte[] load(String name, Map<String, String> options, int lost) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int block = Integer.parseInt(options.getOrDefault("blksize", "512"));
        int window = Integer.parseInt(options.getOrDefault("windowsize", "1"));
        int expected = 1;
        int count = 0;
        long now = 0;
        boolean complete = false;
        send(3000, TftpServer.PORT, Tftp.read(name, options), now);
        while (!complete || server.active() > 0) {
            Message m = sent.poll();
            if (m == null) {
                now = server.deadline();
                assertTrue(now != Long.MAX_VALUE, "the transfer goes on");
                server.expire(now);
                continue;
            }
            if (lost > 0 && ++count % lost == 0) {
                continue;
            }
            int answer = 0;
            if (Tftp.opcode(m.data()) != Tftp.OPTION_ACK) {
                assertEquals(Tftp.DATA, Tftp.opcode(m.data()), "data");
                boolean next = Tftp.block(m.data()) == (expected & 0xFFFF);
                if (next) {
                    got.write(m.data(), 4, m.data().length - 4);
                    complete = m.data().length - 4 < block;
                    expected++;
                }
                answer = next && !complete && (expected - 1) % window != 0 ? -1 : expected - 1 & 0xFFFF;
            }
            if (answer >= 0 && (lost == 0 || ++count % lost != 0)) {
                send(3000, m.port(), Tftp.acknowledgment(answer), now);
            }
        }
        sent.clear();
        return got.toByteArray();
    }

    @Test
    void filesArriveWhole() {
        assertArrayEquals(kernel, load("kernel", Map.of(), 0));
        assertArrayEquals(Arrays.copyOf(kernel, 1024), load("full", Map.of(), 0), "ends with an empty block");
        assertArrayEquals(new byte[0], load("empty", Map.of(), 0));
        assertArrayEquals(new byte[] {7}, load("/pxelinux.cfg/default", Map.of(), 0), "as boot loaders write names");
        assertArrayEquals(new byte[] {7}, load("\\pxelinux.cfg\\default", Map.of(), 0));
        assertArrayEquals(kernel, load("within", Map.of(), 0), "a link that stays in the folder");
    }

    @Test
    void filesArriveWholeOverABadLink() {
        for (int lost : new int[] {2, 3, 5, 7, 11}) {
            Map<String, String> options = lost == 5 ? Map.of("blksize", "1024", "windowsize", "4") : Map.of();
            assertArrayEquals(kernel, load("kernel", options, lost == 2 ? 4 : lost), "every " + lost + "th lost");
        }
    }

    @Test
    void blockNumbersGoOnBehindTheLast() {
        assertArrayEquals(kernel, load("kernel", Map.of("blksize", "8"), 0)); // 12,501 blocks
        byte[] large = new byte[8 * 70_000 + 3];
        new Random(2).nextBytes(large);
        try {
            Files.write(folder.resolve("large"), large);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertArrayEquals(large, load("large", Map.of("blksize", "8", "windowsize", "16"), 0)); // more than 65,536
    }

    @Test
    void optionsAreGrantedAsFarAsTheyCanBe() {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("BLKSIZE", "65464");
        wanted.put("tsize", "0");
        wanted.put("timeout", "3");
        wanted.put("windowsize", "64");
        wanted.put("multicast", "");
        wanted.put("more", "x");
        send(3000, TftpServer.PORT, Tftp.read("kernel", wanted), 0);
        byte[] m = sent.remove().data();
        String said = new String(m, 2, m.length - 2, java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(Tftp.OPTION_ACK, Tftp.opcode(m));
        assertEquals("blksize\0001468\0timeout\0003\0windowsize\00016\0tsize\000100000\0", said);
        assertEquals(3 * SECOND, server.deadline(), "the client's timeout");
        for (String nonsense : List.of("7", "65465", "-1", "", "abc", "99999999999")) {
            send(3001, TftpServer.PORT, Tftp.read("kernel", Map.of("blksize", nonsense)), 0);
            assertEquals(Tftp.DATA, Tftp.opcode(sent.remove().data()), "blksize " + nonsense + " is left out");
        }
    }

    private String refused(byte[] request) {
        sent.clear();
        send(3000, TftpServer.PORT, request, 0);
        byte[] m = sent.remove().data();
        assertEquals(Tftp.ERROR, Tftp.opcode(m), "an error");
        assertEquals(0, server.active());
        return Octets.u16(m, 2) + " " + new String(m, 4, m.length - 5, java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void nothingLeadsOutOfTheFolder() {
        List<String> names = List.of(
                "../secret",
                "pxelinux.cfg/../../secret",
                "..\\secret",
                "link",
                "/etc/passwd",
                "//etc/passwd",
                "",
                "pxelinux.cfg",
                ".",
                "nothing",
                "kernel/x",
                "a".repeat(5000),
                "\uFFFD");
        for (String name : names) {
            String said = refused(Tftp.read(name, Map.of()));
            assertTrue(said.startsWith(name.isEmpty() ? "4 " : "1 "), name + ": " + said);
        }
        assertEquals(
                "1 there is no such file",
                refused(Tftp.read(outside.resolve("secret").toString(), Map.of())));
    }

    @Test
    void nobodyWritesAndNonsenseIsRefused() {
        byte[] write = Tftp.read("kernel", Map.of());
        write[1] = Tftp.WRITE;
        assertEquals("2 files can only be read here", refused(write));
        assertEquals("4 this is no request", refused(new byte[] {0}));
        assertEquals("4 this is no request", refused(new byte[] {0, 1, 'a', 'b'}));
        assertEquals(
                "0 files are only given out in octet (binary) mode",
                refused("\0\1kernel\0netascii\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertFalse(server.receive(CLIENT, 3000, 12345, new byte[4], 0), "not its port");
    }

    @Test
    void clientsThatGoAwayAreForgotten() {
        send(3000, TftpServer.PORT, Tftp.read("kernel", Map.of()), 0);
        int times = 0;
        while (server.active() > 0) {
            times++;
            server.expire(server.deadline());
        }
        assertEquals(7, times, "six more tries");
        assertEquals(Long.MAX_VALUE, server.deadline());
    }

    @Test
    void onlySoManyTransfersAtATime() {
        for (int port = 1; port <= 500; port++) {
            send(port, TftpServer.PORT, Tftp.read("kernel", Map.of()), port);
            assertTrue(server.active() <= 32, server.active() + " transfers");
        }
        send(
                500,
                sent.stream()
                        .filter(m -> m.clientPort() == 500)
                        .findFirst()
                        .orElseThrow()
                        .port(),
                Tftp.error(0, new byte[0]),
                500);
        assertEquals(31, server.active(), "the client has ended it");
        server.close();
        assertEquals(0, server.active());
    }
}
