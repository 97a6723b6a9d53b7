package org.terrarium.app.snapshots;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.terrarium.app.machine.Jobs;
import org.terrarium.app.text.Text;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.snapshot.SnapshotDiff;

/** Two snapshots of a machine and what is different between them. Belongs to the JavaFX thread. */
public final class CompareModel {
    private final SnapshotsModel snapshots;
    private final Jobs jobs;
    private final ObjectProperty<SnapshotItem> before = new SimpleObjectProperty<>(this, "before");
    private final ObjectProperty<SnapshotItem> after = new SimpleObjectProperty<>(this, "after");
    private final ReadOnlyObjectWrapper<SnapshotDiff> diff = new ReadOnlyObjectWrapper<>(this, "diff");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper(this, "working");
    private DiskJob<SnapshotDiff> job;

    public CompareModel(SnapshotsModel snapshots, Jobs jobs) {
        this.snapshots = snapshots;
        this.jobs = jobs;
    }

    /** The snapshots there are, oldest first. */
    public List<SnapshotItem> choices() {
        List<SnapshotItem> all = new ArrayList<>(snapshots.shown().items());
        all.sort((a, b) -> a.node().created().compareTo(b.node().created()));
        return all;
    }

    /** Takes a snapshot and the one it was taken after, or else the nearest other one, the older one first; and compares them. */
    public void choose(SnapshotItem item) {
        List<SnapshotItem> all = choices();
        int at = all.indexOf(item);
        SnapshotItem other = snapshots
                .shown()
                .item(item.node().parent())
                .orElseGet(() -> all.get(at > 0 ? at - 1 : Math.min(1, all.size() - 1)));
        boolean older = all.indexOf(other) <= at;
        before.set(older ? other : item);
        after.set(older ? item : other);
        compare();
    }

    public ObjectProperty<SnapshotItem> beforeProperty() {
        return before;
    }

    public ObjectProperty<SnapshotItem> afterProperty() {
        return after;
    }

    /** What is different; null until that is known. */
    public ReadOnlyObjectProperty<SnapshotDiff> diffProperty() {
        return diff.getReadOnlyProperty();
    }

    /** Why it cannot be said; else empty. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it is being found out. */
    public ReadOnlyBooleanProperty workingProperty() {
        return working.getReadOnlyProperty();
    }

    /** Compares what is chosen now; an earlier comparison that still runs is stopped. */
    public void compare() {
        stop();
        diff.set(null);
        problem.set("");
        if (before.get() == null || after.get() == null) {
            return;
        }
        if (before.get().id().equals(after.get().id())) {
            problem.set(Text.of("snapshots.compare.same"));
            return;
        }
        DiskJob<SnapshotDiff> mine = snapshots.compare(before.get(), after.get());
        job = mine;
        working.set(true);
        jobs.follow(
                mine,
                found -> {
                    if (job == mine) {
                        working.set(false);
                        diff.set(found);
                    }
                },
                sentence -> {
                    if (job == mine) {
                        working.set(false);
                        problem.set(sentence);
                    }
                });
    }

    /** Stops comparing. */
    public void stop() {
        if (job != null) {
            job.cancel();
            job = null;
            working.set(false);
        }
    }
}
