package org.terrarium.x86.jit;

import java.lang.foreign.ValueLayout;
import org.terrarium.x86.interp.Block;
import org.terrarium.x86.mem.PhysicalMemory;

/** The code bytes of blocks, for messages and listings. */
final class GuestBytes {
    private GuestBytes() {}

    static byte[] of(PhysicalMemory memory, Block b) {
        return memory.backing().asSlice(b.where, b.firstPageLength()).toArray(ValueLayout.JAVA_BYTE);
    }
}
