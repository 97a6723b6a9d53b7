package org.terrarium.x86.mem;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Zeroed host memory that costs nothing until it is touched. {@code Arena.allocate} would write zeros to all of it at once and
 * is bounded by the maximum heap size, so a guest with more memory than a quarter of the host's could not start.
 */
final class HostPages {
    private static final int PROT_READ_WRITE = 3;
    private static final int MEM_COMMIT_RESERVE = 0x3000;
    private static final int MEM_RELEASE = 0x8000;
    private static final int PAGE_READWRITE = 4;

    private HostPages() {}

    /**
     * Allocates page-aligned, zeroed memory, released when the segment is unreachable.
     *
     * @throws OutOfMemoryError when the host refuses
     */
    static MemorySegment allocate(long bytes) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        try {
            if (os.contains("linux")) {
                return map(bytes, 0x4022); // MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
            }
            if (os.contains("mac")) {
                return map(bytes, 0x1042); // the same three on macOS
            }
            if (os.contains("windows")) {
                return virtualAlloc(bytes);
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            // No native access on this host: the portable way below still works, only less lazily.
            return Arena.ofAuto().allocate(bytes, 4096);
        }
        return Arena.ofAuto().allocate(bytes, 4096);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment map(long bytes, int flags) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle mmap = linker.downcallHandle(
                linker.defaultLookup().find("mmap").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG));
        MethodHandle munmap = linker.downcallHandle(
                linker.defaultLookup().find("munmap").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        long address = (long) mmap.invokeExact(0L, bytes, PROT_READ_WRITE, flags, -1, 0L);
        if (address == -1) {
            throw new OutOfMemoryError("the host has no " + bytes + " bytes of address space for guest memory");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), s -> {
            try {
                int ignored = (int) munmap.invokeExact(s.address(), bytes);
                assert ignored == 0;
            } catch (Throwable e) {
                throw new IllegalStateException("munmap", e);
            }
        });
    }

    @SuppressWarnings("restricted")
    private static MemorySegment virtualAlloc(long bytes) throws Throwable {
        Linker linker = Linker.nativeLinker();
        var kernel32 = java.lang.foreign.SymbolLookup.libraryLookup("kernel32", Arena.global());
        MethodHandle alloc = linker.downcallHandle(
                kernel32.find("VirtualAlloc").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT));
        MethodHandle free = linker.downcallHandle(
                kernel32.find("VirtualFree").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        long address = (long) alloc.invokeExact(0L, bytes, MEM_COMMIT_RESERVE, PAGE_READWRITE);
        if (address == 0) {
            throw new OutOfMemoryError("the host has no " + bytes + " bytes for guest memory");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), s -> {
            try {
                int ignored = (int) free.invokeExact(s.address(), 0L, MEM_RELEASE);
                assert ignored != 0;
            } catch (Throwable e) {
                throw new IllegalStateException("VirtualFree", e);
            }
        });
    }
}
