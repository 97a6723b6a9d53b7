package org.terrarium.vm.io;

import java.util.ArrayDeque;
import java.util.Deque;

/** Answers when the test says so, as an attachment with a thread of its own does; at once while {@link #atOnce} is set. */
public final class DeferredAttachment implements DiskAttachment {
    /** The requests not yet carried out, oldest first; running one completes it. */
    public final Deque<Runnable> pending = new ArrayDeque<>();

    public boolean atOnce;
    private final DiskAttachment direct;

    public DeferredAttachment(DiskAttachment direct) {
        this.direct = direct;
    }

    private void soon(Runnable work) {
        if (atOnce) {
            work.run();
        } else {
            pending.add(work);
        }
    }

    @Override
    public long size() {
        return direct.size();
    }

    @Override
    public boolean readOnly() {
        return direct.readOnly();
    }

    @Override
    public void read(long offset, byte[] dst, int at, int length, Completion done) {
        soon(() -> direct.read(offset, dst, at, length, done));
    }

    @Override
    public void write(long offset, byte[] src, int at, int length, Completion done) {
        soon(() -> direct.write(offset, src, at, length, done));
    }

    @Override
    public void flush(Completion done) {
        soon(() -> direct.flush(done));
    }

    @Override
    public void discard(long offset, long length, Completion done) {
        soon(() -> direct.discard(offset, length, done));
    }

    @Override
    public void writeZeroes(long offset, long length, boolean release, Completion done) {
        soon(() -> direct.writeZeroes(offset, length, release, done));
    }
}
