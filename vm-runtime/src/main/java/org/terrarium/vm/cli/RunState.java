package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.snapshot.Snapshots;

/**
 * What a machine of the library is doing.
 *
 * @param word off, suspended, broken, in-use, or what the running machine itself says: running, paused, ...
 * @param troubles sentences about the host's trouble with a running machine
 */
record RunState(String word, List<String> troubles) {
    static RunState of(MachineEntry entry) {
        if (entry.inUse()) {
            try {
                JsonNode status = ControlClient.of(entry).order("status");
                List<String> troubles = new ArrayList<>();
                status.path("troubles").forEach(t -> troubles.add(t.asText()));
                return new RunState(status.path("state").asText(), troubles);
            } catch (IOException e) {
                return new RunState("in-use", List.of());
            }
        }
        return new RunState(entry.broken() ? "broken" : suspended(entry) ? "suspended" : "off", List.of());
    }

    private static boolean suspended(MachineEntry entry) {
        try {
            return Snapshots.of(entry.folder()).tree().suspended() != null;
        } catch (IOException e) {
            return false; // what is wrong with its snapshots is told when they are used
        }
    }
}
