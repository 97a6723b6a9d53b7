package org.terrarium.app.console;

import java.nio.file.Path;
import java.util.Optional;
import org.terrarium.app.machine.LiveMachine;

/** The machine that a console shows: one of the library, or one that the command line put together. */
public interface ConsoleSubject {
    String name();

    LiveMachine live();

    /** Whether the picture is enlarged to the whole window, not only to whole multiples. */
    boolean fillsWindow();

    /** Starts the machine again after it went off; empty when it cannot. */
    Optional<Runnable> startAgain();

    /** The CD in the drive. */
    Optional<Path> cd();

    /** Puts a CD into the drive; null takes it out. */
    void changeCd(Path iso);
}
