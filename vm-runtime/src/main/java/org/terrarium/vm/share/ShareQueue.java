package org.terrarium.vm.share;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries out the requests for one shared folder beside the machine's thread, one after the other in their order, while the
 * guest runs on; what comes of them is handed over on the machine's thread.
 *
 * <p>Every method belongs to the machine's thread.
 */
public final class ShareQueue {
    private record Job(Supplier<byte[]> work, Consumer<byte[]> done) {}

    private record Result(byte[] answer, Consumer<byte[]> done) {}

    private final Executor background;
    private final Executor machine;
    private final Object lock = new Object();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Deque<Result> finished = new ArrayDeque<>();
    private boolean working;
    private boolean posted;
    private boolean closed;

    /**
     * @param background runs what waits for the host
     * @param machine has the machine's thread run something soon
     */
    public ShareQueue(Executor background, Executor machine) {
        this.background = background;
        this.machine = machine;
    }

    /** Has {@code work} done when all before it is, and then {@code done} called with what it gave. */
    public void submit(Supplier<byte[]> work, Consumer<byte[]> done) {
        boolean start;
        synchronized (lock) {
            if (closed) {
                return; // the power is going away
            }
            waiting.add(new Job(work, done));
            start = !working;
            working = true;
        }
        if (start) {
            background.execute(this::work);
        }
    }

    /** Drops what has not begun and what nobody was told yet. */
    public void forget() {
        synchronized (lock) {
            waiting.clear();
            finished.clear();
        }
    }

    private void work() {
        while (true) {
            Job job;
            synchronized (lock) {
                job = waiting.poll();
                if (job == null) {
                    working = false;
                    lock.notifyAll();
                    return;
                }
            }
            byte[] answer = job.work().get();
            boolean post;
            synchronized (lock) {
                finished.add(new Result(answer, job.done()));
                post = !posted;
                posted = true;
            }
            if (post) {
                machine.execute(this::handOver);
            }
        }
    }

    private void handOver() {
        synchronized (lock) {
            posted = false;
        }
        for (Result r = next(); r != null; r = next()) {
            r.done().accept(r.answer());
        }
    }

    private Result next() {
        synchronized (lock) {
            return finished.poll();
        }
    }

    /** Waits until the host is through with everything, what the answers lead to included, and hands it over. */
    public void settle() {
        while (true) {
            awaitIdle();
            Result r = next();
            if (r == null) {
                return;
            }
            r.done().accept(r.answer());
        }
    }

    /** Lets what has begun end; nothing is done any more from then on, and nobody told. */
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        forget();
        awaitIdle();
    }

    private void awaitIdle() {
        boolean interrupted = false;
        synchronized (lock) {
            while (working) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true; // the folder's thread must not be left alone with what is to be saved
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
