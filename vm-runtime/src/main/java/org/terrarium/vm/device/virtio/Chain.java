package org.terrarium.vm.device.virtio;

import org.terrarium.vm.bus.DmaMemory;

/**
 * One buffer of a virtqueue: a list of pieces of guest memory, first those the device reads, then those it writes. Both parts
 * are addressed as if they were one piece each, since a driver may cut them anywhere (virtio 1.2, 2.7.4).
 */
public final class Chain {
    /** No driver needs more pieces; a chain that is longer is a loop. */
    static final int MAX_PIECES = 1024;

    private final DmaMemory memory;
    private final int head;
    private long[] address = new long[8];
    private int[] length = new int[8];
    private int pieces;
    private int readable;
    private long readableBytes;
    private long writableBytes;

    Chain(DmaMemory memory, int head) {
        this.memory = memory;
        this.head = head;
    }

    void add(long pa, int bytes, boolean write) throws VirtqueueException {
        if (bytes <= 0) {
            throw new VirtqueueException("a descriptor of " + (bytes & 0xFFFF_FFFFL) + " bytes");
        }
        if (!write && readable < pieces) {
            throw new VirtqueueException("a readable descriptor behind a writable one");
        }
        if (pieces == MAX_PIECES) {
            throw new VirtqueueException("a chain of more than " + MAX_PIECES + " descriptors");
        }
        if (pieces == address.length) {
            address = java.util.Arrays.copyOf(address, 2 * pieces);
            length = java.util.Arrays.copyOf(length, 2 * pieces);
        }
        address[pieces] = pa;
        length[pieces++] = bytes;
        if (write) {
            writableBytes += bytes;
        } else {
            readable = pieces;
            readableBytes += bytes;
        }
    }

    /** Number of the first descriptor, by which the driver knows the buffer. */
    int head() {
        return head;
    }

    /** Bytes the driver has filled. */
    public long readableBytes() {
        return readableBytes;
    }

    /** Bytes the device may fill. */
    public long writableBytes() {
        return writableBytes;
    }

    /** Copies bytes {@code [from, from+count)} of the readable part; less when it ends before. Returns how many. */
    public int read(long from, byte[] dst, int at, int count) {
        return move(0, readable, from, dst, at, count, false);
    }

    /** Copies to bytes {@code [to, to+count)} of the writable part; less when it ends before. Returns how many. */
    public int write(long to, byte[] src, int at, int count) {
        return move(readable, pieces, to, src, at, count, true);
    }

    private int move(int first, int end, long start, byte[] array, int at, int count, boolean write) {
        long skip = start;
        int done = 0;
        for (int k = first; k < end && done < count; k++) {
            if (skip >= length[k]) {
                skip -= length[k];
                continue;
            }
            int n = (int) Math.min(count - done, length[k] - skip);
            if (write) {
                memory.write(address[k] + skip, array, at + done, n);
            } else {
                memory.read(address[k] + skip, array, at + done, n);
            }
            done += n;
            skip = 0;
        }
        return done;
    }
}
