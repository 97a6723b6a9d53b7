package org.terrarium.app.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.terrarium.app.console.ConsoleWindow;
import org.terrarium.app.library.MachineModel;

/** The open console windows, one a machine at most. Belongs to the JavaFX thread. */
final class Consoles {
    private final Map<MachineModel, ConsoleWindow> open = new HashMap<>();
    private final Function<MachineModel, ConsoleWindow> create;

    Consoles(Function<MachineModel, ConsoleWindow> create) {
        this.create = create;
    }

    /** Opens a machine's console, or brings it to the front. */
    void show(MachineModel machine) {
        ConsoleWindow window = open.get(machine);
        if (window == null || !window.stage().isShowing()) {
            window = create.apply(machine);
            open.put(machine, window);
        }
        window.show();
    }

    void closeAll() {
        for (ConsoleWindow window : open.values()) {
            window.stage().close();
        }
        open.clear();
    }
}
