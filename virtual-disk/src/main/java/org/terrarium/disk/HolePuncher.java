package org.terrarium.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Gives ranges of a file back to the host's file system, on Linux, by fallocate(2). Java offers no way to do that, and keeps a
 * channel's descriptor to itself, so this has a descriptor of its own. It must be closed only when no lock on the file is held
 * any more, because POSIX drops a process's locks with any descriptor of the file.
 */
final class HolePuncher {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int PUNCH_HOLE_KEEP_SIZE = 3; // FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE

    private static final MethodHandle OPEN;
    private static final MethodHandle FALLOCATE;
    private static final MethodHandle CLOSE;

    static {
        boolean possible = System.getProperty("os.name").equals("Linux")
                && HolePuncher.class.getModule().isNativeAccessEnabled();
        OPEN = possible
                ? handle(
                        "open",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2))
                : null;
        FALLOCATE = possible
                ? handle(
                        "fallocate",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG))
                : null;
        CLOSE = possible ? handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)) : null;
    }

    @SuppressWarnings("restricted") // the three calls above, with the signatures of their manual pages
    private static MethodHandle handle(String name, FunctionDescriptor signature, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find(name)
                .map(address -> linker.downcallHandle(address, signature, options))
                .orElse(null);
    }

    private int descriptor;

    private HolePuncher(int descriptor) {
        this.descriptor = descriptor;
    }

    /** For the file that has this path now; it may be renamed later. */
    static HolePuncher open(Path path) {
        if (OPEN == null || FALLOCATE == null || CLOSE == null) {
            return none();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toAbsolutePath().toString());
            return new HolePuncher((int) OPEN.invokeExact(name, O_RDWR | O_CLOEXEC));
        } catch (Throwable e) {
            throw new IllegalStateException("open cannot be called", e);
        }
    }

    /** Punches nothing. */
    static HolePuncher none() {
        return new HolePuncher(-1);
    }

    /** Makes the range a hole that reads as zeroes; false when this host or file system cannot. */
    synchronized boolean punch(long offset, long length) {
        if (descriptor < 0) {
            return false;
        }
        try {
            return (int) FALLOCATE.invokeExact(descriptor, PUNCH_HOLE_KEEP_SIZE, offset, length) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("fallocate cannot be called", e);
        }
    }

    synchronized void close() {
        if (descriptor >= 0) {
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
