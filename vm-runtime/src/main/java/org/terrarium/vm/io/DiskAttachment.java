package org.terrarium.vm.io;

/**
 * A disk or medium as a controller sees it: it asks for bytes and is told on the machine's thread when they are there,
 * at once or later. Ranges are checked by the controller against {@link #size()}; a request is in flight until its completion
 * is called, exactly once. A controller's state is only complete when nothing is in flight: wait for that before saving it.
 *
 * <p>Several requests may be in flight. Those that touch the same bytes take effect in the order they were made; all others
 * in any order. After a reset of the machine, requests made before it may never complete.
 */
public interface DiskAttachment {
    /** Told on the machine's thread how a request ended; after a failure the user has been told why. */
    @FunctionalInterface
    interface Completion {
        void done(boolean ok);
    }

    /** Bytes the guest may address. */
    long size();

    boolean readOnly();

    /** Fills {@code dst[at, at+length)} from byte {@code offset}; what lies beyond the end of the disk reads as zeroes. */
    void read(long offset, byte[] dst, int at, int length, Completion done);

    /** Writes {@code src[at, at+length)} at byte {@code offset}; the array must not change until completion. */
    void write(long offset, byte[] src, int at, int length, Completion done);

    /**
     * As {@link #read}, but at once, if the host has the bytes in memory; else false, and nothing has been asked for.
     * While the guest computes nothing a read is through sooner this way than another thread is awake.
     */
    default boolean readNow(long offset, byte[] dst, int at, int length) {
        return false;
    }

    /**
     * As {@link #write}, but the guest need not wait: as a drive with a write cache, the attachment has taken the data over, shows
     * it to later reads, and lets a later flush fail if it cannot be stored. False, and nothing has been taken over, where that
     * is not possible now.
     *
     * @param free called on the machine's thread when the array may be changed again
     */
    default boolean writeBehind(long offset, byte[] src, int at, int length, Runnable free) {
        return false;
    }

    /** Completes when everything written before is on stable storage. */
    void flush(Completion done);

    /** The range is no longer needed: its space is given back to the host where the user allows that. */
    void discard(long offset, long length, Completion done);

    /**
     * Makes the range read as zeroes.
     *
     * @param release whether its space may be given back to the host
     */
    void writeZeroes(long offset, long length, boolean release, Completion done);
}
