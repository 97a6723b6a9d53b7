package org.terrarium.vm.firmware;

/** A kernel that the firmware starts directly in flat 32-bit mode. */
public interface KernelImage {
    /** Registers of the kernel's first instruction; segments are flat, interrupts off, paging off. */
    record Start(int eip, int eax, int ebx, int esi, int esp) {}

    /**
     * Puts the kernel and what it is told into memory. Called by the BIOS after POST, with text mode 3 on the screen.
     *
     * @throws BootException in one sentence for the user when this machine cannot start it
     */
    Start load(BootContext context) throws BootException;

    /** What a loader works with. */
    interface BootContext {
        org.terrarium.vm.bus.DmaMemory memory();

        /** The memory map as INT 15h E820h reports it. */
        java.util.List<Range> ranges();

        /** Guest-physical end of the RAM below 4 GiB that a system may use. */
        long usableEnd();

        /** Cursor row and column of the text screen. */
        int cursorRow();

        int cursorColumn();

        /** Guest-physical address of the ACPI root pointer. */
        long rootPointer();

        /** Sets a VBE mode of this size with a linear framebuffer; null when there is none. */
        Framebuffer graphics(int width, int height, int depth);

        /** The last BIOS disk drive number in use plus one, from 80h. */
        int diskCount();
    }

    /** A linear framebuffer: guest-physical address, bytes a line, pixels, bits a pixel. */
    record Framebuffer(long address, int pitch, int width, int height, int depth) {}

    /** A range of the memory map. */
    record Range(long start, long length, int type) {}
}
