package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** The images of a throw-away run: overlays that nothing refers to until they are kept. */
public final class ThrowAwayRun {
    private final MachineFolder folder;
    private final Snapshots snapshots;
    private final MachineSpec changed;
    private boolean kept;

    private ThrowAwayRun(MachineFolder folder, Snapshots snapshots, MachineSpec changed) {
        this.folder = folder;
        this.snapshots = snapshots;
        this.changed = changed;
    }

    /** Makes overlays for a run of a machine whose disks lie in its folder. */
    public static ThrowAwayRun begin(MachineFolder folder, Snapshots snapshots, MachineSpec spec) throws IOException {
        List<DiskSpec> overlays = new ArrayList<>(Overlays.over(folder, spec.disks(), snapshots.random()));
        return new ThrowAwayRun(folder, snapshots, spec.withDisks(overlays));
    }

    /** The machine to run. */
    public MachineSpec machine() {
        return changed;
    }

    /** The changes are the machine's from now on; a state it was suspended in is dropped, as it fits the old disks. */
    public void keep() throws IOException {
        if (!kept) {
            snapshots.adopt(changed);
            kept = true;
        }
    }

    /** After the run: drops what was not kept. */
    public void end() throws IOException {
        if (!kept) {
            Overlays.drop(folder, changed.disks());
        }
    }
}
