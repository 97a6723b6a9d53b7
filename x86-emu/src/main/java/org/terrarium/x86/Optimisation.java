package org.terrarium.x86;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What makes a machine faster and can be left out, to find the one that is wrong or to see what it is worth:
 * {@code -Dterrarium.jit.off=calls,loops,...} names those to leave out for the whole program.
 */
public enum Optimisation {
    /** Calls and returns inside a region. */
    CALLS,
    /** Loops inside a region. */
    LOOPS,
    /** Flags that nothing looks at are not recorded. */
    DEADFLAGS,
    /** Conditions straight from the operands of the comparison before them. */
    CONDITIONS,
    /** Simple arithmetic as JVM instructions instead of calls. */
    ARITHMETIC,
    /** Pages reached last are remembered in loops, for each base register. */
    PAGES,
    /** Code that is rewritten again and again must be hotter each time. */
    PATIENCE,
    /** Regions that are entered very often are formed anew with what their exits lead to. */
    REFORM,
    /** Warm code is translated soon and cheaply, hot code again and better. */
    GRADES,
    /** XMM registers are JVM variables while a region runs. */
    XMM,
    /** Repeated string instructions work on whole pages. */
    STRINGS,
    /** The short way for x87 additions and multiplications. */
    X87;

    /** The system property that names those to leave out, with commas. */
    public static final String PROPERTY = "terrarium.jit.off";

    /** Its name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is to be used. */
    public boolean on() {
        return Arrays.stream(System.getProperty(PROPERTY, "").split(",")).noneMatch(id()::equals);
    }

    /** The one with this name. */
    public static Optional<Optimisation> named(String id) {
        return Arrays.stream(values()).filter(o -> o.id().equals(id)).findFirst();
    }

    /** All names, with commas. */
    public static String names() {
        return Arrays.stream(values()).map(Optimisation::id).collect(Collectors.joining(", "));
    }
}
