package org.terrarium.vm.spec;

/**
 * What a network card's cable leads to.
 *
 * @param name of the network, for {@link Kind#PRIVATE} and {@link Kind#HOST_ONLY}; for {@link Kind#NAT} of the entry in {@code networks.json} that says how
 *     the network looks, or null for the usual one
 */
public record NetTarget(Kind kind, String name) {
    public enum Kind {
        /** A network of the machine's own, with a gateway to the host's networks. */
        NAT,
        /** A network of machines among themselves: all of this user's that name it. */
        PRIVATE,
        /** One of machines and this host, with a gateway that leads no further: all of this user's that name it. */
        HOST_ONLY,
        /** Nothing: the cable is not plugged in. */
        NONE
    }

    public static final NetTarget NAT = new NetTarget(Kind.NAT, null);
    public static final NetTarget NONE = new NetTarget(Kind.NONE, null);
    private static final String PRIVATE_PREFIX = "private:";
    private static final String NAT_PREFIX = "nat:";
    private static final String HOST_ONLY_PREFIX = "host-only:";

    /** The host-only network of those who name none. */
    private static final String HOST_ONLY_NAME = "host";

    public NetTarget {
        Checks.present("net", kind);
        if (shared(kind) || kind == Kind.NAT && name != null) {
            checkName(name);
        }
    }

    private static boolean shared(Kind kind) {
        return kind == Kind.PRIVATE || kind == Kind.HOST_ONLY;
    }

    /** Whether all of the user's machines that name it are on one switch. */
    public boolean shared() {
        return shared(kind);
    }

    /** Refuses what cannot be a network's name by an IllegalArgumentException. */
    static void checkName(String name) {
        if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}")) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be a network's name: it must have 1 to 32 letters,"
                            + " digits, dots, dashes or underscores, and begin with a letter or digit");
        }
    }

    /**
     * Reads {@code nat}, {@code nat:NAME}, {@code none}, {@code private:NAME}, {@code host-only} or {@code host-only:NAME};
     * IllegalArgumentException with a sentence otherwise.
     */
    public static NetTarget parse(String text) {
        if (text.startsWith(PRIVATE_PREFIX)) {
            return new NetTarget(Kind.PRIVATE, text.substring(PRIVATE_PREFIX.length()));
        }
        if (text.startsWith(NAT_PREFIX)) {
            return new NetTarget(Kind.NAT, text.substring(NAT_PREFIX.length()));
        }
        if (text.startsWith(HOST_ONLY_PREFIX)) {
            return new NetTarget(Kind.HOST_ONLY, text.substring(HOST_ONLY_PREFIX.length()));
        }
        return switch (text) {
            case "nat" -> NAT;
            case "host-only" -> new NetTarget(Kind.HOST_ONLY, HOST_ONLY_NAME);
            case "none" -> NONE;
            default ->
                throw new IllegalArgumentException("'" + text
                        + "' is no network; choose nat, nat:NAME, private:NAME, host-only, host-only:NAME or none");
        };
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        return switch (kind) {
            case NAT -> name == null ? "nat" : NAT_PREFIX + name;
            case NONE -> "none";
            case PRIVATE -> PRIVATE_PREFIX + name;
            case HOST_ONLY -> HOST_ONLY_PREFIX + name;
        };
    }
}
