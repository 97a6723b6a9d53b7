package org.terrarium.vm.io;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Arrays for data on its way between a disk and guest memory, used again because large ones are dear to make. */
public final class BufferPool {
    /** The largest array there is: longer requests move in pieces of this. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MIN_SHIFT = 12;
    private static final int MAX_SHIFT = 20;

    /** Kept of each size, so 16 MiB at most in all. */
    private static final int KEPT = 8;

    private final List<Deque<byte[]>> free = new ArrayList<>();

    public BufferPool() {
        for (int shift = MIN_SHIFT; shift <= MAX_SHIFT; shift++) {
            free.add(new ArrayDeque<>());
        }
    }

    private static int sizeClass(int bytes) {
        return Math.max(0, 32 - Integer.numberOfLeadingZeros(bytes - 1) - MIN_SHIFT);
    }

    /** An array of at least {@code bytes}, 1 to {@link #MAX_BYTES}, with any content. */
    public byte[] take(int bytes) {
        int n = sizeClass(bytes);
        byte[] b = free.get(n).poll();
        return b != null ? b : new byte[1 << n + MIN_SHIFT];
    }

    /** Nobody uses this array of the pool's any more. */
    public void giveBack(byte[] buffer) {
        Deque<byte[]> list = free.get(sizeClass(buffer.length));
        if (list.size() < KEPT) {
            list.push(buffer);
        }
    }
}
