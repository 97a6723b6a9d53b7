package org.terrarium.net.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;

class PingSocketTest {
    private record Answer(IpAddress address, int sequence, byte[] data) {}

    @Test
    void theHostItselfAnswers() throws Exception {
        answers(IpAddress.v4(Ip4.of(127, 0, 0, 1)));
    }

    @Test
    void theHostItselfAnswersByIpv6() throws Exception {
        answers(IpAddress.LOOPBACK6);
    }

    private static void answers(IpAddress host) throws Exception {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        try (PingSocket socket = open(!host.isV4(), answers)) {
            socket.send(host, 0x1234, 5, new byte[] {9, 1, 2, 3}, 1, 3);
            Answer a = answers.poll(30, TimeUnit.SECONDS);
            assertNotNull(a, "an answer");
            assertEquals(host.text() + " 4660", a.address() + " " + a.sequence());
            assertArrayEquals(new byte[] {1, 2, 3}, a.data());
        }
    }

    private static PingSocket open(boolean ipv6, BlockingQueue<Answer> answers) {
        try {
            return new PingSocket(ipv6, (address, sequence, data) -> answers.add(new Answer(address, sequence, data)));
        } catch (IOException e) {
            Assumptions.abort(e.getMessage() + "; net.ipv4.ping_group_range decides");
            return null;
        }
    }
}
