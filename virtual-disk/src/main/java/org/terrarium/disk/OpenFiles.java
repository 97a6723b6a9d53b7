package org.terrarium.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has which image file open, in this process and, through locks, in others.
 *
 * <p>On Linux each opening has locks of its own ({@link ByteLocks}). Elsewhere Java's locks must do, which belong to the process:
 * POSIX drops all of them as soon as any descriptor of the file is closed. Therefore every channel of a file stays open until
 * its last user here has gone.
 */
final class OpenFiles {
    /** The bytes that {@link ByteLocks} uses. A writer locks them all, a reader only "nobody may write". */
    private static final long LOCK_FIRST = 100;

    private static final long LOCK_LENGTH = 200;
    private static final long LOCK_NO_WRITERS = 201;

    private static final Map<Object, Entry> ENTRIES = new HashMap<>();

    /** What an opener wants to do, and what it allows others meanwhile. */
    enum Access {
        /** Looks without a lock; the contents may change at any time. */
        INSPECT,
        /** Reads; nobody may write. */
        READ,
        /** Reads and writes; nobody else may do either. */
        WRITE
    }

    private static final class Entry {
        final List<FileChannel> channels = new ArrayList<>();
        int users;
        int readers;
        boolean writer;
        FileLock lock;
    }

    /** One user's hold on a file. */
    static final class Lease {
        final FileChannel channel;
        final NativeFile file;
        private final Object key;
        private final Access access;
        private WriterLock note;
        private boolean released;

        private Lease(FileChannel channel, NativeFile file, Object key, Access access) {
            this.channel = channel;
            this.file = file;
            this.key = key;
            this.access = access;
        }

        void release() throws IOException {
            synchronized (ENTRIES) {
                if (!released) {
                    released = true;
                    if (note != null) {
                        note.release();
                    }
                    try {
                        OpenFiles.release(key, access);
                    } finally {
                        file.close();
                    }
                }
            }
        }
    }

    private OpenFiles() {}

    /** Opens an existing regular file. */
    static Lease open(Path path, Access access) throws IOException {
        Set<OpenOption> options = access == Access.WRITE
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.READ);
        return open(path, access, options);
    }

    /** Creates a file that must not exist yet, for writing. */
    static Lease create(Path path) throws IOException {
        return open(
                path,
                Access.WRITE,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    private static Lease open(Path path, Access access, Set<OpenOption> options) throws IOException {
        synchronized (ENTRIES) {
            boolean create = options.contains(StandardOpenOption.CREATE_NEW);
            if (!create) {
                // Refused before a descriptor exists, because closing one would drop the holder's lock.
                requireFree(ENTRIES.get(keyOf(path)), path, access);
            }
            FileChannel channel = FileChannel.open(path, options);
            Object key;
            try {
                key = keyOf(path);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            Entry entry = ENTRIES.computeIfAbsent(key, k -> new Entry());
            entry.channels.add(channel);
            entry.users++;
            NativeFile file =
                    access == Access.INSPECT ? NativeFile.none() : NativeFile.open(path, access == Access.WRITE);
            try {
                lock(entry, channel, file, path, access);
            } catch (IOException | RuntimeException e) {
                release(key, Access.INSPECT);
                file.close();
                throw e;
            }
            Lease lease = new Lease(channel, file, key, access);
            if (access == Access.WRITE) {
                try {
                    lease.note = WriterLock.take(path);
                } catch (IOException | RuntimeException e) {
                    lease.release();
                    throw e;
                }
            }
            return lease;
        }
    }

    private static Object keyOf(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new DiskException(path, "is a folder, not a disk image");
        }
        if (!attributes.isRegularFile()) {
            throw new DiskException(path, "is not a regular file");
        }
        // The key is null on hosts without inode numbers.
        return attributes.fileKey() != null ? attributes.fileKey() : path.toRealPath();
    }

    private static void requireFree(Entry entry, Path path, Access access) throws IOException {
        if (entry != null
                && (access == Access.WRITE && entry.readers > 0 || access != Access.INSPECT && entry.writer)) {
            throw inUse(path, access);
        }
    }

    private static void lock(Entry entry, FileChannel channel, NativeFile file, Path path, Access access)
            throws IOException {
        if (access == Access.INSPECT) {
            return;
        }
        boolean writing = access == Access.WRITE;
        if (file.usable()) {
            if (!ByteLocks.take(file, writing)) {
                throw inUse(path, access);
            }
        } else if (writing) {
            entry.lock = tryLock(channel, LOCK_FIRST, LOCK_LENGTH, false, path, access);
        } else if (entry.lock == null) {
            entry.lock = tryLock(channel, LOCK_NO_WRITERS, 1, true, path, access);
        }
        if (writing) {
            entry.writer = true;
            return;
        }
        String owner = entry.writer ? null : WriterLock.owner(path);
        if (owner != null) {
            throw new DiskException(path, "is being written by " + owner);
        }
        entry.readers++;
    }

    private static FileLock tryLock(FileChannel channel, long at, long length, boolean shared, Path path, Access access)
            throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(at, length, shared);
        } catch (OverlappingFileLockException e) {
            throw inUse(path, access);
        } catch (IOException e) {
            // Some network file systems have no locks; then only this process's own users are told apart.
            return null;
        }
        if (lock == null) {
            throw inUse(path, access);
        }
        return lock;
    }

    private static DiskException inUse(Path path, Access access) throws IOException {
        String owner = WriterLock.owner(path);
        String who = owner == null ? "another machine or program" : owner;
        return new DiskException(
                path,
                access == Access.WRITE
                        ? "is in use by " + who + ", so it cannot be opened for writing"
                        : "is being written by " + who);
    }

    private static void release(Object key, Access access) throws IOException {
        Entry entry = ENTRIES.get(key);
        entry.users--;
        if (access == Access.READ) {
            entry.readers--;
        } else if (access == Access.WRITE) {
            entry.writer = false;
        }
        if (entry.lock != null && entry.readers == 0 && !entry.writer) {
            entry.lock.release();
            entry.lock = null;
        }
        if (entry.users == 0) {
            ENTRIES.remove(key);
            for (FileChannel channel : entry.channels) {
                channel.close();
            }
        }
    }
}
