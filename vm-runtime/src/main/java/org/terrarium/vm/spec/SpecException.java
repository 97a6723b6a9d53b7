package org.terrarium.vm.spec;

import java.io.IOException;

/** A description of a machine that cannot be used; the message is one sentence that names the file and the field. */
public final class SpecException extends IOException {
    private static final long serialVersionUID = 1L;

    public SpecException(String sentence) {
        super(sentence);
    }

    public SpecException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
