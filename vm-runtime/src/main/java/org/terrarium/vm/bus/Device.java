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

    /**
     * Version of what {@link #save} gives, for later readers. It rises when a component changes what it means; a component that
     * is added (old files give it the value after power-on) or dropped does not need that.
     */
    default int stateVersion() {
        return 1;
    }

    /** Hardware reset. */
    void reset();

    S save();

    /** Takes over a saved state; the device then behaves as it did when it was saved. */
    void restore(S state);
}
