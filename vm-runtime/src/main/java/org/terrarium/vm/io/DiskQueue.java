package org.terrarium.vm.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * A disk whose requests are carried out beside the machine's thread, several at a time, while the guest runs on.
 *
 * <p>Order: a request begins as soon as no earlier unfinished one touches the same bytes (unless both read), and a flush when
 * all earlier changes are done. Completions come on the machine's thread: in real time as soon as the host is through; in
 * counted time at an instant that only depends on the request and on machine time, in the order of the requests, and the
 * machine's thread waits there for a host that is slower.
 *
 * <p>In real time a read of what the host has in memory is carried out at once, and a write is taken over as by a drive's cache, up
 * to {@link #MAX_BEHIND}: another thread stores it while the guest goes on. A flush waits for it.
 *
 * <p>A request that fails for want of space on the host is held, with all that must follow it, until {@link #retryHeld}.
 *
 * <p>Every method belongs to the machine's thread.
 */
public final class DiskQueue implements DiskAttachment, AutoCloseable {
    /** What a request takes in counted time: a fast solid-state disk's 50 us and 1 GB/s. */
    private static final long REQUEST_NANOS = 50_000;

    /** More than any controller has in flight; only a guest that resets its controller again and again gets there. */
    private static final int MAX_REQUESTS = 1024;

    private static final long MAX_BYTES = 64 << 20;

    /** Bytes that the guest may believe written while they are not yet: a drive's cache. */
    private static final long MAX_BEHIND = 4 << 20;

    private volatile VirtualDisk disk;
    private final boolean readOnly;
    private final boolean discard;
    private final DiskHost host;
    private final LongConsumer activity;
    private final TimerQueue timers;
    private final Timer timer;

    private final Object lock = new Object();
    /** In the order they were made: waiting, running and held ones, in counted time also those done but not yet due. */
    private final List<DiskRequest> requests = new ArrayList<>();
    /** Real time only: done, completion still to be called. */
    private final Deque<DiskRequest> finished = new ArrayDeque<>();

    /** Writes carried out behind the guest's back; their arrays may be used again. */
    private final Deque<DiskRequest> stored = new ArrayDeque<>();

    /** Bytes of writes taken over and not yet carried out. */
    private long behind;

    /** A write that the guest believes done has failed: the next flush says so. */
    private boolean lost;

    private boolean posted;
    private boolean closed;

    /**
     * @param readOnly refuse writes even where the disk would take them
     * @param discard whether space that the guest gives back is given back to the host
     * @param activity told the number of bytes of every transfer, for the drive's light
     * @param counted the machine's timers where its time is counted in instructions; null in real time
     */
    public DiskQueue(
            String label,
            VirtualDisk disk,
            boolean readOnly,
            boolean discard,
            DiskHost host,
            LongConsumer activity,
            TimerQueue counted) {
        this.disk = disk;
        this.readOnly = readOnly || disk.readOnly();
        this.discard = discard;
        this.host = host;
        this.activity = activity;
        timers = counted;
        timer = counted == null ? null : counted.create(label, this::completeDue);
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    /** The disk behind the queue; use it directly only while the queue is at rest. */
    public VirtualDisk disk() {
        return disk;
    }

    @Override
    public void read(long offset, byte[] dst, int at, int length, Completion done) {
        submit(new DiskRequest(DiskRequest.Kind.READ, offset, length, dst, at, done));
    }

    @Override
    public void write(long offset, byte[] src, int at, int length, Completion done) {
        submit(new DiskRequest(DiskRequest.Kind.WRITE, offset, length, src, at, done));
    }

    /** In counted time never: how long a request takes must not depend on the host. */
    @Override
    public boolean readNow(long offset, byte[] dst, int at, int length) {
        if (timer != null || length > disk.size() - offset) {
            return false;
        }
        synchronized (lock) {
            // What runs may have the disk locked while it waits for the host.
            if (closed || !requests.isEmpty()) {
                return false;
            }
        }
        try {
            if (!disk.readNow(offset, ByteBuffer.wrap(dst, at, length))) {
                return false;
            }
        } catch (IOException e) {
            return false; // asked in the usual way, it is told about
        }
        activity.accept(length);
        return true;
    }

    @Override
    public boolean writeBehind(long offset, byte[] src, int at, int length, Runnable free) {
        if (timer != null) {
            return false;
        }
        DiskRequest r = new DiskRequest(DiskRequest.Kind.WRITE, offset, length, src, at, ok -> free.run());
        synchronized (lock) {
            if (closed || behind + length > MAX_BEHIND) {
                return false;
            }
            behind += length;
            r.behind = true;
        }
        freeStored();
        submit(r);
        return true;
    }

    private void freeStored() {
        while (true) {
            DiskRequest r;
            synchronized (lock) {
                r = stored.poll();
            }
            if (r == null) {
                return;
            }
            r.completion.done(r.ok);
        }
    }

    @Override
    public void flush(Completion done) {
        submit(new DiskRequest(DiskRequest.Kind.FLUSH, 0, 0, null, 0, done));
    }

    @Override
    public void discard(long offset, long length, Completion done) {
        if (discard) {
            submit(new DiskRequest(DiskRequest.Kind.DISCARD, offset, length, null, 0, done));
        } else {
            done.done(true);
        }
    }

    @Override
    public void writeZeroes(long offset, long length, boolean release, Completion done) {
        DiskRequest.Kind kind = release && discard ? DiskRequest.Kind.ZERO : DiskRequest.Kind.STORE_ZEROES;
        submit(new DiskRequest(kind, offset, length, null, 0, done));
    }

    private void submit(DiskRequest r) {
        activity.accept(r.activity());
        synchronized (lock) {
            if (closed) {
                return; // the power is going away
            }
            while (crowded() && anyRunning()) {
                awaitChange(); // abandoned requests must not fill the host's memory
            }
            if (timer != null) {
                r.due = timers.nanos() + REQUEST_NANOS + r.activity();
                if (!requests.isEmpty()) {
                    r.due = Math.max(r.due, requests.getLast().due);
                }
            }
            requests.add(r);
            startReady();
        }
        if (timer != null && !timer.armed()) {
            timer.at(r.due);
        }
    }

    private boolean crowded() {
        long bytes = 0;
        for (DiskRequest r : requests) {
            bytes += r.activity();
        }
        return requests.size() > MAX_REQUESTS || bytes > MAX_BYTES;
    }

    private void startReady() {
        for (int n = 0; n < requests.size(); n++) {
            DiskRequest r = requests.get(n);
            if (r.state == DiskRequest.State.WAITING && mayStart(r, n)) {
                r.state = DiskRequest.State.RUNNING;
                host.background(() -> run(r));
            }
        }
    }

    private boolean mayStart(DiskRequest r, int position) {
        for (int k = 0; k < position; k++) {
            DiskRequest earlier = requests.get(k);
            if (earlier.state != DiskRequest.State.DONE && r.mustFollow(earlier)) {
                return false;
            }
        }
        return true;
    }

    private void run(DiskRequest r) {
        IOException failure = null;
        try {
            r.carryOut(disk);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("Internal error at byte " + r.offset + " of a disk: " + e, e);
        }
        boolean hold = failure instanceof DiskException e && e.outOfSpace();
        try {
            if (failure != null && !hold) {
                host.trouble(failure);
            }
        } finally {
            settled(r, failure, hold);
        }
    }

    private void settled(DiskRequest r, IOException failure, boolean hold) {
        boolean post = false;
        boolean released = false;
        synchronized (lock) {
            if (hold) {
                r.state = DiskRequest.State.HELD;
                r.wasHeld = true;
            } else {
                r.state = DiskRequest.State.DONE;
                r.ok = failure == null;
                if (r.kind == DiskRequest.Kind.FLUSH) {
                    r.ok &= !lost;
                    lost = false;
                }
                if (r.behind) {
                    requests.remove(r);
                    stored.add(r);
                    behind -= r.length;
                    lost |= !r.ok;
                } else if (timer == null) {
                    requests.remove(r);
                    finished.add(r);
                    post = !posted;
                    posted = true;
                }
                startReady();
                released = r.wasHeld && !anyHeld();
            }
            lock.notifyAll();
        }
        if (post) {
            host.post(this::completeFinished);
        }
        if (hold) {
            host.outOfSpace(failure);
        } else if (released) {
            host.spaceFound();
        }
    }

    private boolean anyHeld() {
        return requests.stream().anyMatch(r -> r.state == DiskRequest.State.HELD);
    }

    private boolean anyRunning() {
        for (DiskRequest r : requests) {
            if (r.state == DiskRequest.State.RUNNING) {
                return true;
            }
        }
        return false;
    }

    private void completeFinished() {
        synchronized (lock) {
            posted = false;
        }
        while (true) {
            DiskRequest r;
            synchronized (lock) {
                r = finished.poll();
            }
            if (r == null) {
                return;
            }
            r.completion.done(r.ok);
        }
    }

    /** Counted time: the first requests are due. One that is held keeps all behind it waiting. */
    private void completeDue() {
        while (true) {
            DiskRequest first;
            synchronized (lock) {
                if (requests.isEmpty()) {
                    return;
                }
                first = requests.getFirst();
                if (first.due > timers.nanos()) {
                    timer.at(first.due);
                    return;
                }
                while (first.state == DiskRequest.State.RUNNING) {
                    awaitChange();
                }
                if (first.state != DiskRequest.State.DONE) {
                    timer.at(timers.nanos() + REQUEST_NANOS); // the guest is about to be stopped; then again
                    return;
                }
                requests.removeFirst();
            }
            first.completion.done(first.ok);
        }
    }

    private void awaitChange() {
        boolean interrupted = false;
        while (true) {
            try {
                lock.wait();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the disk's thread must not be left alone with the guest's memory
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the host is through with everything that it can do, and completes it. Returns whether nothing is in flight
     * any more: false when requests are held.
     */
    public boolean settle() {
        while (true) {
            freeStored();
            List<DiskRequest> through = new ArrayList<>();
            synchronized (lock) {
                while (anyRunning()) {
                    awaitChange();
                }
                if (timer == null) {
                    through.addAll(finished);
                    finished.clear();
                } else {
                    while (!requests.isEmpty() && requests.getFirst().state == DiskRequest.State.DONE) {
                        through.add(requests.removeFirst());
                    }
                }
                if (through.isEmpty()) {
                    return requests.isEmpty();
                }
            }
            through.forEach(r -> r.completion.done(r.ok));
        }
    }

    /** From now on requests go to another disk with the same contents; nothing is in flight. */
    public void exchange(VirtualDisk other) {
        synchronized (lock) {
            if (!requests.isEmpty()) {
                throw new IllegalStateException("requests are in flight");
            }
            disk = other;
        }
    }

    /** Tries again what is held for want of space; returns how many requests are being tried again. */
    public int retryHeld() {
        int count = 0;
        synchronized (lock) {
            for (DiskRequest r : requests) {
                if (r.state == DiskRequest.State.HELD) {
                    r.state = DiskRequest.State.RUNNING;
                    host.background(() -> run(r));
                }
                if (r.state == DiskRequest.State.RUNNING && r.wasHeld) {
                    count++;
                }
            }
        }
        return count;
    }

    /**
     * The machine was reset: what the host has begun is finished; what is held or waits for that is forgotten, but for writes that
     * the guest believes done.
     */
    public void reset() {
        settle();
        synchronized (lock) {
            requests.removeIf(r -> !r.behind);
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Brings everything in flight to rest, then flushes and closes the disk. Completions are not called any more. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            while (anyRunning()) {
                awaitChange();
            }
            requests.clear();
            finished.clear();
        }
        if (timer != null) {
            timer.release();
        }
        disk.close();
    }
}
