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
 * Cluster-sized metadata blocks (L2 tables or refcount blocks), read on demand and written back in the declared order. A block
 * got from here is to be used before the next call, which may evict it.
 */
final class MetadataCache implements FlushOrder.Stage {
    /** Bytes one cache may hold; an L2 table of 64 KiB maps 512 MiB of disk. */
    private static final int CAPACITY = 8 << 20;

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

    MetadataCache(Storage storage, FlushOrder order, int blockSize) {
        this.storage = storage;
        this.order = order;
        this.blockSize = blockSize;
        this.maxBlocks = Math.max(4, CAPACITY / blockSize);
    }

    /** The block at {@code fileOffset}. */
    Block get(long fileOffset) throws IOException {
        Block block = blocks.get(fileOffset);
        if (block == null) {
            ByteBuffer bytes = ByteBuffer.allocate(blockSize);
            storage.read(fileOffset, bytes);
            block = insert(fileOffset, new Block(bytes));
        }
        return block;
    }

    /** A block of zeroes for a cluster just allocated. */
    Block fresh(long fileOffset) throws IOException {
        blocks.remove(fileOffset);
        Block block = new Block(ByteBuffer.allocate(blockSize));
        block.changed(0, blockSize);
        return insert(fileOffset, block);
    }

    /** A block for a cluster just allocated that begins as a copy of another block. */
    Block freshCopy(long fileOffset, long original) throws IOException {
        byte[] contents = get(original).bytes.array().clone();
        Block block = fresh(fileOffset);
        block.bytes.put(0, contents);
        return block;
    }

    /** Forgets a block whose cluster is free now. */
    void drop(long fileOffset) {
        blocks.remove(fileOffset);
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
