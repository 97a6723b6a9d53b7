package org.terrarium.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What Java cannot do with a file: give ranges back to the host's file system by fallocate(2), find them by lseek(2), read only what the host has in
 * memory (preadv2(2)), and take locks that belong to one opening of the file instead of to the process (fcntl(2), "Open file description locks"). Java keeps a channel's descriptor to
 * itself, so this has one of its own. On other hosts than Linux nothing is there.
 */
final class NativeFile {
    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int PUNCH_HOLE_KEEP_SIZE = 3; // FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final short F_RDLCK = 0;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;

    private static final int RWF_NOWAIT = 8;

    /** Bytes that are read without waiting at most. */
    static final int MOST_AT_ONCE = 1 << 20;

    /** struct flock of 64-bit Linux: type, whence, (padding), start, length, pid, (padding). */
    private static final long FLOCK_SIZE = 32;

    private static final long FLOCK_START = 8;
    private static final long FLOCK_LENGTH = 16;

    private static final boolean POSSIBLE = System.getProperty("os.name").equals("Linux")
            && NativeFile.class.getModule().isNativeAccessEnabled()
            && ValueLayout.ADDRESS.byteSize() == 8;

    private static final MethodHandle OPEN;
    private static final MethodHandle FCNTL;
    private static final MethodHandle CLOSE;

    static {
        OPEN = POSSIBLE
                ? handle(
                        "open",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2))
                : null;
        FCNTL = POSSIBLE
                ? handle(
                        "fcntl",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2))
                : null;
        CLOSE = POSSIBLE ? handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)) : null;
    }

    // The rest is made when it is needed first, as most commands do without and each takes some milliseconds.
    private static final class Punch {
        static final MethodHandle FALLOCATE = handle(
                "fallocate",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
    }

    private static final class Seek {
        static final MethodHandle LSEEK = handle(
                "lseek",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }

    private static final class ReadNow {
        static final MethodHandle PREADV2 = handle(
                "preadv2",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted") // the six calls above, with the signatures of their manual pages
    private static MethodHandle handle(String name, FunctionDescriptor signature, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find(name)
                .map(address -> linker.downcallHandle(address, signature, options))
                .orElse(null);
    }

    /** For {@link #readNow}: struct iovec, one piece, and behind it the piece itself. */
    private MemorySegment vector;

    private int descriptor;

    private NativeFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** For the file that has this path now; it may be renamed later. */
    static NativeFile open(Path path, boolean writable) {
        if (OPEN == null || FCNTL == null || CLOSE == null) {
            return none();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toAbsolutePath().toString());
            return new NativeFile((int) OPEN.invokeExact(name, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC));
        } catch (Throwable e) {
            throw new IllegalStateException("open cannot be called", e);
        }
    }

    /** Can do nothing. */
    static NativeFile none() {
        return new NativeFile(-1);
    }

    /** There is a descriptor to work with. */
    synchronized boolean usable() {
        return descriptor >= 0;
    }

    /** Makes the range a hole that reads as zeroes; false when this host or file system cannot. */
    synchronized boolean punch(long offset, long length) {
        if (descriptor < 0) {
            return false;
        }
        try {
            return (int) Punch.FALLOCATE.invokeExact(descriptor, PUNCH_HOLE_KEEP_SIZE, offset, length) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("fallocate cannot be called", e);
        }
    }

    /**
     * The first place from {@code offset} on that may hold something, {@code end} when there is none before.
     *
     * @param end length of the file, bytes
     */
    long dataFrom(long offset, long end) {
        // A file system that knows no holes answers both questions, so a failing answer means that only a hole is left.
        if (offset >= end || seek(offset, SEEK_HOLE) != offset) {
            return offset;
        }
        long data = seek(offset, SEEK_DATA);
        return data < 0 ? end : data;
    }

    /** The first place behind {@code offset} where a hole begins; the end of the file counts as one. */
    long holeFrom(long offset) {
        long hole = seek(offset, SEEK_HOLE);
        return hole <= offset ? Long.MAX_VALUE : hole;
    }

    private synchronized long seek(long offset, int whence) {
        if (descriptor < 0) {
            return -1;
        }
        try {
            return (long) Seek.LSEEK.invokeExact(descriptor, offset, whence);
        } catch (Throwable e) {
            throw new IllegalStateException("lseek cannot be called", e);
        }
    }

    /**
     * Reads {@code dst} full from {@code offset} if the host has all of it in memory.
     *
     * @return false, with {@code dst} as it was, when it has not, or cannot tell
     */
    synchronized boolean readNow(long offset, ByteBuffer dst) {
        int length = dst.remaining();
        if (ReadNow.PREADV2 == null || descriptor < 0 || length > MOST_AT_ONCE) {
            return false;
        }
        long piece = 2 * ValueLayout.ADDRESS.byteSize();
        if (vector == null || vector.byteSize() < piece + length) {
            vector = Arena.ofAuto().allocate(piece + Math.max(length, 64 << 10), 16);
        }
        MemorySegment bytes = vector.asSlice(piece, length);
        vector.set(ValueLayout.ADDRESS, 0, bytes);
        vector.set(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS.byteSize(), length);
        try {
            long got = (long) ReadNow.PREADV2.invokeExact(descriptor, vector, 1, offset, RWF_NOWAIT);
            if (got != length) {
                return false;
            }
        } catch (Throwable e) {
            throw new IllegalStateException("preadv2 cannot be called", e);
        }
        dst.put(bytes.asByteBuffer());
        return true;
    }

    /** Takes a shared lock on one byte; false when somebody has an exclusive one, or the file system has no locks. */
    boolean lockShared(long at) {
        return fcntl(F_OFD_SETLK, F_RDLCK, at, 1) == F_RDLCK;
    }

    void unlock(long at) {
        fcntl(F_OFD_SETLK, F_UNLCK, at, 1);
    }

    /** Another opening of the file, here or in another process, has a lock on that byte. */
    boolean lockedByOthers(long at) {
        short answer = fcntl(F_OFD_GETLK, F_WRLCK, at, 1);
        return answer == F_RDLCK || answer == F_WRLCK;
    }

    /** The lock type that the call leaves in its structure, or -1 when it fails. */
    private synchronized short fcntl(int command, short type, long at, long length) {
        if (descriptor < 0) {
            return -1;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment lock = arena.allocate(FLOCK_SIZE, 8);
            lock.set(ValueLayout.JAVA_SHORT, 0, type);
            lock.set(ValueLayout.JAVA_LONG, FLOCK_START, at);
            lock.set(ValueLayout.JAVA_LONG, FLOCK_LENGTH, length);
            int result = (int) FCNTL.invokeExact(descriptor, command, lock);
            return result == 0 ? lock.get(ValueLayout.JAVA_SHORT, 0) : -1;
        } catch (Throwable e) {
            throw new IllegalStateException("fcntl cannot be called", e);
        }
    }

    /**
     * Gives the locks up and closes the descriptor. A process being started by another thread has copies of all descriptors until it
     * runs its program; with the descriptor alone, the locks would be held as long as that takes.
     */
    synchronized void close() {
        if (descriptor >= 0) {
            fcntl(F_OFD_SETLK, F_UNLCK, 0, 0); // length 0: to the end, wherever that is
            try {
                // What a failing close would say, a sync has said before.
                int ignored = (int) CLOSE.invokeExact(descriptor);
                descriptor = -1;
            } catch (Throwable e) {
                throw new IllegalStateException("close cannot be called", e);
            }
        }
    }
}
