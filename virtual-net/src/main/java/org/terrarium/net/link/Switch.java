package org.terrarium.net.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Octets;

/**
 * A learning switch with virtual networks (IEEE 802.1Q, clause 8). It has one tier: switches are not connected in rings, so
 * there is no spanning tree. Belongs to the network's thread; time is an argument, nanoseconds.
 */
public final class Switch {
    private static final long SECOND = 1_000_000_000L;
    private static final long AGEING_NANOS = 300 * SECOND; // 802.1Q, 8.8.3
    private static final int MAX_ADDRESSES = 8192;

    /** A guest that invents addresses cannot push those of the others out of the table. */
    private static final int MAX_ADDRESSES_PER_PORT = 512;

    /** Frames to groups that a port may send in a second; more is a storm. */
    private static final int MAX_GROUP_FRAMES = 10_000;

    private static final int VLAN_SHIFT = 48;

    /** Sees every frame at a port. */
    @FunctionalInterface
    public interface Tap {
        void frame(byte[] frame, boolean fromStation, long now);
    }

    private record Entry(Port port, long seen) {}

    private final List<Port> ports = new ArrayList<>();
    private final Map<Long, Entry> table = new HashMap<>();

    /** Where a station is plugged in. */
    public final class Port {
        private final String name;
        private final Consumer<byte[]> station;
        private final List<Tap> taps = new ArrayList<>();
        private PortGroup group = PortGroup.USUAL;
        private boolean promiscuous;
        private volatile boolean takesLarge;
        private boolean up = true;
        private int addresses;
        private long stormSecond;
        private int stormFrames;
        private long framesOut;
        private long octetsOut;
        private long framesIn;
        private long octetsIn;
        private long refused;

        private Port(String name, Consumer<byte[]> station) {
            this.name = name;
            this.station = station;
        }

        public String name() {
            return name;
        }

        public void group(PortGroup value) {
            group = value;
            forget(this);
        }

        public PortGroup group() {
            return group;
        }

        /** Whether the station gets every frame of its networks, whomever it is for. */
        public void promiscuous(boolean on) {
            promiscuous = on;
        }

        public boolean promiscuous() {
            return promiscuous;
        }

        /** Whether the station takes a {@link LargeFrame} whole; may be called on any thread. */
        public void takesLarge(boolean on) {
            takesLarge = on;
        }

        /** Pulls the cable or plugs it in; what was known of the stations behind it is forgotten. */
        public void up(boolean on) {
            up = on;
            forget(this);
        }

        public boolean up() {
            return up;
        }

        public void tap(Tap tap) {
            taps.add(tap);
        }

        public void untap(Tap tap) {
            taps.remove(tap);
        }

        /**
         * What has passed so far.
         *
         * @param dropped what the port's queues have lost, which the switch does not see
         * @param tooLong what was refused before it came to the switch
         */
        public PortCounters counters(long dropped, long tooLong) {
            return new PortCounters(framesOut, octetsOut, framesIn, octetsIn, dropped, refused + tooLong);
        }

        /** The station has sent a frame. */
        public void receive(byte[] frame, long now) {
            receive(frame, Ethernet.MAX_FRAME, now);
        }

        /** The station has sent a {@link LargeFrame}. */
        public void receiveLarge(byte[] large, long now) {
            receive(large, Integer.MAX_VALUE, now);
        }

        private void receive(byte[] frame, int longest, long now) {
            if (!up) {
                return;
            }
            if (frame.length > longest || !acceptable(frame, now)) {
                refused++;
                return;
            }
            framesOut++;
            octetsOut += frame.length;
            tapped(frame, true, now);
            forward(this, frame, now);
        }

        private boolean acceptable(byte[] frame, long now) {
            if (frame.length < Ethernet.HEADER || Ethernet.group(Octets.u48(frame, 6))) {
                return false;
            }
            if (!Ethernet.group(Octets.u48(frame, 0))) {
                return true;
            }
            if (now - stormSecond >= SECOND) {
                stormSecond = now;
                stormFrames = 0;
            }
            return ++stormFrames <= MAX_GROUP_FRAMES;
        }

        private void deliver(byte[] frame, int vlan, boolean wasTagged, long now) {
            if (!up || !group.member(vlan)) {
                return;
            }
            boolean tag = vlan != group.vlan();
            byte[] out = tag == wasTagged ? frame : tag ? tagged(frame, vlan) : untagged(frame);
            framesIn++;
            octetsIn += out.length;
            tapped(out, false, now);
            if (LargeFrame.is(out) && !takesLarge) {
                LargeFrame.cut(out).forEach(station);
            } else {
                station.accept(out);
            }
        }

        /** A capture shows frames as a wire would carry them. */
        private void tapped(byte[] frame, boolean fromStation, long now) {
            if (taps.isEmpty()) {
                return;
            }
            for (byte[] f : LargeFrame.is(frame) ? LargeFrame.cut(frame) : List.of(frame)) {
                for (int k = 0; k < taps.size(); k++) {
                    taps.get(k).frame(f, fromStation, now);
                }
            }
        }
    }

    /** @param station takes the frames for the station; must not change them */
    public Port plug(String name, Consumer<byte[]> station) {
        Port p = new Port(name, station);
        ports.add(p);
        return p;
    }

    public void unplug(Port port) {
        ports.remove(port);
        port.up = false;
        forget(port);
    }

    public List<Port> ports() {
        return List.copyOf(ports);
    }

    /** How many addresses are known. */
    public int addresses() {
        return table.size();
    }

    private void forward(Port from, byte[] frame, long now) {
        boolean wasTagged = Octets.u16(frame, 12) == Ethernet.TYPE_VLAN && frame.length >= Ethernet.HEADER + 4;
        int number = wasTagged ? Octets.u16(frame, 14) & 0xFFF : 0;
        // A tag with number 0 only carries a priority (802.1Q, 9.6): the frame belongs where one without a tag does.
        int vlan = number == 0 ? from.group.vlan() : number;
        if (!from.group.member(vlan)
                || wasTagged && number != 0 && !from.group.tagged().contains(vlan)) {
            from.refused++;
            return;
        }
        learn(from, vlan, Octets.u48(frame, 6), now);
        Entry to = lookup(vlan, Octets.u48(frame, 0), now);
        for (int k = 0; k < ports.size(); k++) {
            Port p = ports.get(k);
            if (p != from && (to == null || to.port() == p || p.promiscuous)) {
                p.deliver(frame, vlan, wasTagged, now);
            }
        }
    }

    private Entry lookup(int vlan, long address, long now) {
        if (Ethernet.group(address)) {
            return null;
        }
        Entry e = table.get((long) vlan << VLAN_SHIFT | address);
        return e == null || now - e.seen() > AGEING_NANOS ? null : e;
    }

    private void learn(Port from, int vlan, long address, long now) {
        long key = (long) vlan << VLAN_SHIFT | address;
        Entry e = table.get(key);
        if (e != null && e.port() == from) {
            if (now - e.seen() > SECOND) {
                table.put(key, new Entry(from, now));
            }
            return;
        }
        if (from.addresses >= MAX_ADDRESSES_PER_PORT || e == null && table.size() >= MAX_ADDRESSES) {
            age(now);
            if (from.addresses >= MAX_ADDRESSES_PER_PORT || table.size() >= MAX_ADDRESSES) {
                return; // its frames are flooded instead
            }
        }
        if (e != null) {
            e.port().addresses--;
        }
        from.addresses++;
        table.put(key, new Entry(from, now));
    }

    private void age(long now) {
        table.values().removeIf(e -> {
            boolean old = now - e.seen() > AGEING_NANOS;
            e.port().addresses -= old ? 1 : 0;
            return old;
        });
    }

    private void forget(Port port) {
        table.values().removeIf(e -> e.port() == port);
        port.addresses = 0;
    }

    private static byte[] tagged(byte[] frame, int vlan) {
        byte[] out = new byte[frame.length + 4];
        System.arraycopy(frame, 0, out, 0, 12);
        Octets.put16(out, 12, Ethernet.TYPE_VLAN);
        Octets.put16(out, 14, vlan);
        System.arraycopy(frame, 12, out, 16, frame.length - 12);
        return out;
    }

    private static byte[] untagged(byte[] frame) {
        byte[] out = new byte[frame.length - 4];
        System.arraycopy(frame, 0, out, 0, 12);
        System.arraycopy(frame, 16, out, 12, frame.length - 16);
        return out;
    }
}
