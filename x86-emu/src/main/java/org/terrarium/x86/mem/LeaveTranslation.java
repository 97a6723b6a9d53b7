package org.terrarium.x86.mem;

/**
 * Thrown in translated code before an access that only the interpreter may make: to a device, or into bytes that were decoded as
 * code. The instruction has changed nothing that doing it again would not change in the same way.
 */
public final class LeaveTranslation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One for all: it says nothing but that it was thrown. */
    static final LeaveTranslation INSTANCE = new LeaveTranslation();

    private LeaveTranslation() {
        super(null, null, false, false);
    }
}
