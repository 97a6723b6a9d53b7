package org.terrarium.vm.bus;

/**
 * One chip of the board. Its whole guest-visible state is a record (arrays inside are copied in and out), so saving is one
 * call and restoring on a new machine of the same shape another; derived and host-side fields stay out of the record.
 *
 * @param <S> the state record
 */
public interface Device<S extends Record> {
    /** Stable name for logs and saved state, unique on the board: "pic", "ide0", "uart0". */
    String label();

    /** Hardware reset. */
    void reset();

    S save();

    /** Takes over a saved state; the device then behaves as it did when it was saved. */
    void restore(S state);
}
