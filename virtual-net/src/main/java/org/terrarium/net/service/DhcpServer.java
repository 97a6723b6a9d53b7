package org.terrarium.net.service;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.terrarium.net.service.LeaseTable.Lease;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Ip4;

/** Gives out addresses (RFC 2131, 4.3; options by RFC 2132). */
public final class DhcpServer {
    private static final int LEASE_SECONDS = 24 * 3600;
    private static final long SECOND = 1_000_000_000L;

    /** What a client says of itself and is told again: its identifier (RFC 6842) and, for PXE, its UUID (RFC 4578, 2.3). */
    private static final int[] ECHOED = {Dhcp.OPTION_CLIENT_ID, Dhcp.OPTION_CLIENT_UUID};

    private static final int MAX_ECHOED = 64;

    /**
     * What stations are told besides their address. 0, null and empty mean that it is left out.
     *
     * @param server the server's own address
     * @param router where other networks are reached
     * @param dns the name server
     * @param bootServer siaddr and option 66, for network boot
     * @param bootFile option 67
     */
    public record Options(
            int server, int mask, int router, int dns, String domain, int ntp, int bootServer, String bootFile) {}

    private final Options options;
    private final LeaseTable leases;

    public DhcpServer(Options options, LeaseTable leases) {
        this.options = options;
        this.leases = leases;
    }

    /**
     * Answers a message, or gives null when none is due.
     *
     * @param source the station that sent the frame: it can only ask for itself, so that one guest cannot use up the pool with
     *     invented addresses
     */
    public Dhcp answer(Dhcp m, long source, long now) {
        if (m.op() != Dhcp.BOOTREQUEST || m.clientMac() != source || m.relayIp() != 0) {
            return null;
        }
        return switch (m.type()) {
            case Dhcp.DISCOVER ->
                leases.offer(m.clientMac(), m.address(Dhcp.OPTION_REQUESTED_IP), hostName(m), now)
                        .map(l -> reply(m, Dhcp.OFFER, l.address(), true))
                        .orElse(null);
            case Dhcp.REQUEST -> request(m, now);
            case Dhcp.DECLINE -> {
                leases.decline(m.clientMac(), m.address(Dhcp.OPTION_REQUESTED_IP), now);
                yield null;
            }
            case Dhcp.RELEASE -> {
                leases.release(m.clientMac(), m.clientIp(), now);
                yield null;
            }
            case Dhcp.INFORM -> reply(m, Dhcp.ACK, 0, false);
            case 0 -> bootp(m, now);
            default -> null;
        };
    }

    /** RFC 2131, 4.3.2: after an offer the address stands in an option, when renewing in ciaddr. */
    private Dhcp request(Dhcp m, long now) {
        int server = m.address(Dhcp.OPTION_SERVER_ID);
        if (server != 0 && server != options.server()) {
            return null; // another server's offer was taken
        }
        int wanted = m.address(Dhcp.OPTION_REQUESTED_IP);
        int address = wanted != 0 ? wanted : m.clientIp();
        Optional<Lease> lease = leases.confirm(m.clientMac(), address, hostName(m), LEASE_SECONDS * SECOND, now);
        return lease.map(l -> reply(m, Dhcp.ACK, l.address(), true)).orElseGet(() -> refusal(m));
    }

    /** A BOOTP client (RFC 951) does not ask twice: it keeps what it gets. */
    private Dhcp bootp(Dhcp m, long now) {
        return leases.offer(m.clientMac(), 0, "", now)
                .flatMap(l -> leases.confirm(m.clientMac(), l.address(), "", LEASE_SECONDS * SECOND, now))
                .map(l -> reply(m, 0, l.address(), false))
                .orElse(null);
    }

    private static String hostName(Dhcp m) {
        return m.text(Dhcp.OPTION_HOST_NAME);
    }

    private Dhcp reply(Dhcp m, int type, int address, boolean leased) {
        Map<Integer, byte[]> o = new TreeMap<>();
        if (type != 0) {
            o.put(Dhcp.OPTION_MESSAGE_TYPE, new byte[] {(byte) type});
            o.put(Dhcp.OPTION_SERVER_ID, Dhcp.word(options.server()));
        }
        if (leased) {
            o.put(Dhcp.OPTION_LEASE_TIME, Dhcp.word(LEASE_SECONDS));
            o.put(Dhcp.OPTION_RENEWAL_TIME, Dhcp.word(LEASE_SECONDS / 2));
            o.put(Dhcp.OPTION_REBINDING_TIME, Dhcp.word(LEASE_SECONDS / 8 * 7));
        }
        o.put(Dhcp.OPTION_SUBNET_MASK, Dhcp.word(options.mask()));
        putAddress(o, Dhcp.OPTION_ROUTER, options.router());
        putAddress(o, Dhcp.OPTION_DNS, options.dns());
        putAddress(o, Dhcp.OPTION_NTP, options.ntp());
        putText(o, Dhcp.OPTION_DOMAIN, options.domain());
        putText(o, Dhcp.OPTION_BOOT_FILE, options.bootFile());
        putText(o, Dhcp.OPTION_TFTP_SERVER, options.bootServer() == 0 ? "" : Ip4.text(options.bootServer()));
        for (int told : ECHOED) {
            byte[] value = m.options().get(told);
            if (value != null && value.length <= MAX_ECHOED) {
                o.put(told, value);
            }
        }
        return new Dhcp(
                Dhcp.BOOTREPLY,
                m.transaction(),
                m.flags(),
                m.clientIp(),
                address,
                options.bootServer(),
                0,
                m.clientMac(),
                o);
    }

    private Dhcp refusal(Dhcp m) {
        Map<Integer, byte[]> o = new TreeMap<>();
        o.put(Dhcp.OPTION_MESSAGE_TYPE, new byte[] {Dhcp.NAK});
        o.put(Dhcp.OPTION_SERVER_ID, Dhcp.word(options.server()));
        // A station that is refused has no valid address: the answer is broadcast (RFC 2131, 4.3.2).
        return new Dhcp(Dhcp.BOOTREPLY, m.transaction(), Dhcp.BROADCAST_FLAG, 0, 0, 0, 0, m.clientMac(), o);
    }

    private static void putAddress(Map<Integer, byte[]> o, int code, int address) {
        if (address != 0) {
            o.put(code, Dhcp.word(address));
        }
    }

    private static void putText(Map<Integer, byte[]> o, int code, String text) {
        if (text != null && !text.isEmpty()) {
            o.put(code, text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
