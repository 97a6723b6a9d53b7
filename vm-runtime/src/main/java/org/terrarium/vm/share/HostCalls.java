package org.terrarium.vm.share;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.terrarium.vm.share.FileFacts.Moment;

/**
 * The system calls of Linux that work on a name within an open folder: Java's library has no folders to hold on to, so a path
 * could lead elsewhere between looking and using. Names are bytes, one to a character (ISO 8859-1), whatever the guest means by
 * them. Numbers and structures are those of 64-bit Linux (the manual pages of the calls, section 2), with glibc's functions.
 *
 * <p>For one thread at a time.
 */
final class HostCalls {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_ACCMODE = 3;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_TRUNC = 0x200;
    static final int O_APPEND = 0x400;
    static final int O_NONBLOCK = 0x800;
    static final int O_DSYNC = 0x1000;
    static final int O_SYNC = 0x101000;
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_REMOVEDIR = 0x200;

    private static final int STATX_BASIC_AND_BIRTH = 0xFFF;

    /** In a timespec's nanoseconds: the present time, or leave it as it is. */
    static final long UTIME_NOW = (1L << 30) - 1;

    static final long UTIME_OMIT = (1L << 30) - 2;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfLong LONG_ANYWHERE = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout PTR = ValueLayout.ADDRESS;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final boolean POSSIBLE = System.getProperty("os.name").equals("Linux")
            && HostCalls.class.getModule().isNativeAccessEnabled()
            && ValueLayout.ADDRESS.byteSize() == 8;

    private static final MethodHandle OPENAT = ofInt("openat", 3, INT, PTR, INT, INT);
    private static final MethodHandle CLOSE = ofInt("close", INT);
    private static final MethodHandle STATX = ofInt("statx", INT, PTR, INT, INT, PTR);
    private static final MethodHandle MKDIRAT = ofInt("mkdirat", INT, PTR, INT);
    private static final MethodHandle UNLINKAT = ofInt("unlinkat", INT, PTR, INT);
    private static final MethodHandle RENAMEAT = ofInt("renameat", INT, PTR, INT, PTR);
    private static final MethodHandle SYMLINKAT = ofInt("symlinkat", PTR, INT, PTR);
    private static final MethodHandle LINKAT = ofInt("linkat", INT, PTR, INT, PTR, INT);
    private static final MethodHandle READLINKAT = ofLong("readlinkat", INT, PTR, PTR, LONG);
    private static final MethodHandle PREAD = ofLong("pread", INT, PTR, LONG, LONG);
    private static final MethodHandle PWRITE = ofLong("pwrite", INT, PTR, LONG, LONG);
    private static final MethodHandle FSYNC = ofInt("fsync", INT);
    private static final MethodHandle FDATASYNC = ofInt("fdatasync", INT);
    private static final MethodHandle FCHMOD = ofInt("fchmod", INT, INT);
    private static final MethodHandle FCHMODAT = ofInt("fchmodat", INT, PTR, INT, INT);
    private static final MethodHandle FUTIMENS = ofInt("futimens", INT, PTR);
    private static final MethodHandle UTIMENSAT = ofInt("utimensat", INT, PTR, PTR, INT);
    private static final MethodHandle FTRUNCATE = ofInt("ftruncate", INT, LONG);
    private static final MethodHandle FSTATFS = ofInt("fstatfs", INT, PTR);
    private static final MethodHandle LSEEK = ofLong("lseek", INT, LONG, INT);
    private static final MethodHandle GETDENTS = ofLong("getdents64", INT, PTR, LONG);

    /** Longest path that the kernel takes, with the byte behind it. */
    private static final int PATH_MAX = 4096;

    private static final int SMALL_STRUCTURE = 256;

    /** Bytes that go through at once; the host's memory for that is there as long as this object. */
    static final int BUFFER = 128 << 10;

    private final MemorySegment state;
    private final MemorySegment firstName;
    private final MemorySegment secondName;
    private final MemorySegment structure;
    private final MemorySegment buffer;

    HostCalls() {
        Arena arena = Arena.ofAuto();
        state = arena.allocate(CALL_STATE);
        firstName = arena.allocate(PATH_MAX);
        secondName = arena.allocate(PATH_MAX);
        structure = arena.allocate(SMALL_STRUCTURE, 8);
        buffer = arena.allocate(BUFFER, 8);
    }

    /** Whether this host has these calls and lets Java make them. */
    static boolean available() {
        return POSSIBLE && GETDENTS != null && STATX != null;
    }

    private static MethodHandle ofInt(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(INT, arguments));
    }

    private static MethodHandle ofInt(String name, int firstVariadic, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(INT, arguments), Linker.Option.firstVariadicArg(firstVariadic));
    }

    private static MethodHandle ofLong(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(LONG, arguments));
    }

    @SuppressWarnings("restricted") // the calls above, with the signatures of their manual pages
    private static MethodHandle handle(String name, FunctionDescriptor signature, Linker.Option... options) {
        if (!POSSIBLE) {
            return null;
        }
        Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, signature, all))
                .orElse(null);
    }

    private static MemorySegment name(MemorySegment place, String name) throws Errno {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length >= PATH_MAX) {
            throw new Errno(Errno.ENAMETOOLONG);
        }
        MemorySegment.copy(bytes, 0, place, ValueLayout.JAVA_BYTE, 0, bytes.length);
        place.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        return place;
    }

    private interface Call {
        long run() throws Throwable;
    }

    /** The result of a call that is made again when a signal came between; what it failed with is thrown. */
    private long made(Call call) throws Errno {
        while (true) {
            long result;
            try {
                result = call.run();
            } catch (Throwable e) {
                throw new IllegalStateException("a system call cannot be made", e);
            }
            if (result >= 0) {
                return result;
            }
            int errno = (int) ERRNO.get(state, 0L);
            if (errno != Errno.EINTR) {
                throw new Errno(errno);
            }
        }
    }

    /** Opens a name in a folder; the descriptor is not handed on to programs that are started. */
    int open(int folder, String name, int flags, int mode) throws Errno {
        MemorySegment n = name(firstName, name);
        return (int) made(() -> (int) OPENAT.invokeExact(state, folder, n, flags | O_CLOEXEC, mode));
    }

    /** Opens a path of the host's. */
    int open(String path, int flags) throws Errno {
        return open(AT_FDCWD, path, flags, 0);
    }

    /** What an O_PATH descriptor stands for, opened for use: no name is looked up, so it is the very same file. */
    int reopen(int descriptor, int flags) throws Errno {
        return open(AT_FDCWD, itself(descriptor), flags, 0);
    }

    private static String itself(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }

    void close(int descriptor) {
        try {
            // Not again on EINTR: Linux has closed it then. What else a failing close would say, a sync has said
            // before.
            int ignored = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close cannot be called", e);
        }
    }

    /** About a name in a folder, not about what a link of that name leads to. */
    FileFacts facts(int folder, String name) throws Errno {
        return facts(folder, name, AT_SYMLINK_NOFOLLOW);
    }

    FileFacts facts(int descriptor) throws Errno {
        return facts(descriptor, "", AT_EMPTY_PATH);
    }

    private FileFacts facts(int at, String name, int flags) throws Errno {
        MemorySegment n = name(firstName, name);
        made(() -> (int) STATX.invokeExact(state, at, n, flags, STATX_BASIC_AND_BIRTH, structure));
        // struct statx: mask, blksize, attributes, nlink, uid, gid, mode, (padding), ino, size, blocks,
        // attributes_mask,
        // atime, btime, ctime, mtime of 16 bytes each, rdev_major, rdev_minor, dev_major, dev_minor
        return new FileFacts(
                structure.get(ValueLayout.JAVA_SHORT, 28) & 0xFFFF,
                structure.get(INT, 16),
                structure.get(INT, 20),
                structure.get(INT, 24),
                structure.get(LONG, 32),
                (long) structure.get(INT, 136) << 32 | structure.get(INT, 140) & 0xFFFF_FFFFL,
                structure.get(LONG, 40),
                structure.get(INT, 4),
                structure.get(LONG, 48),
                moment(64),
                moment(112),
                moment(96),
                moment(80));
    }

    private Moment moment(int at) {
        return new Moment(structure.get(LONG, at), structure.get(INT, at + 8));
    }

    void makeFolder(int folder, String name, int mode) throws Errno {
        MemorySegment n = name(firstName, name);
        made(() -> (int) MKDIRAT.invokeExact(state, folder, n, mode));
    }

    /** @param flags {@link #AT_REMOVEDIR} for a folder, else 0 */
    void unlink(int folder, String name, int flags) throws Errno {
        MemorySegment n = name(firstName, name);
        made(() -> (int) UNLINKAT.invokeExact(state, folder, n, flags));
    }

    void rename(int folder, String name, int toFolder, String toName) throws Errno {
        MemorySegment from = name(firstName, name);
        MemorySegment to = name(secondName, toName);
        made(() -> (int) RENAMEAT.invokeExact(state, folder, from, toFolder, to));
    }

    void symlink(String target, int folder, String name) throws Errno {
        MemorySegment t = name(secondName, target);
        MemorySegment n = name(firstName, name);
        made(() -> (int) SYMLINKAT.invokeExact(state, t, folder, n));
    }

    /** A further name for a file; a symbolic link gets one itself, it is not followed. */
    void link(int folder, String name, int toFolder, String toName) throws Errno {
        MemorySegment from = name(firstName, name);
        MemorySegment to = name(secondName, toName);
        made(() -> (int) LINKAT.invokeExact(state, folder, from, toFolder, to, 0));
    }

    String readLink(int folder, String name) throws Errno {
        MemorySegment n = name(firstName, name);
        int length = (int) made(() -> (long) READLINKAT.invokeExact(state, folder, n, buffer, (long) PATH_MAX));
        byte[] target = new byte[length];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, 0, length);
        return new String(target, StandardCharsets.ISO_8859_1);
    }

    /** Reads at most {@link #BUFFER} bytes; returns how many, 0 at the end of the file. */
    int read(int descriptor, long offset, byte[] to, int at, int count) throws Errno {
        long wanted = Math.min(count, BUFFER);
        int read = (int) made(() -> (long) PREAD.invokeExact(state, descriptor, buffer, wanted, offset));
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, to, at, read);
        return read;
    }

    /** Writes at most {@link #BUFFER} bytes; returns how many. */
    int write(int descriptor, long offset, byte[] from, int at, int count) throws Errno {
        int length = Math.min(count, BUFFER);
        MemorySegment.copy(from, at, buffer, ValueLayout.JAVA_BYTE, 0, length);
        return (int) made(() -> (long) PWRITE.invokeExact(state, descriptor, buffer, (long) length, offset));
    }

    /** @param dataOnly leave out what is not needed to read the data again */
    void sync(int descriptor, boolean dataOnly) throws Errno {
        made(() ->
                dataOnly ? (int) FDATASYNC.invokeExact(state, descriptor) : (int) FSYNC.invokeExact(state, descriptor));
    }

    void permissions(int descriptor, int mode) throws Errno {
        made(() -> (int) FCHMOD.invokeExact(state, descriptor, mode));
    }

    /** For an O_PATH descriptor, which fchmod does not take. */
    void permissionsOfPath(int descriptor, int mode) throws Errno {
        MemorySegment n = name(firstName, itself(descriptor));
        made(() -> (int) FCHMODAT.invokeExact(state, AT_FDCWD, n, mode, 0));
    }

    private void times(Moment accessed, Moment modified) {
        structure.set(LONG, 0, accessed.seconds());
        structure.set(LONG, 8, accessed.nanos());
        structure.set(LONG, 16, modified.seconds());
        structure.set(LONG, 24, modified.nanos());
    }

    void times(int descriptor, Moment accessed, Moment modified) throws Errno {
        times(accessed, modified);
        made(() -> (int) FUTIMENS.invokeExact(state, descriptor, structure));
    }

    /** Of a name in a folder, a symbolic link's own where it is one. */
    void times(int folder, String name, Moment accessed, Moment modified) throws Errno {
        MemorySegment n = name(firstName, name);
        times(accessed, modified);
        made(() -> (int) UTIMENSAT.invokeExact(state, folder, n, structure, AT_SYMLINK_NOFOLLOW));
    }

    void truncate(int descriptor, long size) throws Errno {
        made(() -> (int) FTRUNCATE.invokeExact(state, descriptor, size));
    }

    /**
     * A file system's size.
     *
     * @param files how many it has room for
     */
    record Space(long blockSize, long blocks, long free, long available, long files, long freeFiles, int nameLength) {}

    Space space(int descriptor) throws Errno {
        made(() -> (int) FSTATFS.invokeExact(state, descriptor, structure));
        // struct statfs: type, bsize, blocks, bfree, bavail, files, ffree, fsid, namelen, frsize
        return new Space(
                structure.get(LONG, 8),
                structure.get(LONG, 16),
                structure.get(LONG, 24),
                structure.get(LONG, 32),
                structure.get(LONG, 40),
                structure.get(LONG, 48),
                (int) structure.get(LONG, 64));
    }

    /**
     * An entry of a folder.
     *
     * @param next where the entry behind it begins
     * @param type DT_DIR and the like
     */
    record Entry(long inode, long next, int type, String name) {}

    /** Takes an entry; false when it has no room for it and no further ones are wanted. */
    interface EntrySink {
        boolean take(Entry entry);
    }

    /** Entries of an open folder from a place on that an entry or 0 named, until the sink is full; false at the end. */
    boolean entries(int descriptor, long from, int about, EntrySink sink) throws Errno {
        made(() -> (long) LSEEK.invokeExact(state, descriptor, from, 0));
        long size = Math.clamp(about, 1024, BUFFER);
        int length = (int) made(() -> (long) GETDENTS.invokeExact(state, descriptor, buffer, size));
        // struct dirent64: ino, off, reclen, type, name with a zero byte behind it
        for (int at = 0; at < length; at += buffer.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16) & 0xFFFF) {
            String name = buffer.getString(at + 19, StandardCharsets.ISO_8859_1);
            Entry e = new Entry(
                    buffer.get(LONG_ANYWHERE, at),
                    buffer.get(LONG_ANYWHERE, at + 8),
                    buffer.get(ValueLayout.JAVA_BYTE, at + 18) & 0xFF,
                    name);
            if (!sink.take(e)) {
                return true;
            }
        }
        return length > 0;
    }
}
