package org.terrarium.net.nat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.terrarium.net.wire.Ip4;

/**
 * A port of the host that leads to a guest.
 *
 * @param udp datagrams instead of connections
 * @param hostAddress where the host listens; 127.0.0.1 unless others are to be let in
 * @param guestAddress the guest's address, or 0 for the one the network's first machine has
 */
public record PortForward(boolean udp, int hostAddress, int hostPort, int guestAddress, int guestPort) {
    private static final int LOOPBACK = Ip4.of(127, 0, 0, 1);
    private static final Pattern FORM =
            Pattern.compile("(?:(tcp|udp):)?(?:([0-9.]*):)?([0-9]{1,5})-(?:([0-9.]*):)?([0-9]{1,5})");

    /** Parses {@code tcp:127.0.0.1:2222-:22}; IllegalArgumentException with a sentence otherwise. */
    public static PortForward parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no port forward; write PROTOCOL:ADDRESS:PORT-GUEST:PORT like tcp:127.0.0.1:2222-:22");
        }
        return new PortForward(
                "udp".equals(m.group(1)),
                m.group(2) == null || m.group(2).isEmpty() ? LOOPBACK : Ip4.parse(m.group(2)),
                port(text, m.group(3)),
                m.group(4) == null || m.group(4).isEmpty() ? 0 : Ip4.parse(m.group(4)),
                port(text, m.group(5)));
    }

    private static int port(String text, String number) {
        int port = Integer.parseInt(number);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + text + "': a port is a number from 1 to 65535");
        }
        return port;
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        return (udp ? "udp:" : "tcp:") + Ip4.text(hostAddress) + ":" + hostPort + "-"
                + (guestAddress == 0 ? "" : Ip4.text(guestAddress)) + ":" + guestPort;
    }
}
