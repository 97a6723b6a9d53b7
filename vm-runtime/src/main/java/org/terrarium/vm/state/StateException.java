package org.terrarium.vm.state;

import java.io.IOException;

/** A saved state cannot be used; the message is one sentence for the user. */
public final class StateException extends IOException {
    private static final long serialVersionUID = 1;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
