package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Wireshark's dissectors as judge of a capture. */
final class Tshark {
    private static final String BAD = "_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0"
            + " or udp.checksum.status == 0 or icmp.checksum.status == 0";

    private Tshark() {}

    /** Every frame is well-formed and every checksum right; there are some frames. */
    static void assertClean(Path capture) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/tshark")), "tshark is missing");
        assertEquals("", run(capture, BAD), "frames that tshark finds bad in " + capture);
        assertTrue(run(capture, "tcp.flags.syn == 1").lines().count() > 1, "connections in " + capture);
    }

    /** How many frames of a capture a display filter lets through. */
    static long frames(Path capture, String filter) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/tshark")), "tshark is missing");
        return run(capture, filter).lines().count();
    }

    private static String run(Path capture, String filter) throws IOException, InterruptedException {
        Process p = new ProcessBuilder(
                        "tshark",
                        "-r",
                        capture.toString(),
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE",
                        // The servers' ports are any that were free: what others use them for is not what they carry.
                        "-d",
                        "tcp.port==1024-65535,data",
                        "-Y",
                        filter)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor(), "tshark's exit status");
        return text;
    }
}
