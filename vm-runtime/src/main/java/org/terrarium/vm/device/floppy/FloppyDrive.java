package org.terrarium.vm.device.floppy;

import org.terrarium.vm.io.DiskAttachment;

/** The mechanics of one drive: its head, its medium and the disk change line. */
final class FloppyDrive {
    private static final int LAST_CYLINDER = 83;

    private final boolean connected;
    private DiskAttachment medium;
    private FloppyGeometry geometry;
    private int cylinder;
    private boolean changed = true;
    /** PCN, the controller's count for this drive. */
    int presentCylinder;

    FloppyDrive(boolean connected) {
        this.connected = connected;
    }

    boolean connected() {
        return connected;
    }

    void insert(DiskAttachment disk, FloppyGeometry shape) {
        medium = disk;
        geometry = shape;
        changed = true;
    }

    void eject() {
        medium = null;
        geometry = null;
        changed = true;
    }

    DiskAttachment medium() {
        return medium;
    }

    FloppyGeometry geometry() {
        return geometry;
    }

    int cylinder() {
        return cylinder;
    }

    boolean atTrack0() {
        return connected && cylinder == 0;
    }

    boolean writeProtected() {
        return medium != null && medium.readOnly();
    }

    /** The disk change line: latched when the medium goes, released by a step pulse with a medium in place. */
    boolean changeLine() {
        return connected && (changed || medium == null);
    }

    /** Steps the head by {@code tracks}, inwards when positive; it stops at either end. */
    void step(int tracks) {
        if (!connected) {
            return;
        }
        int before = cylinder;
        cylinder = Math.clamp(cylinder + (long) tracks, 0, LAST_CYLINDER);
        if (cylinder != before && medium != null) {
            changed = false;
        }
    }

    FloppyDriveState save() {
        return new FloppyDriveState(cylinder, presentCylinder, changed);
    }

    void restore(FloppyDriveState s) {
        cylinder = s.cylinder();
        presentCylinder = s.presentCylinder();
        changed = s.changed();
    }
}
