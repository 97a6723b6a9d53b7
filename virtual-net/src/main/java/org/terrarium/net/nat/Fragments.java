package org.terrarium.net.nat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;

/**
 * Puts datagrams together again (RFC 791, 3.2 and RFC 815; RFC 8200, 4.5). Few at a time and not for long, so that a guest gains nothing by
 * sending halves.
 */
final class Fragments {
    private static final int MAX_DATAGRAMS = 16;
    private static final int MAX_PIECES = 64;
    private static final long PATIENCE = 15_000_000_000L;
    private static final int MAX_LENGTH = 65535 - Ipv4.HEADER;

    private record Key(IpAddress from, IpAddress to, int protocol, int identification) {}

    private static final class Partial {
        byte[] data = new byte[0];
        final int[] starts = new int[MAX_PIECES];
        final int[] ends = new int[MAX_PIECES];
        int pieces;
        int total = -1;
        long since;

        /** IPv6 allows no overlapping ones (RFC 8200, 4.5, after RFC 5722). */
        boolean overlaps(int start, int end) {
            for (int n = 0; n < pieces; n++) {
                if (start < ends[n] && end > starts[n]) {
                    return true;
                }
            }
            return false;
        }

        boolean whole() {
            if (total < 0) {
                return false;
            }
            int reached = 0;
            for (int k = 0; k < pieces; k++) {
                for (int n = 0; n < pieces; n++) {
                    if (starts[n] <= reached && ends[n] > reached) {
                        reached = ends[n];
                    }
                }
            }
            return reached >= total;
        }
    }

    private final Map<Key, Partial> waiting = new LinkedHashMap<>();

    /** Takes in a fragment; gives the whole datagram as a frame once it is complete, else null. */
    byte[] add(byte[] frame, IpPacket ip, long now) {
        Iterator<Partial> oldest = waiting.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since > PATIENCE) {
            oldest.remove();
        }
        int end = ip.fragmentOffset() + ip.payloadLength();
        boolean ragged = ip.moreFragments() && ip.payloadLength() % 8 != 0;
        if (end > MAX_LENGTH || ragged || ip.payloadLength() == 0) {
            return null;
        }
        Key key = new Key(ip.from(), ip.to(), ip.protocol(), ip.identification());
        Partial p = waiting.get(key);
        if (p == null) {
            if (waiting.size() == MAX_DATAGRAMS) {
                return null;
            }
            p = new Partial();
            p.since = now;
            waiting.put(key, p);
        }
        boolean contradictory = !ip.moreFragments() && p.total >= 0 && p.total != end
                || ip instanceof Ipv6 && p.overlaps(ip.fragmentOffset(), end);
        if (p.pieces == MAX_PIECES || contradictory) {
            waiting.remove(key); // or hopelessly torn: a bomb
            return null;
        }
        p.total = ip.moreFragments() ? p.total : end;
        if (p.data.length < end) {
            p.data = Arrays.copyOf(p.data, end);
        }
        System.arraycopy(frame, ip.payloadAt(), p.data, ip.fragmentOffset(), ip.payloadLength());
        p.starts[p.pieces] = ip.fragmentOffset();
        p.ends[p.pieces++] = end;
        if (!p.whole()) {
            return null;
        }
        waiting.remove(key);
        int at = Ethernet.HEADER + IpPacket.headerLength(ip.from());
        byte[] all = new byte[at + p.total];
        System.arraycopy(frame, 0, all, 0, Ethernet.HEADER);
        System.arraycopy(p.data, 0, all, at, p.total);
        IpPacket.emit(all, ip.from(), ip.to(), ip.protocol(), p.total);
        return all;
    }
}
