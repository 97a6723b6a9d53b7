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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;

/**
 * A machine's memory in a file: pages that are zero or like the parent file's are only noted, equal ones are stored once, the
 * rest is packed with Zstandard, many at a time. {@code docs/machine-state.md} has the format.
 */
public final class RamFile {
    static final byte[] MAGIC = "TERRRAM\0".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 2;
    static final int HEADER_BYTES = 12;

    /** Large enough for programs that are in memory more than once to be found again, small enough to be read side by side. */
    static final int CHUNK_PAGES = 2048;

    /** Index offset, packed and plain size, check sums of packed index and header, magic. */
    static final int TRAILER_BYTES = 8 + 4 + 4 + 4 + 8;

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
        try (RamWriter writer = new RamWriter(file, source, parent)) {
            return writer.run(progress);
        }
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int checkSum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
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
            if (version < 1 || version > VERSION) {
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
            if (checkSum(packed, packed.length) != expected) {
                throw new StateException("its table is damaged (wrong check sum)");
            }
            byte[] plain = Zstd.decompress(packed, plainSize);
            if (plain.length != plainSize) {
                throw new StateException("its table makes no sense");
            }
            return new RamFile(file, RamIndex.parse(plain, version));
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

    /** Which stored pages of a file are wanted. */
    @FunctionalInterface
    interface Choice {
        /** Whether any of the stored pages from {@code slot} to {@code end} is wanted. */
        boolean wanted(int slot, int end);
    }

    /** What gets the stored pages of a file, in any order and from several threads at once. */
    interface Pages extends Choice {
        /** @param at where the page begins in {@code bytes} */
        void page(int slot, byte[] bytes, int at);
    }

    /** Reads the stored pages, on all processors; chunks of which no page is wanted are not touched. */
    void read(Pages pages) throws StateException {
        eachChunk(pages, (in, chunk) -> readChunk(in, chunk, pages));
    }

    /** Looks that nothing which is wanted is missing or damaged. */
    void requireWhole(Choice choice) throws StateException {
        eachChunk(choice, this::packed);
    }

    @FunctionalInterface
    private interface ChunkWork {
        void chunk(FileChannel in, int chunk) throws IOException;
    }

    private void eachChunk(Choice choice, ChunkWork work) throws StateException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                ExecutorService workers =
                        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Void>> chunks = new ArrayList<>();
            for (int n = 0; n < index.chunks().length; n++) {
                int chunk = n;
                if (choice.wanted(firstOf(n), endOf(n))) {
                    chunks.add(workers.submit(() -> {
                        work.chunk(in, chunk);
                        return null;
                    }));
                }
            }
            for (Future<Void> one : chunks) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StateException told ? cannotBeUsed(told) : cannotBeRead(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotBeRead(e);
        } catch (IOException | RuntimeException e) {
            throw cannotBeRead(e);
        }
    }

    private int firstOf(int chunk) {
        return chunk * index.chunkPages();
    }

    private int endOf(int chunk) {
        return Math.min(firstOf(chunk + 1), index.stored());
    }

    private byte[] packed(FileChannel in, int chunk) throws IOException {
        long at = index.chunks()[chunk];
        ByteBuffer head = read(in, at, 8);
        int size = head.getInt();
        int expected = head.getInt();
        byte[] packed = read(in, at + 8, size).array();
        if (checkSum(packed, size) != expected) {
            throw new StateException("it is damaged (wrong check sum)");
        }
        return packed;
    }

    private void readChunk(FileChannel in, int chunk, Pages pages) throws IOException {
        byte[] packed = packed(in, chunk);
        int first = firstOf(chunk);
        int end = endOf(chunk);
        byte[] plain = Zstd.decompress(packed, (end - first) * PAGE);
        if (plain.length != (end - first) * PAGE) {
            throw new StateException("it is damaged");
        }
        for (int slot = first; slot < end; slot++) {
            pages.page(slot, plain, (slot - first) * PAGE);
        }
    }

    private StateException cannotBeUsed(StateException why) {
        return new StateException("the saved memory " + file + " cannot be used: " + why.getMessage(), why);
    }

    private StateException cannotBeRead(Throwable why) {
        String sentence = why instanceof Exception e ? HostTrouble.sentence(e) : why.toString();
        return new StateException("the saved memory " + file + " cannot be read: " + sentence, why);
    }
}
