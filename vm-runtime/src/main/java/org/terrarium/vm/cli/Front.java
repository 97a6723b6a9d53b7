package org.terrarium.vm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.terrarium.vm.library.MachineSession;

/** What the command line needs of the module that has windows and their words. */
public interface Front {
    /** Opens the library's window and returns when it has been closed. */
    void openLibrary();

    /** Shows a machine that is about to be started; closing the window powers the machine off. */
    Console openConsole(MachineSession session);

    /**
     * What this host is good for, each with advice; takes a moment.
     *
     * @param library where the machines are
     */
    List<Finding> lookAtHost(Path library);

    /** The demo guest's floppy that comes with the program; IOException with a sentence when this build has none. */
    InputStream demoGuest() throws IOException;

    /**
     * One thing that was looked at.
     *
     * @param good whether nothing needs to be done
     * @param title what it is
     * @param advice a sentence
     */
    record Finding(boolean good, String title, String advice) {}

    /** A machine's window. */
    interface Console extends AutoCloseable {
        @Override
        void close();
    }
}
