package org.terrarium.vm.cli;

import org.terrarium.vm.library.MachineSession;

/** What the command line needs of the program's windows; the module that has windows provides it. */
public interface Front {
    /** Opens the library's window and returns when it has been closed. */
    void openLibrary();

    /** Shows a machine that is about to be started; closing the window powers the machine off. */
    Console openConsole(MachineSession session);

    /** A machine's window. */
    interface Console extends AutoCloseable {
        @Override
        void close();
    }
}
