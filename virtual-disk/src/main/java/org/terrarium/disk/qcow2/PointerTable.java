package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.terrarium.disk.Storage;

/** A table of big-endian 64-bit entries kept whole in memory: the L1 table or the refcount table. */
final class PointerTable implements FlushOrder.Stage {
    /** Entries of a sector, the unit a host disk writes at once. */
    private static final int SECTOR_ENTRIES = 64;

    private static final int READ_PIECE = 1 << 20;

    private final Storage storage;
    private final BitSet dirtySectors = new BitSet();
    private long fileOffset;
    private long[] entries;

    private PointerTable(Storage storage, long fileOffset, long[] entries) {
        this.storage = storage;
        this.fileOffset = fileOffset;
        this.entries = entries;
    }

    /** Reads a table of {@code length} entries. */
    static PointerTable read(Storage storage, long fileOffset, int length) throws IOException {
        long[] entries = new long[length];
        // In pieces, because a table may have as many as 32 MiB.
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length * 8L, READ_PIECE));
        for (int at = 0; at < length; at += bytes.limit() / 8) {
            bytes.clear().limit((int) Math.min(READ_PIECE, (length - at) * 8L));
            storage.read(fileOffset + at * 8L, bytes);
            bytes.flip().asLongBuffer().get(entries, at, bytes.limit() / 8);
        }
        return new PointerTable(storage, fileOffset, entries);
    }

    long fileOffset() {
        return fileOffset;
    }

    int length() {
        return entries.length;
    }

    long get(int index) {
        return entries[index];
    }

    void set(int index, long value) {
        entries[index] = value;
        dirtySectors.set(index / SECTOR_ENTRIES);
    }

    /** Continues at another place in the file with more entries; the caller has written them there. */
    void moveTo(long newOffset, long[] newEntries) {
        fileOffset = newOffset;
        entries = newEntries;
        dirtySectors.clear();
    }

    /** A copy of the entries, zero-extended to {@code length}. */
    long[] copy(int length) {
        return Arrays.copyOf(entries, length);
    }

    @Override
    public boolean dirty() {
        return !dirtySectors.isEmpty();
    }

    @Override
    public void writeDirty() throws IOException {
        for (int from = dirtySectors.nextSetBit(0); from >= 0; from = dirtySectors.nextSetBit(from)) {
            int to = dirtySectors.nextClearBit(from);
            int first = from * SECTOR_ENTRIES;
            int last = Math.min(to * SECTOR_ENTRIES, entries.length);
            ByteBuffer bytes = ByteBuffer.allocate((last - first) * 8);
            bytes.asLongBuffer().put(entries, first, last - first);
            storage.write(fileOffset + first * 8L, bytes);
            dirtySectors.clear(from, to);
        }
    }
}
