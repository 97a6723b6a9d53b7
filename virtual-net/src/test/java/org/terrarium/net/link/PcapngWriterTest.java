package org.terrarium.net.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.Ipv4;

/** tshark reads what we write. */
class PcapngWriterTest {
    @TempDir
    Path folder;

    private static byte[] ping(int length) {
        byte[] m = Icmp.message(Icmp.ECHO_REQUEST, 0, 0x00010002, new byte[length], 0, length);
        byte[] f = new byte[34 + m.length];
        new Ethernet(0x0200_0000_0002L, 0x0200_0000_0001L, Ethernet.TYPE_IPV4).emit(f);
        System.arraycopy(m, 0, f, 34, m.length);
        Ipv4.of(Ip4.of(10, 0, 2, 15), Ip4.of(10, 0, 2, 2), Ipv4.PROTOCOL_ICMP, m.length)
                .emit(f);
        return f;
    }

    private static String tshark(Path file, String... fields) throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/tshark")), "tshark is missing; packaging/test.sh installs it");
        var command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields"));
        for (String f : fields) {
            command.add("-e");
            command.add(f);
        }
        Process p = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor(), "tshark's exit status for " + file);
        return text;
    }

    @Test
    void tsharkSeesFramesTimesAndDirections() throws Exception {
        Path file = folder.resolve("a.pcapng");
        try (PcapngWriter w = new PcapngWriter(file, "eth0 of web", 0, 1)) {
            w.frame(
                    new Arp(Arp.REQUEST, 1, Ip4.of(10, 0, 2, 15), 0, Ip4.of(10, 0, 2, 2)).frame(-1L >>> 16),
                    true,
                    1_700_000_000_123_456_789L);
            w.frame(ping(57), false, 1_700_000_001_000_000_001L);
        }
        String text = tshark(
                file,
                "frame.time_epoch",
                "frame.interface_name",
                "frame.packet_flags_direction",
                "_ws.col.Protocol",
                "frame.len",
                "_ws.malformed");
        String[] lines = text.strip().split("\n");
        assertEquals(2, lines.length, text);
        assertEquals("1700000000.123456789\teth0 of web\t0x00000002\tARP\t60", lines[0].strip());
        assertEquals("1700000001.000000001\teth0 of web\t0x00000001\tICMP\t99", lines[1].strip());
    }

    @Test
    void aRotatingCaptureKeepsTheLastFiles() throws Exception {
        Path file = folder.resolve("b.pcapng");
        try (PcapngWriter w = new PcapngWriter(file, "x", 10_000, 3)) {
            for (int k = 0; k < 200; k++) {
                w.frame(ping(400), true, k);
            }
        }
        assertTrue(Files.exists(folder.resolve("b.1.pcapng")) && Files.exists(folder.resolve("b.2.pcapng")));
        assertFalse(Files.exists(folder.resolve("b.3.pcapng")));
        int frames = 0;
        for (String name : new String[] {"b.pcapng", "b.1.pcapng", "b.2.pcapng"}) {
            assertTrue(Files.size(folder.resolve(name)) <= 10_000, name);
            frames += tshark(folder.resolve(name), "frame.len").split("\n").length;
        }
        assertTrue(frames >= 40, frames + " frames kept");
    }
}
