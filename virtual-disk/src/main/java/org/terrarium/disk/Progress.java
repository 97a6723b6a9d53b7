package org.terrarium.disk;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** How far a long operation is, and whether it is to go on. Called from the operation's own thread. */
public interface Progress {
    /** Tells nobody and never stops. */
    Progress NONE = (done, total) -> true;

    /**
     * @param done units of work, bytes unless the operation says otherwise; never falls
     * @param total of {@code total}, which may change as more becomes known
     * @return false to stop: the operation then leaves its files in order and throws {@link DiskCancelledException}
     */
    boolean step(long done, long total);

    /** Says how far it is, and stops the operation where that is wanted. */
    default void at(long done, long total) throws DiskCancelledException {
        if (!step(done, total)) {
            throw new DiskCancelledException();
        }
    }

    /** Reports fractions from 0 to 1 until {@code cancelled} says so. */
    static Progress of(DoubleConsumer fraction, BooleanSupplier cancelled) {
        return (done, total) -> {
            fraction.accept(total <= 0 ? 1 : Math.min(1, (double) done / total));
            return !cancelled.getAsBoolean();
        };
    }
}
