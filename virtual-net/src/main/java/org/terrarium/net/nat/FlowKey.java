package org.terrarium.net.nat;

import org.terrarium.net.wire.IpAddress;

/** What a TCP connection is known by: the guest's end and the other end as the guest sees it. */
record FlowKey(IpAddress guest, int guestPort, IpAddress remote, int remotePort) {
    @Override
    public int hashCode() {
        long h = ((long) guest.hashCode() << 32 | remote.hashCode() & 0xFFFF_FFFFL) * 0x9E37_79B9_7F4A_7C15L;
        h = (h ^ (long) guestPort << 16 ^ remotePort) * 0xC2B2_AE3D_27D4_EB4FL;
        return (int) (h >>> 32);
    }
}
