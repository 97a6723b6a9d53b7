package org.terrarium.vm;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.terrarium.net.Vigil;
import org.terrarium.vm.accel.Accelerator;
import org.terrarium.vm.time.TimerQueue;

/**
 * The machine's one thread: runs posted work, due timers and slices of guest instructions in turn, and parks while the guest
 * idles. Devices and processor are only ever touched from here, so they need no locks.
 */
final class RunLoop implements Executor {
    /** What the machine is asked to do between slices; each is called on the machine's thread. */
    interface Hooks {
        /** Carries out what devices asked for meanwhile (reset, power off); returns false when the machine is to stop. */
        boolean betweenSlices();

        /** The loop has ended; {@code failure} is what broke it, or null. */
        void ended(Throwable failure);
    }

    /** Instructions per slice at most: a few tenths of a millisecond, the granularity of timers while the guest computes. */
    private static final long MAX_SLICE = 30_000;

    private static final long MIN_SLICE = 500;
    private static final long MAX_PARK_NANOS = 50_000_000;
    private static final long MIN_PARK_NANOS = 20_000;

    /** How long an idling guest is watched for what a network or disk answers; see {@link Vigil}. */
    private static final long WATCH_NANOS = 200_000;

    private static final long HALTED_FOR_GOOD_NANOS = 10_000_000_000L;

    private final Accelerator accel;
    private final TimerQueue timers;
    private final VirtualClock clock;
    private final Hooks hooks;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private boolean paused = true;
    private long instructionLimit = Long.MAX_VALUE;
    private long haltedSince = -1; // machine time, or -1 while the guest runs
    private Runnable limitReached = () -> {};
    private double instructionsPerNano = 0.05; // a guess until the first slices have been timed
    private long idleNanos;
    private boolean answerExpected;
    private boolean answeredSoon;
    private final Vigil vigil = new Vigil(WATCH_NANOS);
    private volatile long finalCpuNanos;

    RunLoop(String name, Accelerator accel, TimerQueue timers, VirtualClock clock, Hooks hooks) {
        this.accel = accel;
        this.timers = timers;
        this.clock = clock;
        this.hooks = hooks;
        this.thread = Thread.ofPlatform().name("machine " + name).daemon(true).unstarted(this::loop);
        timers.onEarlierDeadline(accel::requestExit);
    }

    void start() {
        thread.start();
    }

    /** Runs {@code work} soon on the machine's thread, between two slices, also while the machine is paused. */
    @Override
    public void execute(Runnable work) {
        posted.add(work);
        accel.requestExit();
        LockSupport.unpark(thread);
    }

    /** Ends the loop after the current slice. */
    void stop() {
        stopping = true;
        accel.requestExit();
        LockSupport.unpark(thread);
    }

    boolean onMachineThread() {
        return Thread.currentThread() == thread;
    }

    void join() throws InterruptedException {
        if (!onMachineThread()) {
            thread.join();
        }
    }

    /** Machine thread only: others were given something to do and may soon be done, so that sleeping would not pay. */
    void expectAnswer() {
        answerExpected = true;
    }

    /** Machine thread only. */
    void setPaused(boolean pause) {
        paused = pause;
        if (pause) {
            clock.pause();
        } else {
            clock.resume();
        }
    }

    boolean paused() {
        return paused;
    }

    /**
     * Machine thread only: pause and call {@code reached} once {@code count} more instructions have retired, or the guest
     * has been halted for {@link #HALTED_FOR_GOOD_NANOS}: a CLI and HLT would never retire another one.
     */
    void limit(long count, Runnable reached) {
        instructionLimit = accel.retired() + count;
        limitReached = reached;
    }

    /** Nanoseconds of machine time that the guest spent halted. */
    long idleNanos() {
        return idleNanos;
    }

    /** Processor time the machine's thread has used on the host, nanoseconds. */
    long hostCpuNanos() {
        long now = thread.isAlive() ? ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) : -1;
        return now < 0 ? finalCpuNanos : now;
    }

    private void loop() {
        Throwable failure = null;
        try {
            while (!stopping) {
                runPosted();
                if (stopping || !hooks.betweenSlices()) {
                    break;
                }
                if (paused) {
                    LockSupport.park(this);
                } else {
                    step();
                }
            }
        } catch (Throwable t) {
            failure = t;
        } finally {
            clock.pause();
            finalCpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            hooks.ended(failure);
        }
    }

    private void runPosted() {
        for (Runnable r = posted.poll(); r != null; r = posted.poll()) {
            r.run();
        }
    }

    private void step() {
        long now = clock.nanos();
        timers.runDue(now);
        long deadline = timers.nextDeadline();
        if (accel.halted()) {
            if (haltedSince < 0) {
                haltedSince = now;
            }
            boolean stands = clock.counted() && deadline == Long.MAX_VALUE; // no time passes, so nothing can come
            if (instructionLimit != Long.MAX_VALUE && (stands || now - haltedSince >= HALTED_FOR_GOOD_NANOS)) {
                endOfLimit();
            } else {
                idle(deadline);
            }
            return;
        }
        haltedSince = -1;
        long untilDeadline = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, deadline - now);
        long budget = clock.counted() ? countedBudget(untilDeadline) : guessedBudget(untilDeadline);
        budget = Math.min(budget, Math.max(1, instructionLimit - accel.retired()));
        long done = accel.run(budget);
        if (!clock.counted() && done > MIN_SLICE) {
            long spent = Math.max(1, clock.nanos() - now);
            instructionsPerNano += (done / (double) spent - instructionsPerNano) / 16;
        }
        if (accel.retired() >= instructionLimit) {
            endOfLimit();
        }
    }

    private void endOfLimit() {
        instructionLimit = Long.MAX_VALUE;
        setPaused(true);
        limitReached.run();
    }

    private long guessedBudget(long untilDeadline) {
        return Math.clamp((long) Math.min(MAX_SLICE, untilDeadline * instructionsPerNano), MIN_SLICE, MAX_SLICE);
    }

    /**
     * Exactly up to the deadline: then an alarm comes behind the same instruction however often the host has interrupted the
     * run before, and runs can be repeated.
     */
    private static long countedBudget(long untilDeadline) {
        long instructions = Math.ceilDiv(untilDeadline, VirtualClock.NANOS_PER_INSTRUCTION);
        return Math.clamp(instructions, 1, MAX_SLICE);
    }

    /** The guest waits in HLT: sleep until the next alarm or until something is posted. */
    private void idle(long deadline) {
        if (clock.counted()) {
            if (deadline == Long.MAX_VALUE) {
                LockSupport.parkNanos(this, MAX_PARK_NANOS);
            } else {
                idleNanos += Math.max(0, deadline - clock.nanos());
                clock.skipTo(deadline);
            }
            return;
        }
        long before = clock.nanos();
        long wait = Math.min(deadline - before, MAX_PARK_NANOS);
        long allowed = vigil.begin(before);
        long watch = answerExpected || answeredSoon ? Math.min(wait, allowed) : 0;
        long now = before;
        while (posted.isEmpty() && now - before < watch) {
            Thread.yield(); // who is to answer may need this processor
            now = clock.nanos();
        }
        vigil.end(now - before, !posted.isEmpty());
        answerExpected = false;
        if (before + wait - now > MIN_PARK_NANOS && posted.isEmpty()) {
            LockSupport.parkNanos(this, before + wait - now);
        } else {
            Thread.onSpinWait();
        }
        now = clock.nanos();
        answeredSoon = !posted.isEmpty() && now - before < WATCH_NANOS;
        idleNanos += now - before;
    }
}
