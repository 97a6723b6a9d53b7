package org.terrarium.vm;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The network cards there are. */
public enum NicModel {
    /** Intel 82540EM, which every current system knows. */
    E1000;

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
        return name().toLowerCase(Locale.ROOT);
    }
}
