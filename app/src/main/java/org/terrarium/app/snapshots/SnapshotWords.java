package org.terrarium.app.snapshots;

import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotNode;

/** How snapshots are put into words. */
final class SnapshotWords {
    private SnapshotWords() {}

    /** What the machine was doing then. */
    static String state(SnapshotNode node) {
        return switch (node.state()) {
            case OFF -> Text.of("snapshots.state.off");
            case SAVING -> Text.of("snapshots.state.saving");
            case SAVED -> Text.of(node.paused() ? "snapshots.state.paused" : "snapshots.state.running");
        };
    }

    static String icon(SnapshotNode node) {
        return switch (node.state()) {
            case OFF -> "off";
            case SAVING -> "reset";
            case SAVED -> node.paused() ? "pause" : "start";
        };
    }
}
