package org.terrarium.app.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.terrarium.app.console.ConsoleWindow;
import org.terrarium.app.library.MachineModel;
import org.terrarium.vm.library.Preferences;

/** The open console windows, one a machine at most. Belongs to the JavaFX thread. */
final class Consoles {
    private final Map<MachineModel, ConsoleWindow> open = new HashMap<>();
    private final Preferences preferences;
    private final Function<MachineModel, ConsoleWindow> create;

    /** @param preferences know where consoles were last time */
    Consoles(Preferences preferences, Function<MachineModel, ConsoleWindow> create) {
        this.preferences = preferences;
        this.create = create;
    }

    /** Opens a machine's console, or brings it to the front. */
    void show(MachineModel machine) {
        ConsoleWindow window = open.get(machine);
        if (window == null || !window.stage().isShowing()) {
            window = create.apply(machine);
            place(preferences, machine.name(), window);
            open.put(machine, window);
        }
        window.show();
    }

    /** Puts a new console where that machine's was last time, and remembers where it is in the end. */
    static void place(Preferences preferences, String machine, ConsoleWindow window) {
        new WindowPlace(preferences, "console." + machine.replaceAll("[^A-Za-z0-9_-]", "_")).follow(window.stage());
    }

    void closeAll() {
        for (ConsoleWindow window : open.values()) {
            window.stage().close();
        }
        open.clear();
    }
}
