package org.terrarium.vm.cli;

import java.io.PrintStream;
import org.terrarium.vm.HostTrouble;

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

    /** Tells the user why a command failed, in one line, and returns its exit status. */
    static int report(Exception e, PrintStream err) {
        String sentence = e instanceof CliFailure ? e.getMessage() : HostTrouble.sentence(e);
        err.println(TerrariumCli.PREFIX + TerrariumCli.oneLine(sentence));
        return e instanceof CliFailure failure ? failure.status() : FAILED;
    }

    static CliFailure timeout(String sentence) {
        return new CliFailure(TIMEOUT, sentence);
    }

    /** The exit status. */
    int status() {
        return status;
    }
}
