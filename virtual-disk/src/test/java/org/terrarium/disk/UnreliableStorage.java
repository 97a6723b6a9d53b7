package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;

/** A file on a host that can fill up or lose power: what was not synced may be lost, sector by sector. */
final class UnreliableStorage implements Storage {
    private static final int SECTOR = 512;

    private final Storage file;
    private final TreeMap<Long, byte[]> unsynced = new TreeMap<>();
    private final boolean keepBack;
    private long size;
    private long limit = Long.MAX_VALUE;
    private int changesLeft = Integer.MAX_VALUE;

    /** @param keepBack writes reach the file only with the next sync */
    UnreliableStorage(Storage file, boolean keepBack) {
        this.file = file;
        this.keepBack = keepBack;
        this.size = file.size();
    }

    /** Bytes the file may have from now on. */
    void limit(long bytes) {
        limit = bytes;
    }

    /** The power fails after so many further writes, syncs and changes of the size: nothing more is carried out. */
    void failAfter(int changes) {
        changesLeft = changes;
    }

    private void change() throws IOException {
        if (changesLeft == 0) {
            throw DiskException.host(path(), "write it", new IOException("the power has failed"));
        }
        changesLeft--;
    }

    /** The power fails: a random part of the sectors written since the last sync is in the file. */
    void loseParts(Random random) throws IOException {
        for (var sector : unsynced.entrySet()) {
            if (random.nextBoolean()) {
                file.write(sector.getKey() * SECTOR, ByteBuffer.wrap(sector.getValue()));
            }
        }
        unsynced.clear();
        file.close();
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        long at = offset;
        while (dst.hasRemaining()) {
            int inSector = (int) (at % SECTOR);
            int n = Math.min(SECTOR - inSector, dst.remaining());
            dst.put(sector(at / SECTOR), inSector, n);
            at += n;
        }
    }

    private byte[] sector(long index) throws IOException {
        byte[] kept = unsynced.get(index);
        if (kept != null) {
            return kept;
        }
        ByteBuffer bytes = ByteBuffer.allocate(SECTOR);
        file.read(index * SECTOR, bytes);
        return bytes.array();
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        change();
        if (offset + src.remaining() > limit) {
            throw DiskException.host(path(), "write it", new IOException("No space left on device"));
        }
        size = Math.max(size, offset + src.remaining());
        if (!keepBack) {
            file.write(offset, src);
            return;
        }
        long at = offset;
        while (src.hasRemaining()) {
            int inSector = (int) (at % SECTOR);
            int n = Math.min(SECTOR - inSector, src.remaining());
            byte[] sector = sector(at / SECTOR).clone();
            src.get(sector, inSector, n);
            unsynced.put(at / SECTOR, sector);
            at += n;
        }
    }

    @Override
    public void setSize(long newSize) throws IOException {
        change();
        file.setSize(newSize);
        size = newSize;
    }

    @Override
    public void sync() throws IOException {
        change();
        for (var sector : unsynced.entrySet()) {
            file.write(sector.getKey() * SECTOR, ByteBuffer.wrap(sector.getValue()));
        }
        unsynced.clear();
        file.sync();
    }

    @Override
    public boolean punchHole(long offset, long length) {
        return false;
    }

    @Override
    public void close() throws IOException {
        sync();
        file.close();
    }
}
