package org.terrarium.disk;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Zeroes for readers, as fast as the host makes them. */
final class ZeroFill {
    /** From here on memset(3) is worth the call: it uses the processor's widest stores, Java's own fill does not. */
    private static final int LARGE = 16 << 10;

    private static final MethodHandle MEMSET = memset();

    private ZeroFill() {}

    @SuppressWarnings("restricted") // one call, with the signature of its manual page
    private static MethodHandle memset() {
        if (!ZeroFill.class.getModule().isNativeAccessEnabled() || ValueLayout.ADDRESS.byteSize() != 8) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("memset")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)))
                .orElse(null);
    }

    /** Fills the rest of {@code dst} with zeroes. */
    static void fill(ByteBuffer dst) {
        int length = dst.remaining();
        if (dst.hasArray()) {
            int from = dst.arrayOffset() + dst.position();
            Arrays.fill(dst.array(), from, from + length, (byte) 0);
        } else if (length >= LARGE && dst.isDirect() && MEMSET != null) {
            try {
                MemorySegment ignored =
                        (MemorySegment) MEMSET.invokeExact(MemorySegment.ofBuffer(dst), 0, (long) length);
            } catch (Throwable e) {
                throw new IllegalStateException("memset cannot be called", e);
            }
        } else {
            MemorySegment.ofBuffer(dst).fill((byte) 0);
        }
        dst.position(dst.limit());
    }
}
