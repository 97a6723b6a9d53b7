package org.terrarium.vm.disk;

import org.terrarium.disk.Progress;

/** One progress for operations that follow each other, each a known part of the whole. */
public final class ProgressParts {
    private final Progress whole;
    private final long total;
    private long before;

    /** @param total the sum of the parts, in bytes or whatever they are counted in */
    public ProgressParts(Progress whole, long total) {
        this.whole = whole;
        this.total = total;
    }

    /** The progress of the next operation, which counts {@code length} in the whole however it counts itself. */
    public Progress next(long length) {
        long start = before;
        before += length;
        return (done, of) -> whole.step(start + (of <= 0 ? 0 : (long) ((double) done / of * length)), total);
    }
}
