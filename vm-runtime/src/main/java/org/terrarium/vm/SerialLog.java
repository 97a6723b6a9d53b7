package org.terrarium.vm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a serial port has sent, for those who wait for text on it. Bounded: a chatty guest cannot grow the host's memory.
 * Thread-safe.
 */
public final class SerialLog {
    private static final int LIMIT = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private byte[] bytes = new byte[8192];
    private int length;
    private int seen;
    /** Bytes that were sent before the first that is kept. */
    private long dropped;

    private boolean closed;

    /** Adds one byte. */
    public void append(int value) {
        lock.lock();
        try {
            if (length == bytes.length) {
                makeRoom();
            }
            bytes[length++] = (byte) value;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        if (bytes.length < LIMIT) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            return;
        }
        int half = LIMIT / 2;
        System.arraycopy(bytes, half, bytes, 0, length - half);
        length -= half;
        dropped += half;
        seen = Math.max(0, seen - half);
    }

    /** All text kept so far (the last mebibyte at most). */
    public String text() {
        lock.lock();
        try {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Some bytes of what was sent.
     *
     * @param from how many bytes had been sent before the first of them
     * @param bytes none when the time was over
     * @param end whether nothing more will come after them
     */
    public record Chunk(long from, byte[] bytes, boolean end) {
        /** How many bytes had been sent with the last of them. */
        public long next() {
            return from + bytes.length;
        }
    }

    /**
     * What was sent after the first {@code from} bytes, as far as it is still kept; waits up to {@code timeoutNanos} until there
     * is something.
     */
    public Chunk read(long from, long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = timeoutNanos; left > 0 && dropped + length <= from && !closed; ) {
                left = grown.awaitNanos(left);
            }
            int at = Math.clamp(from - dropped, 0, length);
            return new Chunk(dropped + at, Arrays.copyOfRange(bytes, at, length), closed);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come; who waits gives up. */
    void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until {@code text} appears after what an earlier wait has found; returns false when time runs out or the port is
     * closed before.
     */
    public boolean await(String text, long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        lock.lock();
        try {
            while (true) {
                int at = new String(bytes, seen, length - seen, StandardCharsets.ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    seen += at + text.length();
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || closed) {
                    return false;
                }
                // Looking again for every byte would make a flood of output quadratic: let some gather.
                grown.await(left, TimeUnit.NANOSECONDS);
                lock.unlock();
                try {
                    Thread.sleep(2);
                } finally {
                    lock.lock();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
