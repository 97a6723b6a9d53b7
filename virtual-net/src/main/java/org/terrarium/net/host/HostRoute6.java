package org.terrarium.net.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.terrarium.net.wire.IpAddress;

/**
 * Whether the host reaches other networks by IPv6: whether its system has a route to the addresses given out to the world (2000::/3,
 * RFC 4291, 2.4). Connecting a socket for datagrams sends nothing. Asked again every few seconds as networks come and go.
 */
public final class HostRoute6 implements BooleanSupplier {
    private static final long FRESH_NANOS = 5_000_000_000L;
    private static final IpAddress SOMEWHERE = new IpAddress(0x2001_0DB8L << 32, 1);

    private final LongSupplier clock;
    private boolean reached;
    private boolean known;
    private long asked;

    /** @param clock nanoseconds */
    public HostRoute6(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public boolean getAsBoolean() {
        long now = clock.getAsLong();
        if (!known || now - asked > FRESH_NANOS) {
            reached = reach();
            asked = now;
            known = true;
        }
        return reached;
    }

    private static boolean reach() {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(SOMEWHERE.inet(), 9));
            return true;
        } catch (IOException | RuntimeException e) {
            return false; // no route, or a system without IPv6, whose sockets do not know such addresses
        }
    }
}
