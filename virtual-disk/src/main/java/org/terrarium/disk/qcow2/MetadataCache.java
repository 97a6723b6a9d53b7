package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.Storage;

/**
 * Pieces of metadata tables (L2 tables or refcount blocks), read on demand and written back in the declared order. A block
 * got from here is to be used before the next call, which may evict it.
 */
final class MetadataCache implements FlushOrder.Stage {
    /** Bytes of a table that are read and kept together at most; so many of an L2 table with 64 KiB clusters map 32 MiB. */
    static final int BLOCK_SIZE = 4096;

    /** One block. */
    static final class Block {
        private final ByteBuffer bytes;
        private int dirtyFrom;
        private int dirtyTo;

        private Block(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        /** The contents, to be used with absolute positions; whoever changes them says so with {@link #changed}. */
        ByteBuffer bytes() {
            return bytes;
        }

        long getLong(int at) {
            return bytes.getLong(at);
        }

        void putLong(int at, long value) {
            bytes.putLong(at, value);
            changed(at, 8);
        }

        /** What must be written back. */
        void changed(int at, int length) {
            dirtyFrom = dirtyTo == 0 ? at : Math.min(dirtyFrom, at);
            dirtyTo = Math.max(dirtyTo, at + length);
        }
    }

    private final Storage storage;
    private final FlushOrder order;
    private final int blockSize;
    private final int maxBlocks;
    private final LinkedHashMap<Long, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long latestOffset = -1;
    private Block latest;

    /** @param capacity bytes the cache may hold */
    MetadataCache(Storage storage, FlushOrder order, int clusterSize, int capacity) {
        this.storage = storage;
        this.order = order;
        this.blockSize = Math.min(clusterSize, BLOCK_SIZE);
        this.maxBlocks = Math.max(4, capacity / blockSize);
    }

    int blockSize() {
        return blockSize;
    }

    /** Whether {@link #get} finds the block without reading the file. */
    boolean contains(long fileOffset) {
        return fileOffset == latestOffset || blocks.containsKey(fileOffset);
    }

    /** The block at {@code fileOffset}, a multiple of the block size. */
    Block get(long fileOffset) throws IOException {
        if (fileOffset == latestOffset) {
            return latest;
        }
        Block block = blocks.get(fileOffset);
        if (block == null) {
            ByteBuffer bytes = ByteBuffer.allocate(blockSize);
            storage.read(fileOffset, bytes);
            block = insert(fileOffset, new Block(bytes));
        }
        latestOffset = fileOffset;
        latest = block;
        return block;
    }

    /** Fills a new table of {@code length} bytes, which nothing refers to yet, with zeroes. */
    void zero(long fileOffset, int length) throws IOException {
        drop(fileOffset, length);
        order.written();
        if (fileOffset >= storage.size()) {
            storage.setSize(fileOffset + length);
        } else {
            storage.write(fileOffset, ByteBuffer.allocate(length));
        }
    }

    /** Makes a new table, which nothing refers to yet, a copy of another one. */
    void copy(long fileOffset, long original, int length) throws IOException {
        drop(fileOffset, length);
        ByteBuffer contents = ByteBuffer.allocate(length);
        for (int at = 0; at < length; at += blockSize) {
            Block block = blocks.get(original + at);
            if (block != null) {
                contents.put(at, block.bytes, 0, blockSize);
            } else {
                storage.read(original + at, contents.slice(at, blockSize));
            }
        }
        order.written();
        storage.write(fileOffset, contents);
    }

    /** Forgets a table whose clusters are free now, or hold something else. */
    void drop(long fileOffset, int length) {
        latestOffset = -1;
        for (int at = 0; at < length; at += blockSize) {
            blocks.remove(fileOffset + at);
        }
    }

    private Block insert(long fileOffset, Block block) throws IOException {
        while (blocks.size() >= maxBlocks) {
            evictEldest();
        }
        blocks.put(fileOffset, block);
        return block;
    }

    private void evictEldest() throws IOException {
        Iterator<Map.Entry<Long, Block>> eldest = blocks.entrySet().iterator();
        if (eldest.next().getValue().dirtyTo != 0) {
            // All dirty blocks go together: the barrier before them is what costs.
            order.writeThrough(this);
        }
        eldest.remove();
        latestOffset = -1;
    }

    @Override
    public boolean dirty() {
        for (Block block : blocks.values()) {
            if (block.dirtyTo != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void writeDirty() throws IOException {
        List<Map.Entry<Long, Block>> dirty = new ArrayList<>();
        for (Map.Entry<Long, Block> entry : blocks.entrySet()) {
            if (entry.getValue().dirtyTo != 0) {
                dirty.add(entry);
            }
        }
        // In file order, for hosts whose disks have heads.
        dirty.sort(Map.Entry.comparingByKey());
        for (Map.Entry<Long, Block> entry : dirty) {
            Block block = entry.getValue();
            storage.write(
                    entry.getKey() + block.dirtyFrom,
                    block.bytes.slice(block.dirtyFrom, block.dirtyTo - block.dirtyFrom));
            block.dirtyFrom = 0;
            block.dirtyTo = 0;
        }
    }
}
