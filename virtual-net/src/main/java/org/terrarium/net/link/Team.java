package org.terrarium.net.link;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.terrarium.net.wire.Octets;

/**
 * Several links that lead to the same place and are one port of the switch, so that a frame never comes back on another of them.
 * What arrives on any of them is taken; what is sent goes over one that is up. On the network's thread.
 */
public final class Team {
    /** Which of the links that are up a frame is sent over. */
    public enum Policy {
        /** The first one, in the order in which they were added. */
        FAILOVER("failover"),
        /** One that depends on the sender's address alone, so that the frames of a station stay in order. */
        SOURCE_MAC("source-mac");

        private final String id;

        Policy(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        /** The policy of that name; IllegalArgumentException with a sentence otherwise. */
        public static Policy parse(String text) {
            for (Policy p : values()) {
                if (p.id.equals(text)) {
                    return p;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is no teaming; choose failover or source-mac");
        }
    }

    /** One of the links. */
    public final class Member {
        private final Consumer<byte[]> output;
        private final boolean takesLarge;
        private boolean connected;
        private boolean plugged = true;
        private long framesOut;
        private long framesIn;

        private Member(Consumer<byte[]> output, boolean takesLarge) {
            this.output = output;
            this.takesLarge = takesLarge;
        }

        /** Whether the other end is there. */
        public void connected(boolean on) {
            connected = on;
            changed();
        }

        /** Plugs the link in or pulls it. */
        public void plugged(boolean on) {
            plugged = on;
            changed();
        }

        public boolean plugged() {
            return plugged;
        }

        public boolean up() {
            return connected && plugged;
        }

        public long framesOut() {
            return framesOut;
        }

        public long framesIn() {
            return framesIn;
        }

        /** Whether frames are sent over it now; with {@link Policy#SOURCE_MAC} those of some stations. */
        public boolean active() {
            return active.contains(this) && (policy == Policy.SOURCE_MAC || active.get(0) == this);
        }

        /** A frame from the other end. */
        public void receive(byte[] frame, long now) {
            if (!up()) {
                return;
            }
            framesIn++;
            if (LargeFrame.is(frame) && takesLarge) {
                port.receiveLarge(frame, now);
            } else {
                port.receive(frame, now);
            }
        }
    }

    private final Policy policy;
    private final Switch.Port port;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> active = new ArrayList<>();

    /** @param name of the team's port */
    public Team(Switch fabric, String name, Policy policy) {
        this.policy = policy;
        port = fabric.plug(name, this::send);
        port.group(PortGroup.ALL);
    }

    /**
     * A further link, with nobody at its other end yet.
     *
     * @param output takes the frames for the other end
     * @param takesLarge whether the other end takes a {@link LargeFrame} and sends them
     */
    public Member add(Consumer<byte[]> output, boolean takesLarge) {
        Member m = new Member(output, takesLarge);
        members.add(m);
        return m;
    }

    /** Takes a link out. */
    public void remove(Member member) {
        members.remove(member);
        changed();
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    public Policy policy() {
        return policy;
    }

    public Switch.Port port() {
        return port;
    }

    private void changed() {
        active.clear();
        members.stream().filter(Member::up).forEach(active::add);
        port.takesLarge(!active.isEmpty() && active.stream().allMatch(m -> m.takesLarge));
    }

    private void send(byte[] frame) {
        if (active.isEmpty()) {
            return;
        }
        int n = policy == Policy.FAILOVER ? 0 : Math.floorMod(spread(Octets.u48(frame, 6)), active.size());
        Member m = active.get(n);
        m.framesOut++;
        m.output.accept(frame);
    }

    /** Addresses that differ only in their last octets are to be spread over the links all the same. */
    private static int spread(long address) {
        return (int) (address * 0x9E37_79B9_7F4A_7C15L >>> 40);
    }
}
