package org.terrarium.net.link;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which virtual networks a port belongs to (IEEE 802.1Q, 5.4).
 *
 * @param vlan where frames without a tag belong, 1 to 4094; those of this network leave without a tag
 * @param tagged networks whose frames pass with their tags; empty for an access port
 */
public record PortGroup(int vlan, Set<Integer> tagged) {
    public static final int MAX_VLAN = 4094;
    public static final PortGroup USUAL = new PortGroup(1, Set.of());

    /** A trunk for every network: what leads to another switch. */
    public static final PortGroup ALL =
            new PortGroup(1, IntStream.rangeClosed(2, MAX_VLAN).boxed().collect(Collectors.toUnmodifiableSet()));

    public PortGroup {
        tagged = Set.copyOf(tagged);
        if (vlan < 1 || vlan > MAX_VLAN || tagged.stream().anyMatch(v -> v < 1 || v > MAX_VLAN)) {
            throw new IllegalArgumentException("a VLAN has a number from 1 to " + MAX_VLAN);
        }
    }

    /** Only frames of one network, without tags. */
    public static PortGroup access(int vlan) {
        return new PortGroup(vlan, Set.of());
    }

    boolean member(int v) {
        return v == vlan || tagged.contains(v);
    }
}
