package org.terrarium.vm;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The network cards there are. */
public enum NicModel {
    /** A virtio network card, the fastest, for systems with a driver for it. */
    VIRTIO,
    /** Intel 82540EM, which every current system knows. */
    E1000,
    /** Realtek RTL8139C, of which every older system has a driver. */
    RTL8139,
    /** An NE2000 as a PCI card (RTL8029AS), for systems from before all others. */
    NE2000,
    /** The same on the ISA bus, at port 300h with interrupt 5. */
    NE2000_ISA;

    /** The card of that name; IllegalArgumentException with a sentence otherwise. */
    public static NicModel parse(String name) {
        for (NicModel m : values()) {
            if (m.id().equals(name)) {
                return m;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no network card; choose one of "
                + Arrays.stream(values()).map(NicModel::id).collect(Collectors.joining(", ")));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
