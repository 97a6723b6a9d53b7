package org.terrarium.vm.share;

import java.util.concurrent.atomic.AtomicLong;

/** What a guest has asked of a shared folder since power-on. Any thread. */
public final class ShareCounters {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();

    void request() {
        requests.incrementAndGet();
    }

    void read(int bytes) {
        bytesRead.addAndGet(bytes);
    }

    void written(int bytes) {
        bytesWritten.addAndGet(bytes);
    }

    /** Requests of any kind. */
    public long requests() {
        return requests.get();
    }

    /** Bytes of files that went to the guest. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** Bytes of files that came from the guest. */
    public long bytesWritten() {
        return bytesWritten.get();
    }
}
