package org.terrarium.app.console;

import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.vm.library.Preferences;

/** What a console needs of the program around it. */
public record ConsoleServices(
        Theme theme, Dialogs dialogs, Threads threads, Problems problems, Preferences preferences) {}
