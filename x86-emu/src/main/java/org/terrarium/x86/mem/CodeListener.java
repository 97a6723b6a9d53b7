package org.terrarium.x86.mem;

/** Told when memory that holds decoded code is about to lie: its bytes were just changed. */
@FunctionalInterface
public interface CodeListener {
    /**
     * Bytes in a range that overlaps marked code were written, by the processor or by a device; the new bytes are in place.
     * The range never crosses a 4 KiB page. Every decoded block that overlaps it must be dropped; afterwards the listener
     * may call {@link PhysicalMemory#unmarkCode} for the page and mark again what remains on it.
     *
     * @param backingOffset where in {@link PhysicalMemory#backing()}, whatever guest-physical alias was used
     * @param length bytes
     */
    void codeWritten(long backingOffset, int length);
}
