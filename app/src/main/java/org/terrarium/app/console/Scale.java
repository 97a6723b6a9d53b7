package org.terrarium.app.console;

/** How the guest's picture is fitted into the window. */
public enum Scale {
    /** The largest whole multiple of the guest's pixels that fits: crisp; made smaller when not even one fits. */
    WHOLE,
    /** As large as fits. */
    FIT,
    /** One pixel of the screen for one of the guest's, with scroll bars when it does not fit. */
    ACTUAL;

    /** The next one, round and round. */
    Scale next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
