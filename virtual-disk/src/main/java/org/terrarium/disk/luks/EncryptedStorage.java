package org.terrarium.disk.luks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.terrarium.disk.Storage;

/**
 * A file whose contents are encrypted by sector, with a sector's distance from a place in the file as its number (qcow2.rst, "Data encryption").
 * What is a hole in the file reads as noise here. The file itself is closed by whoever opened it.
 */
public final class EncryptedStorage implements Storage {
    private static final int SECTOR = SectorCipher.SECTOR;
    private static final int PIECE = 256 << 10;

    private final Storage file;
    private final long start;
    private final Supplier<SectorCipher> ciphers;
    private final ConcurrentLinkedQueue<SectorCipher> idle = new ConcurrentLinkedQueue<>();

    /** @param start where in the file sector 0 is, bytes; what is before it must not be touched */
    EncryptedStorage(Storage file, long start, Supplier<SectorCipher> ciphers) {
        this.file = file;
        this.start = start;
        this.ciphers = ciphers;
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        long at = offset;
        while (dst.hasRemaining()) {
            long from = at & -SECTOR;
            int length = (int) Math.min(PIECE, (at + dst.remaining() + SECTOR - 1 & -SECTOR) - from);
            byte[] sectors = readSectors(from, length);
            int n = (int) Math.min(dst.remaining(), from + length - at);
            dst.put(sectors, (int) (at - from), n);
            at += n;
        }
    }

    private byte[] readSectors(long from, int length) throws IOException {
        byte[] sectors = new byte[length];
        file.read(from, ByteBuffer.wrap(sectors));
        crypt(false, from, sectors);
        return sectors;
    }

    private void crypt(boolean encrypting, long from, byte[] sectors) {
        SectorCipher cipher = idle.poll();
        if (cipher == null) {
            cipher = ciphers.get();
        }
        cipher.run(encrypting, (from - start) / SECTOR, sectors, 0, sectors.length);
        idle.add(cipher);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        long at = offset;
        while (src.hasRemaining()) {
            long from = at & -SECTOR;
            int length = (int) Math.min(PIECE, (at + src.remaining() + SECTOR - 1 & -SECTOR) - from);
            int n = (int) Math.min(src.remaining(), from + length - at);
            boolean whole = at == from && n == length;
            byte[] sectors = whole ? new byte[length] : edges(from, length);
            src.get(sectors, (int) (at - from), n);
            crypt(true, from, sectors);
            file.write(from, ByteBuffer.wrap(sectors));
            at += n;
        }
    }

    /** What is in the first and the last sector now. */
    private byte[] edges(long from, int length) throws IOException {
        byte[] sectors = new byte[length];
        System.arraycopy(readSectors(from, SECTOR), 0, sectors, 0, SECTOR);
        int last = length - SECTOR;
        System.arraycopy(readSectors(from + last, SECTOR), 0, sectors, last, SECTOR);
        return sectors;
    }

    @Override
    public void setSize(long size) throws IOException {
        file.setSize(size);
    }

    @Override
    public void sync() throws IOException {
        file.sync();
    }

    @Override
    public boolean punchHole(long offset, long length) throws IOException {
        return file.punchHole(offset, length);
    }

    @Override
    public void close() {}
}
