package org.terrarium.disk.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.terrarium.disk.Storage;
import org.tukaani.xz.SeekableInputStream;

/** A file as a stream, from its start. Closing it leaves the file open. */
final class StorageInputStream extends InputStream {
    private final Storage storage;
    private long at;

    StorageInputStream(Storage storage) {
        this.storage = storage;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = (int) Math.min(length, storage.size() - at);
        if (n <= 0) {
            return length == 0 ? 0 : -1;
        }
        storage.read(at, ByteBuffer.wrap(bytes, offset, n));
        at += n;
        return n;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, storage.size() - at));
    }

    /** The same for a library that wants to jump. */
    static final class Seekable extends SeekableInputStream {
        private final StorageInputStream in;

        Seekable(Storage storage) {
            this.in = new StorageInputStream(storage);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public long length() {
            return in.storage.size();
        }

        @Override
        public long position() {
            return in.at;
        }

        @Override
        public void seek(long position) {
            in.at = position;
        }
    }
}
