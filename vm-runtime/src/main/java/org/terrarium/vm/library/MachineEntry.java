package org.terrarium.vm.library;

import java.util.Optional;
import org.terrarium.vm.spec.MachineSpec;

/**
 * A machine of the library, usable or not.
 *
 * @param spec what it is, or null when it is broken
 * @param trouble why it is broken, in one sentence, or null
 * @param owner who uses it, if anybody
 */
public record MachineEntry(MachineFolder folder, MachineSpec spec, String trouble, Optional<LockOwner> owner) {
    public boolean broken() {
        return spec == null;
    }

    public String name() {
        return folder.name();
    }

    public boolean inUse() {
        return owner.isPresent();
    }
}
