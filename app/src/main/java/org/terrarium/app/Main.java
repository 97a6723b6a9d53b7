package org.terrarium.app;

import java.util.logging.Logger;
import org.terrarium.app.shell.Program;
import org.terrarium.vm.cli.TerrariumCli;

/** Where the program starts: without arguments the window opens, with arguments it is the command line. */
public final class Main {
    // Kept, as the log manager itself would forget the filter with the logger.
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private Main() {}

    public static void main(String[] args) {
        quietClassPathWarning();
        System.exit(TerrariumCli.run(args, System.in, System.out, System.err, new Program()));
    }

    /** JavaFX warns at every start that it is on the class path, which is our choice (docs/decisions/0001). */
    private static void quietClassPathWarning() {
        JAVAFX_LOG.setFilter(
                r -> r.getMessage() == null || !r.getMessage().startsWith("Unsupported JavaFX configuration"));
    }
}
