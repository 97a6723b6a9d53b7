package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A host whose files are in memory, in pages that copies of an image share. */
final class PagedHost implements FileHost {
    private static final int PAGE = 4096;

    /** No honest use of a small image does more than that. */
    private static final int MAX_OPERATIONS = 200_000;

    /** A file's contents, in pages that copies share until they are written. */
    static final class Contents {
        private byte[][] pages;
        private long size;

        Contents(byte[] bytes) {
            pages = new byte[(bytes.length + PAGE - 1) / PAGE][];
            for (int i = 0; i < pages.length; i++) {
                pages[i] = new byte[PAGE];
                System.arraycopy(bytes, i * PAGE, pages[i], 0, Math.min(PAGE, bytes.length - i * PAGE));
            }
            size = bytes.length;
        }

        private Contents(Contents original) {
            pages = original.pages.clone();
            size = original.size;
        }

        Contents copy() {
            return new Contents(this);
        }

        long size() {
            return size;
        }

        byte[] toBytes() {
            byte[] bytes = new byte[(int) size];
            for (int i = 0; i * (long) PAGE < size; i++) {
                if (pages[i] != null) {
                    System.arraycopy(pages[i], 0, bytes, i * PAGE, (int) Math.min(PAGE, size - i * (long) PAGE));
                }
            }
            return bytes;
        }

        /** Changes one byte of a copy. */
        void set(long at, byte value) {
            byte[] page = pages[(int) (at / PAGE)];
            page = page == null ? new byte[PAGE] : page.clone();
            page[(int) (at % PAGE)] = value;
            pages[(int) (at / PAGE)] = page;
        }

        void cut(long length) {
            size = Math.min(size, length);
        }
    }

    private final Map<Path, Contents> files = new HashMap<>();
    private final long limit;
    private int operations;

    /** @param limit bytes that a file may have */
    PagedHost(long limit) {
        this.limit = limit;
    }

    void put(Path path, Contents contents) {
        files.put(path, contents);
    }

    @Override
    public Path real(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public Storage open(Path path, OpenFiles.Access access) {
        Contents contents = files.get(real(path));
        if (contents == null) {
            throw new AssertionError(path + " was opened past the gate");
        }
        return new MemoryStorage(path, contents);
    }

    @Override
    public Storage temporary() {
        return new MemoryStorage(Path.of("temporary"), new Contents(new byte[0]));
    }

    private void count() {
        if (++operations > MAX_OPERATIONS) {
            throw new AssertionError("more than " + MAX_OPERATIONS + " accesses to a small image");
        }
    }

    private final class MemoryStorage implements Storage {
        private final Path path;
        private final Contents contents;
        private final boolean[] own;

        MemoryStorage(Path path, Contents contents) {
            this.path = path;
            this.contents = contents;
            this.own = new boolean[(int) (limit / PAGE) + 1];
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public long size() {
            return contents.size;
        }

        @Override
        public void read(long offset, ByteBuffer dst) {
            count();
            requireSane(offset);
            long at = offset;
            while (dst.hasRemaining()) {
                int inPage = (int) (at % PAGE);
                int n = Math.min(PAGE - inPage, dst.remaining());
                int inside = Math.clamp(contents.size - at, 0, n);
                byte[] page = inside > 0 ? contents.pages[(int) (at / PAGE)] : null;
                if (page == null) {
                    dst.put(new byte[n]);
                } else {
                    dst.put(page, inPage, inside).put(new byte[n - inside]);
                }
                at += n;
            }
        }

        private void requireSane(long offset) {
            if (offset < 0) {
                throw new IllegalArgumentException("negative offset " + offset);
            }
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            count();
            requireSane(offset);
            grow(offset + src.remaining());
            long at = offset;
            while (src.hasRemaining()) {
                int inPage = (int) (at % PAGE);
                int n = Math.min(PAGE - inPage, src.remaining());
                src.get(page((int) (at / PAGE)), inPage, n);
                at += n;
            }
        }

        private byte[] page(int index) {
            if (!own[index]) {
                contents.pages[index] = contents.pages[index] == null ? new byte[PAGE] : contents.pages[index].clone();
                own[index] = true;
            }
            return contents.pages[index];
        }

        private void grow(long size) throws IOException {
            if (size > limit || size < 0) {
                throw DiskException.host(path, "write it", new IOException("No space left on device"));
            }
            if (size > contents.pages.length * (long) PAGE) {
                byte[][] more = new byte[(int) Math.min(limit / PAGE + 1, (size + PAGE - 1) / PAGE * 2)][];
                System.arraycopy(contents.pages, 0, more, 0, contents.pages.length);
                contents.pages = more;
            }
            contents.size = Math.max(contents.size, size);
        }

        @Override
        public void setSize(long size) throws IOException {
            count();
            if (size < contents.size) {
                for (long at = size; at < contents.size; at = (at / PAGE + 1) * PAGE) {
                    byte[] page = page((int) (at / PAGE));
                    Arrays.fill(page, (int) (at % PAGE), PAGE, (byte) 0);
                }
                contents.size = size;
            } else {
                grow(size);
            }
        }

        @Override
        public void sync() {
            count();
        }

        @Override
        public boolean punchHole(long offset, long length) {
            return false;
        }

        @Override
        public void close() {}
    }
}
