package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A sparse file in memory: what it began as, and the pages that differ. */
final class MemoryStorage implements Storage {
    private static final int PAGE = 4096;
    private static final int MOST_PAGES = (64 << 20) / PAGE;

    private final Path path;
    private final byte[] base;
    private final Map<Long, byte[]> pages = new HashMap<>();
    private long baseLength;
    private long size;

    /** @param base never changed */
    MemoryStorage(Path path, byte[] base) {
        this.path = path;
        this.base = base;
        this.baseLength = base.length;
        this.size = base.length;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer dst) {
        long at = offset;
        while (dst.hasRemaining()) {
            int inPage = (int) (at % PAGE);
            int n = Math.min(PAGE - inPage, dst.remaining());
            byte[] page = pages.get(at / PAGE);
            if (page != null) {
                dst.put(page, inPage, n);
            } else {
                int stored = (int) Math.max(0, Math.min(n, baseLength - at));
                if (stored > 0) {
                    dst.put(base, (int) at, stored);
                }
                dst.put(new byte[n - stored]);
            }
            at += n;
        }
    }

    @Override
    public synchronized void write(long offset, ByteBuffer src) throws IOException {
        long at = offset;
        while (src.hasRemaining()) {
            int inPage = (int) (at % PAGE);
            int n = Math.min(PAGE - inPage, src.remaining());
            byte[] page = pages.get(at / PAGE);
            if (page == null) {
                if (pages.size() >= MOST_PAGES) {
                    throw DiskException.host(path, "write it", new IOException("No space left on device"));
                }
                ByteBuffer fresh = ByteBuffer.allocate(PAGE);
                read(at / PAGE * PAGE, fresh);
                page = fresh.array();
                pages.put(at / PAGE, page);
            }
            src.get(page, inPage, n);
            at += n;
        }
        size = Math.max(size, at);
    }

    @Override
    public synchronized void setSize(long newSize) throws IOException {
        if (newSize < 0 || newSize > 1L << 44) {
            throw DiskException.host(path, "change its size", new IOException("File too large"));
        }
        if (newSize < size) {
            pages.keySet().removeIf(page -> page * PAGE >= newSize);
            byte[] last = pages.get(newSize / PAGE);
            if (last != null) {
                java.util.Arrays.fill(last, (int) (newSize % PAGE), PAGE, (byte) 0);
            }
            baseLength = Math.min(baseLength, newSize);
        }
        size = newSize;
    }

    @Override
    public void sync() {}

    @Override
    public synchronized boolean punchHole(long offset, long length) throws IOException {
        long end = Math.min(offset + length, size);
        for (long at = offset; at < end; ) {
            int n = (int) Math.min(end - at, PAGE - at % PAGE);
            if (pages.containsKey(at / PAGE) || at < baseLength) {
                write(at, ByteBuffer.allocate(n));
            }
            at += n;
        }
        return true;
    }

    @Override
    public void close() {}

    byte[] contents() {
        ByteBuffer all = ByteBuffer.allocate((int) size);
        read(0, all);
        return all.array();
    }
}
