package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.terrarium.disk.ReadOnlyStorage;
import org.terrarium.disk.Storage;

/**
 * A file together with what its log says about it. Read-only it shows the file as the replay would leave it; or the replay is
 * written into the file.
 */
final class LogReplay extends ReadOnlyStorage {
    private static final int SECTOR = VhdxLog.SECTOR;

    private record Zeroes(long from, long to) {}

    private final Storage file;
    private final long size;
    private final TreeMap<Long, byte[]> sectors = new TreeMap<>();
    private final List<Zeroes> zeroes = new ArrayList<>();

    LogReplay(Storage file, long size) {
        this.file = file;
        this.size = Math.max(file.size(), size);
    }

    void put(long at, byte[] sector) {
        sectors.put(at, sector);
    }

    void zero(long at, long length) {
        long to = length < 0 || length > size ? size : Math.min(size, at + length);
        if (at < to) {
            sectors.subMap(at, to).clear();
            zeroes.add(new Zeroes(at, to));
        }
    }

    /** Brings the changes into the file and onto stable storage. */
    void apply() throws IOException {
        if (file.size() < size) {
            file.setSize(size);
        }
        for (Zeroes range : zeroes) {
            if (!file.punchHole(range.from, range.to - range.from)) {
                for (long at = range.from; at < range.to; at += SECTOR) {
                    file.write(at, ByteBuffer.allocate((int) Math.min(SECTOR, range.to - at)));
                }
            }
        }
        for (Map.Entry<Long, byte[]> sector : sectors.entrySet()) {
            file.write(sector.getKey(), ByteBuffer.wrap(sector.getValue()));
        }
        file.sync();
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
        int start = dst.position();
        long end = offset + dst.remaining();
        file.read(offset, dst);
        for (Zeroes range : zeroes) {
            long from = Math.max(range.from, offset);
            long to = Math.min(range.to, end);
            if (from < to) {
                dst.put(start + (int) (from - offset), new byte[(int) (to - from)]);
            }
        }
        for (Map.Entry<Long, byte[]> sector :
                sectors.subMap(offset & -SECTOR, end).entrySet()) {
            long from = Math.max(sector.getKey(), offset);
            long to = Math.min(sector.getKey() + SECTOR, end);
            dst.put(start + (int) (from - offset), sector.getValue(), (int) (from - sector.getKey()), (int)
                    (to - from));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
