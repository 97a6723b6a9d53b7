package org.terrarium.vm.state;

import java.io.IOException;
import java.util.Arrays;

/** The 4 KiB pages of a memory, each handed out once, in whatever order suits the source. */
public interface PageSource {
    int PAGE_BYTES = 4096;

    /** A page of zeros; never to be written. */
    byte[] ZERO_PAGE = new byte[PAGE_BYTES];

    int pages();

    /** Copies a page that was not handed out before and returns its number; -1 when there are no more. */
    int next(byte[] dst) throws IOException;

    /** Whether a page is all zeros. */
    default boolean isZero(byte[] page) {
        return Arrays.equals(page, ZERO_PAGE);
    }
}
