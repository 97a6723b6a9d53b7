package org.terrarium.vm.library;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a serial port sends, on its way to something that may be slow: the machine's thread leaves bytes here, another thread
 * carries them on. When the far end takes nothing, the guest waits for it as it would for a slow line; when the far end is
 * gone, bytes are dropped.
 */
final class SerialPump extends OutputStream {
    private static final int CAPACITY = 64 << 10;
    private static final long DRAIN_SECONDS = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[CAPACITY];
    private final OutputStream target;
    private int first;
    private int count;
    private boolean closed;
    private boolean broken;
    private boolean idle = true;

    private SerialPump(OutputStream target) {
        this.target = target;
    }

    static SerialPump to(OutputStream target, String name) {
        SerialPump pump = new SerialPump(target);
        Thread.ofPlatform().daemon().name(name).start(pump::carry);
        return pump;
    }

    @Override
    public void write(int value) {
        lock.lock();
        try {
            while (count == CAPACITY && !closed && !broken) {
                changed.awaitUninterruptibly();
            }
            if (!closed && !broken) {
                ring[(first + count) % CAPACITY] = (byte) value;
                count++;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void carry() {
        byte[] chunk = take();
        while (chunk.length > 0) {
            try {
                target.write(chunk);
                target.flush();
            } catch (IOException e) {
                giveUp();
                return;
            }
            chunk = take();
        }
    }

    /** Waits for bytes; none means the end. */
    private byte[] take() {
        lock.lock();
        try {
            idle = true;
            changed.signalAll();
            while (count == 0 && !closed) {
                changed.awaitUninterruptibly();
            }
            byte[] chunk = new byte[count];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = ring[(first + i) % CAPACITY];
            }
            first = (first + count) % CAPACITY;
            count = 0;
            idle = chunk.length == 0;
            changed.signalAll();
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            broken = true;
            idle = true;
            count = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment for the rest to get through. */
    @Override
    public void close() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
            while ((count > 0 || !idle) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            changed.signalAll();
            lock.unlock();
        }
    }
}
