package org.terrarium.vm.bus;

/** Guest memory from address 0 in an array, as a bus master sees it. */
public final class TestMemory implements DmaMemory {
    /** A memory map for devices whose registers a test reaches directly. */
    public static final MemoryMap NO_MAP = new MemoryMap() {
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

    public final byte[] bytes;

    public TestMemory(int size) {
        this(new byte[size]);
    }

    public TestMemory(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void read(long pa, byte[] dst, int offset, int length) {
        for (int k = 0; k < length; k++) {
            dst[offset + k] = pa + k >= 0 && pa + k < bytes.length ? bytes[(int) pa + k] : -1;
        }
    }

    @Override
    public void write(long pa, byte[] src, int offset, int length) {
        for (int k = 0; k < length; k++) {
            if (pa + k >= 0 && pa + k < bytes.length) {
                bytes[(int) pa + k] = src[offset + k];
            }
        }
    }
}
