package org.terrarium.vm.state;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.Progress;

/** Writes a {@link RamFile}: sorts pages into those that are noted and those that are stored, and packs the latter. */
final class RamWriter implements AutoCloseable {
    /** The file is written while the guest runs on, so not much time may be spent on it: see decision 0017. */
    static final int LEVEL = 3;

    /** So far apart equal octets are found, as a power of two: anywhere in a chunk. */
    private static final int WINDOW = 23;

    private static final int PAGE = PageSource.PAGE_BYTES;

    private final FileChannel out;
    private final PageSource source;
    private final RamImage parent;
    private final int[] kinds;
    private final List<byte[]> digests = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();
    private final List<Long> chunks = new ArrayList<>();
    private final byte[] chunk = new byte[RamFile.CHUNK_PAGES * PAGE];
    private final ZstdCompressCtx zstd =
            new ZstdCompressCtx().setLevel(LEVEL).setLong(WINDOW).setContentSize(true);
    private int gathered;
    private long position;

    /** @param parent null for a file that stands by itself */
    RamWriter(Path file, PageSource source, RamImage parent) throws IOException {
        out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        this.source = source;
        this.parent = parent;
        kinds = new int[source.pages()];
    }

    /** Writes all of it and forces it to the disk; returns how many pages were stored. */
    int run(Progress progress) throws IOException {
        append(RamFile.little(RamFile.HEADER_BYTES)
                .put(RamFile.MAGIC)
                .putInt(RamFile.VERSION)
                .array());
        byte[] page = new byte[PAGE];
        var sha = RamIndex.sha();
        int done = 0;
        for (int n = source.next(page); n >= 0; n = source.next(page)) {
            if (done++ % 256 == 0) {
                progress.at((long) done * PAGE, (long) kinds.length * PAGE);
            }
            kinds[n] = source.isZero(page) ? RamIndex.ZERO : place(n, page, RamIndex.digest(sha, page));
        }
        flushChunk();
        return finish();
    }

    private int place(int n, byte[] page, byte[] digest) throws IOException {
        if (parent != null && n < parent.pages() && Arrays.equals(parent.digest(n), digest)) {
            return RamIndex.PARENT;
        }
        int slot = digests.size();
        Integer same = known.putIfAbsent(new String(digest, StandardCharsets.ISO_8859_1), slot);
        if (same != null) {
            return same;
        }
        digests.add(digest);
        System.arraycopy(page, 0, chunk, gathered, PAGE);
        gathered += PAGE;
        if (gathered == chunk.length) {
            flushChunk();
        }
        return slot;
    }

    private void flushChunk() throws IOException {
        if (gathered == 0) {
            return;
        }
        byte[] packed = new byte[(int) Zstd.compressBound(gathered)];
        int size = zstd.compressByteArray(packed, 0, packed.length, chunk, 0, gathered);
        chunks.add(position);
        append(RamFile.little(8)
                .putInt(size)
                .putInt(RamFile.checkSum(packed, size))
                .array());
        append(ByteBuffer.wrap(packed, 0, size));
        gathered = 0;
    }

    private int finish() throws IOException {
        byte[] all = new byte[digests.size() * RamIndex.DIGEST_BYTES];
        for (int n = 0; n < digests.size(); n++) {
            System.arraycopy(digests.get(n), 0, all, n * RamIndex.DIGEST_BYTES, RamIndex.DIGEST_BYTES);
        }
        RamIndex index = new RamIndex(
                kinds,
                chunks.stream().mapToLong(Long::longValue).toArray(),
                all,
                whole(),
                parent == null ? new byte[0] : parent.id(),
                RamFile.CHUNK_PAGES);
        byte[] plain = index.toBytes();
        byte[] packed = zstd.compress(plain);
        long at = position;
        append(packed);
        append(RamFile.little(RamFile.TRAILER_BYTES)
                .putLong(at)
                .putInt(packed.length)
                .putInt(plain.length)
                .putInt(RamFile.checkSum(packed, packed.length))
                .put(RamFile.MAGIC)
                .array());
        out.force(true);
        return digests.size();
    }

    /** The digest of all pages' digests. */
    private byte[] whole() {
        var sha = RamIndex.sha();
        for (int n = 0; n < kinds.length; n++) {
            if (kinds[n] == RamIndex.PARENT) {
                sha.update(parent.digest(n));
            } else {
                sha.update(kinds[n] == RamIndex.ZERO ? RamIndex.ZERO_DIGEST : digests.get(kinds[n]));
            }
        }
        return Arrays.copyOf(sha.digest(), RamIndex.DIGEST_BYTES);
    }

    private void append(byte[] bytes) throws IOException {
        append(ByteBuffer.wrap(bytes));
    }

    private void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        zstd.close();
        out.close();
    }
}
