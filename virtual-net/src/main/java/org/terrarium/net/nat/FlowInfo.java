package org.terrarium.net.nat;

/**
 * A line of the table of flows.
 *
 * @param protocol "tcp" or "udp"
 * @param guest the guest's end, address and port
 * @param remote the other end as the guest sees it, or for a datagram socket how many ends there are
 * @param state of a TCP connection as RFC 9293 calls it, else empty
 * @param fromGuest octets
 * @param toGuest octets
 * @param retransmissions segments sent to the guest more than once
 */
public record FlowInfo(
        String protocol,
        String guest,
        String remote,
        String state,
        long fromGuest,
        long toGuest,
        long retransmissions) {}
