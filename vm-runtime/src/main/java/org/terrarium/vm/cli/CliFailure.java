package org.terrarium.vm.cli;

/** A command that did not do what it should; the message is the one sentence the user gets. */
final class CliFailure extends Exception {
    private static final long serialVersionUID = 1L;

    static final int FAILED = 1;
    static final int TIMEOUT = 124;

    private final int status;

    CliFailure(String sentence) {
        this(FAILED, sentence);
    }

    CliFailure(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    static CliFailure timeout(String sentence) {
        return new CliFailure(TIMEOUT, sentence);
    }

    /** The exit status. */
    int status() {
        return status;
    }
}
