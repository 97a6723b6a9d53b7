package org.terrarium.vm.state;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.mem.WriteGuard;

/**
 * A machine's memory as it was at one instant, read by one other thread while the guest runs on: a page that the guest is about
 * to change is copied first, one that nobody changes is read where it is. So the instant itself costs next to nothing, and the
 * guest pays one copy for each page it writes meanwhile.
 *
 * <p>A guest that writes faster than the reader reads is held up once {@link #MAX_COPIES} pages wait.
 */
public final class FrozenMemory implements PageSource, WriteGuard, AutoCloseable {
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;

    /** Copies that may wait for the reader: 64 MiB. */
    private static final int MAX_COPIES = 16384;

    private final PhysicalMemory memory;
    private final MemorySegment backing;

    /** Per page: the reader or the guest has taken care of it. Set under the lock, and read by the guest's thread without. */
    private final boolean[] safe;

    private final Map<Integer, byte[]> copies = new HashMap<>();
    private final ArrayDeque<Integer> copied = new ArrayDeque<>();
    private int next;
    private boolean closed;

    /**
     * Freezes; machine's thread only.
     *
     * @param unguarded memory that the host's side changes without telling: copied at once
     */
    public FrozenMemory(PhysicalMemory memory, List<MemoryBlock> unguarded) {
        this.memory = memory;
        backing = memory.backing();
        safe = new boolean[(int) (backing.byteSize() / PAGE)];
        byte[] page = new byte[PAGE];
        for (MemoryBlock block : unguarded) {
            for (long at = block.offset(); at < block.offset() + block.size(); at += PAGE) {
                copy(at, page);
                int n = (int) (at / PAGE);
                if (!safe[n]) {
                    keep(n, isZero(page) ? ZERO_PAGE : page.clone());
                }
            }
        }
        memory.setWriteGuard(this);
    }

    private void copy(long at, byte[] page) {
        MemorySegment.copy(backing, ValueLayout.JAVA_BYTE, at, page, 0, PAGE);
    }

    private void keep(int page, byte[] contents) {
        copies.put(page, contents);
        copied.add(page);
        safe[page] = true;
    }

    @Override
    public int pages() {
        return safe.length;
    }

    @Override
    public void beforeWrite(int page) {
        if (safe[page]) {
            return;
        }
        boolean interrupted = false;
        synchronized (this) {
            while (!closed && !safe[page] && copies.size() >= MAX_COPIES) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (!closed && !safe[page]) {
                byte[] contents = new byte[PAGE];
                copy((long) page * PAGE, contents);
                keep(page, contents);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies that wait come first, so that the guest is held up as little as possible; else in the order of the pages. */
    @Override
    public synchronized int next(byte[] dst) throws IOException {
        if (closed) {
            throw new IOException("the machine has ended");
        }
        Integer waiting = copied.poll();
        if (waiting != null) {
            System.arraycopy(copies.remove(waiting), 0, dst, 0, PAGE);
            notifyAll();
            return waiting;
        }
        while (next < safe.length && safe[next]) {
            next++;
        }
        if (next == safe.length) {
            return -1;
        }
        copy((long) next * PAGE, dst);
        safe[next] = true;
        return next++;
    }

    /** Ends the copying; the guest's memory is nobody's business any more. Any thread. */
    @Override
    public synchronized void close() {
        closed = true;
        copies.clear();
        copied.clear();
        notifyAll();
    }

    /** Takes the guard off; machine's thread only. */
    public void release() {
        close();
        memory.setWriteGuard(null);
    }
}
