package org.terrarium.vm;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that wait for the host on behalf of one machine. They end when they have had nothing to do for a while. */
final class HostThreads {
    private static final int IDLE_SECONDS = 5;

    private HostThreads() {}

    static ThreadPoolExecutor pool(String name, int count) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> Thread.ofPlatform().name(name).daemon(true).unstarted(work));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
