package org.terrarium.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.terrarium.vm.accel.Accelerator;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.state.ClockState;
import org.terrarium.vm.state.MachineShape;
import org.terrarium.vm.state.RecordCodec;
import org.terrarium.vm.state.StateException;
import org.terrarium.vm.state.StateFile;
import org.terrarium.vm.state.StateSection;

/** The sections of a board's state: what machine it is, its time, the processor, then every device under its label. */
record BoardState(MachineShape shape, VirtualClock clock, Accelerator accel, List<Device<?>> devices) {
    private static final String MACHINE = "machine";
    private static final String CLOCK = "clock";
    private static final String CPU = "cpu0";
    private static final int VERSION = 1;

    /** As the bytes of a state file. */
    byte[] save() {
        List<StateSection> sections = new ArrayList<>();
        sections.add(new StateSection(MACHINE, VERSION, RecordCodec.encode(shape)));
        sections.add(new StateSection(CLOCK, VERSION, RecordCodec.encode(new ClockState(clock.nanos()))));
        sections.add(new StateSection(CPU, VERSION, RecordCodec.encode(accel.save())));
        for (Device<?> d : devices) {
            sections.add(new StateSection(d.label(), d.stateVersion(), RecordCodec.encode(d.save())));
        }
        return StateFile.toBytes(sections);
    }

    /** Refuses a state of another kind of machine. */
    void requireFits(Map<String, StateSection> sections) throws StateException {
        decode(sections, MACHINE, VERSION, shape).requireFits(shape);
    }

    /** Puts everything back; memory has been put back before. */
    void restore(Map<String, StateSection> sections) throws StateException {
        clock.set(decode(sections, CLOCK, VERSION, new ClockState(0)).nanos());
        // Twice: a chip that is restored drives its wires, which changes chips that were restored before it. The second
        // time
        // every wire has its level already.
        for (int pass = 0; pass < 2; pass++) {
            for (Device<?> d : devices) {
                restore(d, sections);
            }
        }
        var cpu = decode(sections, CPU, VERSION, accel.save());
        try {
            accel.restore(cpu);
        } catch (RuntimeException e) {
            throw unfit(CPU, e);
        }
    }

    private static <S extends Record> void restore(Device<S> device, Map<String, StateSection> sections)
            throws StateException {
        S state = decode(sections, device.label(), device.stateVersion(), device.save());
        try {
            device.restore(state);
        } catch (RuntimeException e) {
            throw unfit(device.label(), e);
        }
    }

    private static StateException unfit(String label, RuntimeException e) {
        return new StateException("its section '" + label + "' does not fit this machine", e);
    }

    private static <S extends Record> S decode(Map<String, StateSection> sections, String label, int version, S usual)
            throws StateException {
        StateSection s = sections.get(label);
        if (s == null) {
            throw new StateException("it has no section '" + label + "'");
        }
        if (s.version() > version) {
            throw new StateException(
                    "its section '" + label + "' was written by a newer Terrarium (version " + s.version() + ")");
        }
        try {
            return RecordCodec.decode(s.payload(), usual);
        } catch (StateException e) {
            throw new StateException("its section '" + label + "' cannot be used: " + e.getMessage(), e);
        }
    }
}
