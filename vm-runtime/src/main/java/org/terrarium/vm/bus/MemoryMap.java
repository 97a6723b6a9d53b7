package org.terrarium.vm.bus;

/**
 * What is where in guest-physical memory. Regions may overlap; the higher priority wins page by page, so a shadow-RAM or
 * video window placed over RAM hides it until it is removed. Placing and removing take effect at once.
 */
public interface MemoryMap {
    /** A placed region; remove it or move it by removing and placing again. */
    interface Placement {
        void remove();
    }

    /** A map in which nothing can be seen: for devices that are reached by other ways only. */
    MemoryMap NOWHERE = new MemoryMap() {
        @Override
        public Placement ram(long pa, int priority, MemoryBlock block) {
            return () -> {};
        }

        @Override
        public Placement rom(long pa, int priority, MemoryBlock block, MmioDevice writes) {
            return () -> {};
        }

        @Override
        public Placement device(long pa, long bytes, int priority, MmioDevice device) {
            return () -> {};
        }
    };

    Placement ram(long pa, int priority, MemoryBlock block);

    /** Reads see the block; writes go to {@code writes} (offset in the region), or are dropped when it is null. */
    Placement rom(long pa, int priority, MemoryBlock block, MmioDevice writes);

    /** {@code bytes} need not be page-aligned in size, but {@code pa} is a multiple of 16 bytes at least. */
    Placement device(long pa, long bytes, int priority, MmioDevice device);
}
