package org.terrarium.net.host;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether an address is one of this host's own; asked of the system again every few seconds as networks come and go. */
public final class HostAddresses implements Predicate<InetAddress> {
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final LongSupplier clock;
    private Set<InetAddress> own = Set.of();
    private long read;
    private boolean known;

    /** @param clock nanoseconds */
    public HostAddresses(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public boolean test(InetAddress address) {
        long now = clock.getAsLong();
        if (!known || now - read > FRESH_NANOS) {
            try {
                own = NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .collect(Collectors.toSet());
            } catch (SocketException e) {
                own = Set.of(); // a host without any network
            }
            read = now;
            known = true;
        }
        return own.contains(address);
    }
}
