package org.terrarium.vm.display;

import java.util.concurrent.atomic.AtomicBoolean;

/** One who looks at a {@link Screen}; close it to stop looking. */
public final class ScreenViewer implements AutoCloseable {
    /** Gets what changed. The array must be copied from at once and not be kept or written. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Rows {@code firstRow} to {@code endRow} (exclusive; none when only the text or cursor moved) are new. A size
         * other than before means that all rows are.
         */
        void receive(int width, int height, int[] argb, int firstRow, int endRow);
    }

    private final Screen screen;
    private final int perSecond;
    private final Runnable changed;
    private final AtomicBoolean told = new AtomicBoolean();
    // The rows below are guarded by the screen's lock. A new viewer has seen nothing yet.
    private boolean pending = true;
    private int firstRow;
    private int endRow = Integer.MAX_VALUE;

    ScreenViewer(Screen screen, int perSecond, Runnable changed) {
        this.screen = screen;
        this.perSecond = perSecond;
        this.changed = changed;
    }

    int perSecond() {
        return perSecond;
    }

    /** Hands over what changed since the last call; returns false, without calling, when nothing did. Any thread. */
    public boolean take(Receiver receiver) {
        told.set(false);
        return screen.take(this, receiver);
    }

    @Override
    public void close() {
        screen.close(this);
    }

    boolean pending() {
        return pending;
    }

    int firstRow() {
        return firstRow;
    }

    int endRow() {
        return endRow;
    }

    void add(int first, int end) {
        pending = true;
        firstRow = Math.min(firstRow, first);
        endRow = Math.max(endRow, end);
    }

    void clean() {
        pending = false;
        firstRow = Integer.MAX_VALUE;
        endRow = 0;
    }

    void tell() {
        if (told.compareAndSet(false, true)) {
            changed.run();
        }
    }
}
