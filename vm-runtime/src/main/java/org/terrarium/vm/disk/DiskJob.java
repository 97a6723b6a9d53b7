package org.terrarium.vm.disk;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.disk.Progress;

/**
 * An operation on disk images that runs in a thread of its own. It may be stopped at any time and then leaves its files in order:
 * a new image is removed, an existing one shows what it did before.
 *
 * @param <T> what comes out
 */
public final class DiskJob<T> {
    /** What a job does. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Progress progress) throws IOException;
    }

    /** How far a job is: {@code done} of {@code total}, mostly bytes; a total of 0 is not known yet. */
    public record Step(long done, long total) {
        /** From 0 to 1. */
        public double fraction() {
            return total <= 0 ? 0 : Math.min(1, (double) done / total);
        }
    }

    private final String title;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private volatile Step step = new Step(0, 0);
    private volatile boolean cancelled;

    private DiskJob(String title) {
        this.title = title;
    }

    /**
     * Starts an operation.
     *
     * @param title what it does, for people
     */
    public static <T> DiskJob<T> start(String title, Work<T> work) {
        DiskJob<T> job = new DiskJob<>(title);
        // Not interrupted ever, since that would close the files under it.
        Thread.ofPlatform().daemon().name("disk-job").start(() -> job.run(work));
        return job;
    }

    private void run(Work<T> work) {
        try {
            result.complete(work.run((done, total) -> {
                step = new Step(done, total);
                return !cancelled;
            }));
        } catch (IOException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    public String title() {
        return title;
    }

    public Step step() {
        return step;
    }

    /** Asks it to stop; {@link #await} tells when it has. */
    public void cancel() {
        cancelled = true;
    }

    /** Completed with what comes out, or with the IOException that says why nothing does. */
    public CompletableFuture<T> result() {
        CompletableFuture<T> own = new CompletableFuture<>();
        // Not copy(), which wraps what went wrong.
        result.whenComplete((value, trouble) -> {
            if (trouble == null) {
                own.complete(value);
            } else {
                own.completeExceptionally(trouble);
            }
        });
        return own;
    }

    public boolean finished() {
        return result.isDone();
    }

    /** Waits at most so long; true when it has finished. */
    public boolean awaitFor(long millis) throws InterruptedException {
        try {
            result.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    /**
     * Waits for the end.
     *
     * @throws DiskCancelledException when it was stopped
     * @throws IOException when it failed; the message is one sentence that names the file
     */
    public T await() throws IOException {
        try {
            return result.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
