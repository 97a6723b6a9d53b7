package org.terrarium.app.console;

import org.terrarium.vm.spec.DisplaySpec.Scaling;

/** How the guest's picture is fitted into the window. */
public enum Scale {
    /** The largest whole multiple of the guest's pixels that fits: crisp; made smaller when not even one fits. */
    WHOLE,
    /** As large as fits. */
    FIT,
    /** One pixel of the screen for one of the guest's, with scroll bars when it does not fit. */
    ACTUAL;

    /** The one that a machine's description means. */
    static Scale of(Scaling scaling) {
        return switch (scaling) {
            case INTEGER -> WHOLE;
            case FIT -> FIT;
            case ACTUAL -> ACTUAL;
        };
    }

    /** What a machine's description says for it. */
    Scaling scaling() {
        return switch (this) {
            case WHOLE -> Scaling.INTEGER;
            case FIT -> Scaling.FIT;
            case ACTUAL -> Scaling.ACTUAL;
        };
    }

    /** The next one, round and round. */
    Scale next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
