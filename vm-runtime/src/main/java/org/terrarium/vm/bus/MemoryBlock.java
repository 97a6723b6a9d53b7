package org.terrarium.vm.bus;

import java.lang.foreign.MemorySegment;
import org.terrarium.x86.mem.PhysicalMemory;

/**
 * A page-aligned piece of backing memory that the guest may be given directly: RAM, video memory, a ROM's contents.
 *
 * @param memory the machine's memory
 * @param offset backing offset in bytes
 * @param size bytes
 */
public record MemoryBlock(PhysicalMemory memory, long offset, long size) {
    /** The bytes, for the host side; index 0 is the block's first byte. */
    public MemorySegment bytes() {
        return memory.backing().asSlice(offset, size);
    }

    public void trackDirty(boolean on) {
        memory.trackDirty(offset, size, on);
    }

    /** Whether the 4 KiB page at {@code at} bytes into the block was written since the last call. */
    public boolean takeDirty(long at) {
        return memory.takeDirty(offset + at);
    }
}
