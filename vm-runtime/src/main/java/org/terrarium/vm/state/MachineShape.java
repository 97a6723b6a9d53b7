package org.terrarium.vm.state;

import java.util.List;
import java.util.TreeSet;

/**
 * What must be the same in the machine that takes over a saved state.
 *
 * @param cpu the processor model's name
 * @param memoryMib guest memory
 * @param devices the labels of all devices, in the board's order
 * @param counted whether machine time was counted in instructions
 */
public record MachineShape(String cpu, int memoryMib, int videoMemoryMib, List<String> devices, boolean counted) {
    public MachineShape {
        devices = List.copyOf(devices);
    }

    /** Refuses a state of a machine of another shape, in a sentence that goes on from "cannot be used:". */
    public void requireFits(MachineShape machine) throws StateException {
        requireSame("processor model", cpu, machine.cpu);
        requireSame("amount of memory in MiB", memoryMib, machine.memoryMib);
        requireSame("amount of video memory in MiB", videoMemoryMib, machine.videoMemoryMib);
        requireSame("choice of deterministic time", counted, machine.counted);
        if (!devices.equals(machine.devices)) {
            TreeSet<String> missing = new TreeSet<>(devices);
            machine.devices.forEach(missing::remove);
            TreeSet<String> more = new TreeSet<>(machine.devices);
            devices.forEach(more::remove);
            throw new StateException("it belongs to a machine with other devices"
                    + (missing.isEmpty() ? "" : "; this one has no " + String.join(", ", missing))
                    + (more.isEmpty() ? "" : "; that one had no " + String.join(", ", more)));
        }
    }

    private static void requireSame(String what, Object saved, Object here) throws StateException {
        if (!saved.equals(here)) {
            throw new StateException(
                    "it belongs to a machine with another " + what + " (" + saved + "; this one has " + here + ")");
        }
    }
}
