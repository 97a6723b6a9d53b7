package org.terrarium.vm;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.terrarium.vm.io.DiskHost;

/**
 * The threads that wait for the host's disks on behalf of one machine, and its way back to the machine. The threads end when
 * they have had nothing to do for a while, so an idle machine has none.
 */
final class DiskHosting implements DiskHost, AutoCloseable {
    /** Told, on any thread, that the guest cannot go on for want of space, and that it can again. */
    interface SpaceListener {
        void outOfSpace(IOException e);

        void spaceFound();
    }

    /** More would not help: the formats move bytes of one image one after the other. */
    private static final int THREADS = 4;

    private final Consumer<IOException> trouble;
    private final ThreadPoolExecutor threads;
    private volatile Executor machineThread = work -> {};
    private volatile SpaceListener space = new SpaceListener() {
        @Override
        public void outOfSpace(IOException e) {
            trouble.accept(e);
        }

        @Override
        public void spaceFound() {}
    };

    /** {@code trouble} is told, on any thread, about errors of the host that the guest sees as its drive's. */
    DiskHosting(Consumer<IOException> trouble) {
        this.trouble = trouble;
        threads = HostThreads.pool("disk I/O", THREADS);
    }

    void attach(Executor machine) {
        machineThread = machine;
    }

    void onSpace(SpaceListener listener) {
        space = listener;
    }

    @Override
    public void background(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void post(Runnable work) {
        machineThread.execute(work);
    }

    @Override
    public void trouble(IOException e) {
        trouble.accept(e);
    }

    @Override
    public void outOfSpace(IOException e) {
        space.outOfSpace(e);
    }

    @Override
    public void spaceFound() {
        space.spaceFound();
    }

    /** Lets the threads go; every queue has been closed before. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
