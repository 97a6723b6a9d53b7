package org.terrarium.vm.cli;

import java.io.IOException;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;

/** What state a machine of the library is in, in one word. */
final class MachineStates {
    private MachineStates() {}

    /** off, broken, in-use, or what the running machine itself says: running, paused, ... */
    static String of(MachineEntry entry) {
        if (entry.inUse()) {
            try {
                return ControlClient.of(entry).order("status").path("state").asText();
            } catch (IOException e) {
                return "in-use";
            }
        }
        return entry.broken() ? "broken" : "off";
    }
}
