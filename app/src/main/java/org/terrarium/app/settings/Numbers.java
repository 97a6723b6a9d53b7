package org.terrarium.app.settings;

/** Numbers as people type them. */
public final class Numbers {
    private Numbers() {}

    /** The whole number typed, or -1 when it is none. */
    public static long of(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
