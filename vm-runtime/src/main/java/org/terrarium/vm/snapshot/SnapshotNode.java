package org.terrarium.vm.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * A point to return to.
 *
 * @param id unique in the machine; also its folder's name
 * @param parent id of the snapshot it was taken after, null for a first one
 * @param automatic taken by Terrarium itself, and dropped when newer ones take its place
 * @param state how much of the machine it keeps
 * @param paused the machine was paused by the user then
 * @param disks the machine's disks in order
 * @param ram name of the memory's file in its folder; null without a state
 * @param bytes what its state takes on the host's disk, without the disks
 */
public record SnapshotNode(
        String id,
        String parent,
        String name,
        String note,
        Instant created,
        boolean automatic,
        State state,
        boolean paused,
        List<FrozenDisk> disks,
        String ram,
        long bytes) {
    /** How much of the machine a snapshot keeps. */
    public enum State {
        /** Disks and settings: the machine was off. */
        OFF,
        /** Everything, but memory is still being written. */
        SAVING,
        /** Everything. */
        SAVED
    }

    static final String TEMPORARY = "temporary-";

    public SnapshotNode {
        disks = List.copyOf(disks);
    }

    /** Whether it is only there while somebody copies from the running machine. */
    public boolean temporary() {
        return id.startsWith(TEMPORARY);
    }

    SnapshotNode withParent(String other) {
        return new SnapshotNode(id, other, name, note, created, automatic, state, paused, disks, ram, bytes);
    }

    SnapshotNode withDisks(List<FrozenDisk> others) {
        return new SnapshotNode(id, parent, name, note, created, automatic, state, paused, others, ram, bytes);
    }

    SnapshotNode withText(String newName, String newNote) {
        return new SnapshotNode(id, parent, newName, newNote, created, automatic, state, paused, disks, ram, bytes);
    }

    SnapshotNode saved(String ramFile, long size) {
        return new SnapshotNode(id, parent, name, note, created, automatic, State.SAVED, paused, disks, ramFile, size);
    }
}
