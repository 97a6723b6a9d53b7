package org.terrarium.vm.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What runs the guest's instructions. */
public enum AccelSpec {
    /** The fastest that works here. */
    AUTO,
    JIT,
    INTERPRETER,
    KVM;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name; IllegalArgumentException with a sentence otherwise. */
    public static AccelSpec parse(String name) {
        for (AccelSpec accel : values()) {
            if (accel.id().equals(name)) {
                return accel;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no accelerator; choose one of "
                + Arrays.stream(values()).map(AccelSpec::id).collect(Collectors.joining(", ")));
    }

    /** Refuses what this version does not have, with a sentence. */
    public void requireAvailable() {
        if (this == KVM) {
            throw new IllegalArgumentException(
                    "this version has no kvm accelerator yet; choose auto, jit or interpreter");
        }
    }

    /** Whether hot guest code is translated. */
    public boolean translates() {
        return this == JIT || this == AUTO;
    }
}
