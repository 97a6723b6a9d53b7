package org.terrarium.net.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which address: one per station, the same one again when it comes back, from a pool that cannot be exceeded. An
 * address that was only offered falls back soon; a lease whose time is over stays remembered until its address is needed.
 */
public final class LeaseTable {
    private static final long SECOND = 1_000_000_000L;
    private static final long OFFER_NANOS = 30 * SECOND;
    private static final long DECLINED_NANOS = 600 * SECOND;

    /**
     * A leased address.
     *
     * @param mac the station; -1 for an address that a station has found in use by somebody else
     * @param hostName what the station calls itself, or empty
     * @param expires nanoseconds on the network's clock
     */
    public record Lease(long mac, int address, String hostName, long expires, boolean confirmed) {}

    private final int first;
    private final int last;
    private final Map<Long, Integer> reservations;
    private final Map<Long, Lease> byMac = new HashMap<>();
    private final Map<Integer, Lease> byAddress = new HashMap<>();
    private Runnable listener = () -> {};

    /**
     * @param first the pool's first address
     * @param last its last
     * @param reservations addresses kept for stations, in the pool or outside
     */
    public LeaseTable(int first, int last, Map<Long, Integer> reservations) {
        this.first = first;
        this.last = last;
        this.reservations = Map.copyOf(reservations);
    }

    /** Takes over leases that were kept from an earlier run. */
    public void load(Collection<Lease> kept) {
        for (Lease l : kept) {
            if (pool(l.address()) && !byAddress.containsKey(l.address())) {
                put(l);
            }
        }
    }

    /** Told when {@link #leases} has changed; called in the midst of things. */
    public void onChange(Runnable value) {
        listener = value;
    }

    /** An address for a station, held for a moment; empty when every address is taken. */
    public Optional<Lease> offer(long mac, int wish, String hostName, long now) {
        Integer address = choose(mac, wish, now);
        if (address == null) {
            return Optional.empty();
        }
        Lease old = byMac.get(mac);
        boolean held = old != null && old.address() == address && old.expires() > now;
        Lease lease = held ? old : new Lease(mac, address, cleaned(hostName), now + OFFER_NANOS, false);
        put(lease);
        return Optional.of(lease);
    }

    /** Confirms an address to a station for {@code nanos}; empty when the station cannot have that address. */
    public Optional<Lease> confirm(long mac, int address, String hostName, long nanos, long now) {
        Lease holder = byAddress.get(address);
        Integer reserved = reservations.get(mac);
        boolean mine = holder != null && holder.mac() == mac;
        boolean free = pool(address) && (holder == null || holder.expires() <= now) && !reservedForOther(mac, address);
        if (reserved != null ? reserved != address : !mine && !free) {
            return Optional.empty();
        }
        Lease lease = new Lease(mac, address, cleaned(hostName), now + nanos, true);
        put(lease);
        listener.run();
        return Optional.of(lease);
    }

    /** The station gives its address back; it is still given to it first. */
    public void release(long mac, int address, long now) {
        Lease l = byMac.get(mac);
        if (l != null && l.address() == address) {
            put(new Lease(mac, address, l.hostName(), now, true));
            listener.run();
        }
    }

    /** The station has found its address in use: it is not given out for a while. */
    public void decline(long mac, int address, long now) {
        Lease l = byMac.get(mac);
        if (l != null && l.address() == address) {
            byMac.remove(mac);
            byAddress.put(address, new Lease(-1, address, "", now + DECLINED_NANOS, false));
        }
    }

    /** The address of a station by the name it goes by, or 0. */
    public int byName(String name, long now) {
        for (Lease l : byAddress.values()) {
            if (l.confirmed() && l.expires() > now && l.hostName().equals(name)) {
                return l.address();
            }
        }
        return 0;
    }

    /** The name of the station at an address, or empty. */
    public String nameOf(int address, long now) {
        Lease l = byAddress.get(address);
        return l == null || !l.confirmed() || l.expires() <= now ? "" : l.hostName();
    }

    /** The confirmed leases, by address. */
    public List<Lease> leases() {
        List<Lease> all = new ArrayList<>(byAddress.values());
        all.removeIf(l -> !l.confirmed());
        all.sort((a, b) -> Integer.compareUnsigned(a.address(), b.address()));
        return all;
    }

    private void put(Lease l) {
        Lease before = byMac.put(l.mac(), l);
        if (before != null) {
            byAddress.remove(before.address(), before);
        }
        Lease other = byAddress.put(l.address(), l);
        if (other != null && other.mac() != l.mac()) {
            byMac.remove(other.mac(), other);
        }
    }

    private Integer choose(long mac, int wish, long now) {
        Integer reserved = reservations.get(mac);
        if (reserved != null) {
            return reserved;
        }
        Lease mine = byMac.get(mac);
        if (mine != null) {
            return mine.address();
        }
        if (pool(wish) && usable(mac, wish, now) && !byAddress.containsKey(wish)) {
            return wish;
        }
        Integer forgotten = null;
        for (int a = first; Integer.compareUnsigned(a, last) <= 0; a++) {
            if (usable(mac, a, now)) {
                if (!byAddress.containsKey(a)) {
                    return a;
                }
                forgotten = forgotten == null ? (Integer) a : forgotten;
            }
        }
        return forgotten;
    }

    private boolean usable(long mac, int address, long now) {
        Lease holder = byAddress.get(address);
        return (holder == null || holder.expires() <= now) && !reservedForOther(mac, address);
    }

    private boolean reservedForOther(long mac, int address) {
        return reservations.containsValue(address) && !Integer.valueOf(address).equals(reservations.get(mac));
    }

    private boolean pool(int address) {
        return Integer.compareUnsigned(address, first) >= 0 && Integer.compareUnsigned(address, last) <= 0;
    }

    /** A name as it can stand in the DNS (RFC 1123, 2.1); what does not fit is left out. */
    private static String cleaned(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") ? lower : "";
    }
}
