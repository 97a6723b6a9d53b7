package org.terrarium.vm.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.VirtualDisk;

/** A disk in memory for many threads, that takes its time, runs out of space on demand, and notices overlapping accesses. */
public final class SlowDisk implements VirtualDisk {
    private static final int SECTOR = 512;

    public final byte[] bytes;
    private final int maxMicros;
    private final SplittableRandom random;
    private final int[] users;
    public volatile boolean full;
    public volatile boolean broken;
    public volatile boolean closed;
    public volatile String misuse;
    private int flushes;
    private int unflushed;

    public SlowDisk(int size, int maxMicros, long seed) {
        bytes = new byte[size];
        users = new int[size / SECTOR];
        this.maxMicros = maxMicros;
        random = new SplittableRandom(seed);
    }

    private interface Work {
        void run() throws IOException;
    }

    private synchronized int pause() {
        return maxMicros == 0 ? 0 : random.nextInt(maxMicros);
    }

    private synchronized void enter(int from, int to, boolean write) {
        if (closed) {
            misuse = "used after it was closed";
        }
        for (int s = from; s < to; s++) {
            if (write ? users[s] != 0 : users[s] < 0) {
                misuse = "two requests touch sector " + s + " at the same time";
            }
            users[s] += write ? -1 : 1;
        }
    }

    private synchronized void leave(int from, int to, boolean write) {
        for (int s = from; s < to; s++) {
            users[s] += write ? 1 : -1;
        }
    }

    private void access(long offset, long length, boolean write, Work work) throws IOException {
        int from = (int) (offset / SECTOR);
        int to = (int) ((offset + length + SECTOR - 1) / SECTOR);
        enter(from, to, write);
        try {
            int micros = pause();
            if (micros > 0) {
                Thread.sleep(0, micros * 1000 % 1_000_000);
            }
            if (broken) {
                throw new DiskException(Path.of("slow.img"), "simulated failure");
            }
            if (write && full) {
                throw DiskException.host(Path.of("slow.img"), "write it", new IOException("No space left on device"));
            }
            work.run();
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            leave(from, to, write);
        }
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        int length = dst.remaining();
        access(offset, length, false, () -> dst.put(bytes, (int) offset, length));
    }

    /** Has all in memory while it is told to take no time. */
    @Override
    public boolean readNow(long offset, ByteBuffer dst) throws IOException {
        if (maxMicros != 0) {
            return false;
        }
        read(offset, dst);
        return true;
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        int length = src.remaining();
        access(offset, length, true, () -> src.get(bytes, (int) offset, length));
        synchronized (this) {
            unflushed++;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (broken) {
            throw new DiskException(Path.of("slow.img"), "simulated failure");
        }
        flushes++;
        unflushed = 0;
    }

    public synchronized int flushes() {
        return flushes;
    }

    /** Writes since the last flush. */
    public synchronized int unflushed() {
        return unflushed;
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        writeZeroes(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        access(offset, length, true, () -> {
            for (int k = 0; k < length; k++) {
                bytes[(int) offset + k] = 0;
            }
        });
    }

    @Override
    public void close() {
        synchronized (this) {
            for (int u : users) {
                if (u != 0) {
                    misuse = "closed while in use";
                }
            }
        }
        closed = true;
    }
}
