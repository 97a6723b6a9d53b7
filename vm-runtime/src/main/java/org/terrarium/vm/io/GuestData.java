package org.terrarium.vm.io;

/** The guest's side of a transfer: memory that may lie in many pieces, addressed as if it were one. */
public interface GuestData {
    /** Copies {@code count} bytes of {@code src} to the guest, {@code at} bytes into the whole. */
    void toGuest(long at, byte[] src, int count);

    /** Copies {@code count} bytes from the guest to the start of {@code dst}. */
    void fromGuest(long at, byte[] dst, int count);
}
