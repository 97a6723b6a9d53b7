package org.terrarium.app.shell;

import org.terrarium.app.console.ConsoleServices;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.fx.Shortcuts;
import org.terrarium.app.fx.Tasks;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;

/** What all windows of the program share. */
record Services(
        Preferences preferences, Theme theme, Dialogs dialogs, Threads threads, Tasks tasks, Shortcuts shortcuts) {
    /** As the user's preferences say; on the JavaFX thread. */
    static Services of(Preferences preferences) {
        Text.use(preferences.get(Preference.LANGUAGE));
        Theme theme = new Theme();
        theme.choiceProperty().set(Theme.Choice.parse(preferences.get(Preference.THEME)));
        return new Services(
                preferences,
                theme,
                new Dialogs(theme, preferences),
                new Threads(FxThread::run, work -> Thread.ofVirtual().start(work)),
                new Tasks(FxThread::run),
                new Shortcuts(preferences));
    }

    /** What a console needs of them. */
    ConsoleServices console(Problems problems) {
        return new ConsoleServices(theme, dialogs, threads, problems, preferences);
    }
}
