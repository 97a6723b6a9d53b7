package org.terrarium.app.library;

/** A row of the library's list. */
sealed interface LibraryItem {
    /** A group's heading. */
    record Group(String name) implements LibraryItem {}

    /** A machine. */
    record Entry(MachineModel machine) implements LibraryItem {}
}
