package org.terrarium.app.input;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Waiting for a file descriptor of the host (POSIX poll). */
final class Polling {
    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;

    static {
        Native.register(Polling.class, "c");
    }

    private Polling() {}

    private static native int poll(Pointer descriptors, long count, int timeoutMillis);

    /** Waits until there is something to read, or until the time is over. */
    static void awaitReadable(int descriptor, int timeoutMillis) {
        try (Memory one = new Memory(POLLFD_BYTES)) {
            one.setInt(0, descriptor);
            one.setShort(4, POLLIN);
            one.setShort(6, (short) 0);
            poll(one, 1, timeoutMillis);
        }
    }
}
