package org.terrarium.vm.firmware;

/**
 * Thrown by a medium that cannot answer now, because the host must first make space: the guest is stopped and, when it goes
 * on, executes the firmware's trap once more, as if it came there for the first time.
 */
public final class RepeatCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final RepeatCall INSTANCE = new RepeatCall();

    private RepeatCall() {
        super("the call is repeated when the machine goes on", null, false, false);
    }
}
