package org.terrarium.vm.device.virtionet;

import java.util.Arrays;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Octets;
import org.terrarium.vm.device.nic.FrameBytes;

/** Which frames the driver wants, as it says through the control queue (virtio 1.2, 5.1.6.5.1 to 5.1.6.5.3). */
final class ReceiveFilter {
    static final int PROMISC = 0;
    static final int ALLMULTI = 1;
    static final int ALLUNI = 2;
    static final int NOMULTI = 3;
    static final int NOUNI = 4;
    static final int NOBCAST = 5;

    private static final int VLANS = 4096;

    private int modes;
    private long[] addresses;
    private long[] vlans;

    ReceiveFilter() {
        reset();
    }

    /** Until the driver says something it gets everything, as drivers expect that cannot say anything. */
    void reset() {
        modes = 1 << PROMISC;
        addresses = new long[0];
        vlans = new long[0];
    }

    void mode(int number, boolean on) {
        modes = on ? modes | 1 << number : modes & ~(1 << number);
    }

    void addresses(long[] value) {
        addresses = value;
    }

    /** With the feature negotiated no virtual network passes that was not added. */
    void filterVlans() {
        if (vlans.length == 0) {
            vlans = new long[VLANS / 64];
        }
    }

    void vlan(int number, boolean pass) {
        filterVlans();
        long bit = 1L << (number & 63);
        int at = (number & VLANS - 1) >> 6;
        vlans[at] = pass ? vlans[at] | bit : vlans[at] & ~bit;
    }

    private boolean on(int mode) {
        return (modes >> mode & 1) != 0;
    }

    boolean accepts(byte[] frame, long own) {
        if (vlans.length > 0 && frame.length >= 18 && Octets.u16(frame, 12) == Ethernet.TYPE_VLAN) {
            int vlan = Octets.u16(frame, 14) & 0xFFF;
            if ((vlans[vlan >> 6] >>> (vlan & 63) & 1) == 0) {
                return false;
            }
        }
        if (on(PROMISC)) {
            return true;
        }
        long to = FrameBytes.destination(frame);
        if (to == Ethernet.BROADCAST) {
            return !on(NOBCAST);
        }
        if (Ethernet.group(to)) {
            return !on(NOMULTI) && (on(ALLMULTI) || listed(to));
        }
        return !on(NOUNI) && (on(ALLUNI) || to == own || listed(to));
    }

    private boolean listed(long address) {
        return Arrays.stream(addresses).anyMatch(a -> a == address);
    }

    VirtioNetState save(long mac, long offloads) {
        return new VirtioNetState(mac, offloads, modes, addresses.clone(), vlans.clone());
    }

    void restore(VirtioNetState s) {
        modes = s.receiveModes();
        addresses = s.addresses().clone();
        vlans = s.vlans().length == VLANS / 64 ? s.vlans().clone() : new long[0];
    }
}
