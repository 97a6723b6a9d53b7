package org.terrarium.app.snapshots;

import java.nio.file.Path;
import org.terrarium.vm.snapshot.SnapshotNode;

/**
 * A snapshot as the window shows it.
 *
 * @param bytes what it takes on the host's disk, see {@code Snapshots.bytes}
 * @param picture the screen when it was taken, a PNG file; null for a machine that was off
 * @param current whether the present state goes on from it
 */
public record SnapshotItem(SnapshotNode node, long bytes, Path picture, boolean current) {
    public String id() {
        return node.id();
    }

    public String name() {
        return node.name();
    }
}
