package org.terrarium.net.nat;

import java.nio.ByteBuffer;

/**
 * A queue of octets in a circle that grows as it is filled and can be given back when empty: most of thousands of connections
 * hold nothing most of the time. Octets can also be put behind a gap, for data that came out of order.
 */
final class ByteRing {
    private static final byte[] NONE = {};

    private final int limit;
    private final RingMemory memory;
    private byte[] data = NONE;
    private int head;
    private int size;

    /**
     * @param limit the most octets it will hold, a power of two
     * @param memory what it shares with others
     */
    ByteRing(int limit, RingMemory memory) {
        this.limit = limit;
        this.memory = memory;
    }

    int size() {
        return size;
    }

    /** How much it could hold now; less than the limit while memory is scarce. */
    int capacity() {
        return Math.max(data.length, memory.allowed(limit));
    }

    int free() {
        return capacity() - size;
    }

    int limit() {
        return limit;
    }

    /** Writes octets {@code gap} behind the last one without counting them; {@link #commit} counts them. They must fit. */
    void putAt(int gap, byte[] from, int at, int length) {
        reserve(size + gap + length);
        int to = head + size + gap & data.length - 1;
        int first = Math.min(length, data.length - to);
        System.arraycopy(from, at, data, to, first);
        System.arraycopy(from, at + first, data, 0, length - first);
    }

    /** Makes octets that were put part of the queue. */
    void commit(int length) {
        size += length;
    }

    /** Copies {@code length} octets from {@code offset} behind the first. */
    void copy(int offset, byte[] to, int at, int length) {
        if (length == 0) {
            return;
        }
        int from = head + offset & data.length - 1;
        int first = Math.min(length, data.length - from);
        System.arraycopy(data, from, to, at, first);
        System.arraycopy(data, 0, to, at + first, length - first);
    }

    /** Drops octets at the front. */
    void skip(int length) {
        size -= length;
        head = data.length == 0 ? 0 : head + length & data.length - 1;
    }

    /** The first octets as far as they lie in one piece, for writing them somewhere; {@link #skip} what was taken. */
    ByteBuffer front() {
        return ByteBuffer.wrap(data, head, Math.min(size, data.length - head));
    }

    /** Free room behind the last octet in one piece, at least {@code wanted} if the limit allows; {@link #commit} what was put. */
    ByteBuffer room(int wanted) {
        reserve(Math.min(capacity(), size + wanted));
        int tail = head + size & data.length - 1;
        int length = Math.min(data.length - size, data.length - tail);
        return ByteBuffer.wrap(data, tail, length);
    }

    /** Gives back memory that what is in it does not need; not while octets lie behind a gap. */
    void release() {
        int needed = size == 0 ? 0 : rounded(size);
        if (needed < data.length) {
            byte[] smaller = needed == 0 ? NONE : new byte[needed];
            copy(0, smaller, 0, size);
            replace(smaller);
        }
    }

    /** Gives all memory back: the ring is not used any more. */
    void drop() {
        size = 0;
        replace(NONE);
    }

    private void replace(byte[] other) {
        memory.changed(other.length - data.length);
        data = other;
        head = 0;
    }

    private static int rounded(int octets) {
        return Math.max(RingMemory.LEAST, Integer.highestOneBit(octets - 1) << 1);
    }

    private void reserve(int wanted) {
        if (wanted <= data.length) {
            return;
        }
        int length = rounded(wanted);
        byte[] larger = new byte[length];
        // Everything in the old circle moves, also what lies uncounted behind a gap.
        if (data.length > 0) {
            System.arraycopy(data, head, larger, 0, data.length - head);
            System.arraycopy(data, 0, larger, data.length - head, head);
        }
        replace(larger);
    }
}
