package org.terrarium.disk;

import java.io.IOException;

/** The caller stopped an operation; its files are in order. */
public final class DiskCancelledException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskCancelledException() {
        super("stopped before it was done; nothing is damaged");
    }
}
