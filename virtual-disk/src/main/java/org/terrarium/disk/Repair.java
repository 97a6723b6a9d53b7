package org.terrarium.disk;

/** What a check may change in an image. */
public enum Repair {
    /** Nothing; the image is opened for reading. */
    NONE,
    /** Give leaked space back. */
    LEAKS,
    /** Whatever is wrong, as far as it can be put right. */
    ALL
}
