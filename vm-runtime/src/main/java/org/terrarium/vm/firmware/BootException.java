package org.terrarium.vm.firmware;

/** A system cannot be started; the message is one sentence for the user. */
public final class BootException extends Exception {
    private static final long serialVersionUID = 1L;

    public BootException(String message) {
        super(message);
    }

    public BootException(String message, Throwable cause) {
        super(message, cause);
    }
}
