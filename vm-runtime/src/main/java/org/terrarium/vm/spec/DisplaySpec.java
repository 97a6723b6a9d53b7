package org.terrarium.vm.spec;

import java.util.Locale;

/**
 * How the screen is shown.
 *
 * @param scaling how the picture fills its window
 * @param fullScreen start without window frame
 * @param videoMemoryMib memory of the graphics card, a power of two from 1 to 256
 */
public record DisplaySpec(Scaling scaling, boolean fullScreen, int videoMemoryMib) {
    /** How the picture fills its window. */
    public enum Scaling {
        /** Whole multiples of the guest's pixels: crisp. */
        INTEGER,
        /** As large as fits. */
        FIT,
        /** One pixel of the host's screen for one of the guest's. */
        ACTUAL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of that name; IllegalArgumentException with a sentence otherwise. */
        public static Scaling parse(String name) {
            for (Scaling scaling : values()) {
                if (scaling.id().equals(name)) {
                    return scaling;
                }
            }
            throw new IllegalArgumentException("'" + name + "' is no way of scaling; choose integer, fit or actual");
        }
    }

    public static final DisplaySpec DEFAULT = new DisplaySpec(Scaling.INTEGER, false, 16);

    public DisplaySpec {
        Checks.present("scaling", scaling);
        if (videoMemoryMib < 1 || videoMemoryMib > 256 || Integer.bitCount(videoMemoryMib) != 1) {
            throw new IllegalArgumentException(
                    "videoMemory must be a power of two from 1 to 256 MiB, not " + videoMemoryMib);
        }
    }

    /** The same graphics card, shown in another way. */
    public DisplaySpec with(Scaling newScaling, boolean newFullScreen) {
        return new DisplaySpec(newScaling, newFullScreen, videoMemoryMib);
    }
}
