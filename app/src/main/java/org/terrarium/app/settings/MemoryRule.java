package org.terrarium.app.settings;

import org.terrarium.app.text.Text;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.x86.sys.CpuModel;

/** How much memory a machine may be given here. */
public final class MemoryRule {
    /** What processors with 32 address lines reach, in MiB: the rest of their 4 GiB belongs to devices. */
    private static final int NARROW_MEMORY = 3072;

    private MemoryRule() {}

    /**
     * What is wrong with an amount, in one sentence; empty when nothing is.
     *
     * @param text MiB, as typed
     * @param hostMemoryMib what the host has
     */
    public static String problem(String text, CpuModel cpu, long hostMemoryMib) {
        long mib = Numbers.of(text);
        if (mib < MachineSpec.MIN_MEMORY || mib > MachineSpec.MAX_MEMORY) {
            return Text.of("settings.wrong.memory", MachineSpec.MIN_MEMORY, MachineSpec.MAX_MEMORY);
        }
        if (mib > hostMemoryMib) {
            return Text.of("settings.wrong.hostMemory", hostMemoryMib);
        }
        boolean narrow = !cpu.atLeast(CpuModel.P6);
        return narrow && mib > NARROW_MEMORY ? Text.of("settings.wrong.narrowMemory", NARROW_MEMORY) : "";
    }
}
