package org.terrarium.vm.state;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;

/**
 * A machine's memory in a file: pages that are zero or like the parent file's are only noted, equal ones are stored once, the
 * rest is packed with Zstandard, 256 at a time. {@code docs/machine-state.md} has the format.
 */
public final class RamFile {
    static final byte[] MAGIC = "TERRRAM\0".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int HEADER_BYTES = 12;
    static final int CHUNK_PAGES = 256;

    /** Index offset, packed and plain size, check sums of packed index and header, magic. */
    static final int TRAILER_BYTES = 8 + 4 + 4 + 4 + 8;

    /** Fast: the file is written while the guest runs. */
    private static final int LEVEL = 1;

    private static final int MAX_INDEX = 1 << 30;
    private static final int PAGE = PageSource.PAGE_BYTES;

    private final Path file;
    private final RamIndex index;

    private RamFile(Path file, RamIndex index) {
        this.file = file;
        this.index = index;
    }

    Path file() {
        return file;
    }

    RamIndex index() {
        return index;
    }

    byte[] id() {
        return index.id();
    }

    /**
     * Writes a new file and forces it to the disk. Pages that {@code parent} shows as well are left out.
     *
     * @param parent null for a file that stands by itself
     * @return how many pages were stored
     */
    public static int write(Path file, PageSource source, RamImage parent, Progress progress) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            return new Writer(out, source, parent).run(progress);
        }
    }

    private static final class Writer {
        private final FileChannel out;
        private final PageSource source;
        private final RamImage parent;
        private final int[] kinds;
        private final List<byte[]> digests = new ArrayList<>();
        private final Map<String, Integer> known = new HashMap<>();
        private final List<Long> chunks = new ArrayList<>();
        private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_PAGES * PAGE);
        private long position;

        Writer(FileChannel out, PageSource source, RamImage parent) {
            this.out = out;
            this.source = source;
            this.parent = parent;
            kinds = new int[source.pages()];
        }

        int run(Progress progress) throws IOException {
            append(little(HEADER_BYTES).put(MAGIC).putInt(VERSION).array());
            byte[] page = new byte[PAGE];
            var sha = RamIndex.sha();
            int done = 0;
            for (int n = source.next(page); n >= 0; n = source.next(page)) {
                if (done++ % CHUNK_PAGES == 0) {
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
            chunk.put(page);
            if (!chunk.hasRemaining()) {
                flushChunk();
            }
            return slot;
        }

        private void flushChunk() throws IOException {
            if (chunk.position() == 0) {
                return;
            }
            byte[] packed = Zstd.compress(Arrays.copyOf(chunk.array(), chunk.position()), LEVEL);
            chunks.add(position);
            append(little(8).putInt(packed.length).putInt(checkSum(packed)).array());
            append(packed);
            chunk.clear();
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
                    parent == null ? new byte[0] : parent.id());
            byte[] plain = index.toBytes();
            byte[] packed = Zstd.compress(plain, LEVEL);
            long at = position;
            append(packed);
            append(little(TRAILER_BYTES)
                    .putLong(at)
                    .putInt(packed.length)
                    .putInt(plain.length)
                    .putInt(checkSum(packed))
                    .put(MAGIC)
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
            ByteBuffer b = ByteBuffer.wrap(bytes);
            while (b.hasRemaining()) {
                position += out.write(b);
            }
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checkSum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Reads a file's table; a StateException says in a sentence that names the file why it cannot be used. */
    static RamFile open(Path file) throws StateException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = read(in, 0, HEADER_BYTES);
            byte[] magic = new byte[MAGIC.length];
            head.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new StateException("it is no saved memory");
            }
            int version = head.getInt();
            if (version != VERSION) {
                throw new StateException("it was written by a newer Terrarium (format " + version + ")");
            }
            ByteBuffer tail = read(in, in.size() - TRAILER_BYTES, TRAILER_BYTES);
            long at = tail.getLong();
            int packedSize = tail.getInt();
            int plainSize = tail.getInt();
            int expected = tail.getInt();
            tail.get(magic);
            if (!Arrays.equals(magic, MAGIC) || plainSize < 16 || plainSize > MAX_INDEX) {
                throw new StateException("it is cut short");
            }
            byte[] packed = read(in, at, packedSize).array();
            if (checkSum(packed) != expected) {
                throw new StateException("its table is damaged (wrong check sum)");
            }
            byte[] plain = Zstd.decompress(packed, plainSize);
            if (plain.length != plainSize) {
                throw new StateException("its table makes no sense");
            }
            return new RamFile(file, RamIndex.parse(plain));
        } catch (NoSuchFileException e) {
            throw new StateException("the saved memory " + file + " is missing", e);
        } catch (StateException e) {
            throw new StateException("the saved memory " + file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new StateException("the saved memory " + file + " cannot be read: " + HostTrouble.sentence(e), e);
        }
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        if (at < 0 || length < 0 || at + length > in.size()) {
            throw new StateException("it is cut short");
        }
        ByteBuffer b = little(length);
        while (b.hasRemaining()) {
            if (in.read(b, at + b.position()) < 0) {
                throw new StateException("it is cut short");
            }
        }
        return b.flip();
    }

    /** What gets the stored pages of a file, one after the other. */
    interface Pages {
        /** Whether any of the stored pages from {@code slot} to {@code end} is wanted. */
        boolean wanted(int slot, int end);

        /** @param at where the page begins in {@code bytes} */
        void page(int slot, byte[] bytes, int at) throws IOException;
    }

    /** Reads the stored pages; chunks of which no page is wanted are not touched. */
    void read(Pages pages) throws StateException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int n = 0; n < index.chunks().length; n++) {
                int first = n * CHUNK_PAGES;
                int end = Math.min(first + CHUNK_PAGES, index.stored());
                if (!pages.wanted(first, end)) {
                    continue;
                }
                ByteBuffer head = read(in, index.chunks()[n], 8);
                int size = head.getInt();
                int expected = head.getInt();
                byte[] packed = read(in, index.chunks()[n] + 8, size).array();
                if (checkSum(packed) != expected) {
                    throw new StateException("it is damaged (wrong check sum)");
                }
                byte[] plain = Zstd.decompress(packed, (end - first) * PAGE);
                if (plain.length != (end - first) * PAGE) {
                    throw new StateException("it is damaged");
                }
                for (int slot = first; slot < end; slot++) {
                    pages.page(slot, plain, (slot - first) * PAGE);
                }
            }
        } catch (StateException e) {
            throw new StateException("the saved memory " + file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new StateException("the saved memory " + file + " cannot be read: " + HostTrouble.sentence(e), e);
        }
    }
}
