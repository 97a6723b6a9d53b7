package org.terrarium.app.snapshots;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.terrarium.disk.Progress;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.SnapshotPolicy;
import org.terrarium.vm.snapshot.Snapshots;
import org.terrarium.vm.snapshot.Snapshots.Wish;

/**
 * Changes a machine's snapshots wherever the machine is: in this program, in another one, or off. All methods wait for files, so none
 * of them belongs on the JavaFX thread.
 */
final class SnapshotDesk {
    private static final int POLL_MILLIS = 20;
    private static final int PATIENCE_POLLS = 3000;

    private final MachineFolder folder;
    private final Supplier<Optional<MachineSession>> session;
    private final Runnable released;

    /**
     * @param session of the machine while it runs in this program
     * @param released waits until a run that has just ended here has given the machine's lock back
     */
    SnapshotDesk(MachineFolder folder, Supplier<Optional<MachineSession>> session, Runnable released) {
        this.folder = folder;
        this.session = session;
        this.released = released;
    }

    private MachineLock lock() throws IOException {
        released.run();
        return MachineLock.acquire(folder);
    }

    /** What a machine that is on does its own work with; empty for one that is off or elsewhere. */
    private Optional<LiveSnapshots> live() throws IOException {
        Optional<MachineSession> here = session.get();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(here.get()
                .snapshots()
                .orElseThrow(() -> new IOException("the changes of this run of " + folder.name()
                        + " are thrown away at its end, so it has no snapshots; keep its changes first")));
    }

    private MachineEntry entry() throws IOException {
        released.run();
        return new MachineEntry(folder, null, "", MachineLock.owner(folder));
    }

    /** Takes a snapshot and waits until it is saved. */
    SnapshotNode take(Wish wish, Progress progress) throws IOException {
        Optional<LiveSnapshots> live = live();
        if (live.isPresent()) {
            return follow(live.get().take(wish).saving(), progress);
        }
        MachineEntry entry = entry();
        if (BackgroundStart.runs(entry)) {
            String id = ControlClient.of(entry)
                    .order(
                            "snapshotTake",
                            Map.of(
                                    "name",
                                    wish.name(),
                                    "note",
                                    wish.note(),
                                    "automatic",
                                    Boolean.toString(wish.automatic())))
                    .path("id")
                    .asText();
            return awaitSaved(id, progress);
        }
        try (MachineLock _ = lock()) {
            return Snapshots.of(folder).take(wish);
        }
    }

    private SnapshotNode awaitSaved(String id, Progress progress) throws IOException {
        while (true) {
            SnapshotNode node = Snapshots.of(folder).tree().nodes().get(id);
            if (node == null) {
                throw new IOException("the snapshot could not be saved; the machine’s log says why");
            }
            if (node.state() != SnapshotNode.State.SAVING) {
                return node;
            }
            progress.at(0, 0);
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }

    /** Passes another job's progress on, and the wish to stop to it. */
    private static <T> T follow(DiskJob<T> job, Progress progress) throws IOException {
        while (!job.finished()) {
            DiskJob.Step step = job.step();
            if (!progress.step(step.done(), step.total())) {
                job.cancel();
            }
            pause();
        }
        return job.await();
    }

    /**
     * Takes a snapshot out of the tree, and what it kept of the disks into its neighbours where that can be done now. Stopped while it
     * merges, the snapshot is gone and the rest is merged another time.
     */
    void delete(String id, Progress progress) throws IOException {
        Optional<LiveSnapshots> live = live();
        if (live.isPresent()) {
            live.get().delete(id, progress);
            Optional<DiskJob<Void>> merging = live.get().merging();
            if (merging.isPresent()) {
                follow(merging.get(), progress);
            }
            return;
        }
        MachineEntry entry = entry();
        if (BackgroundStart.runs(entry)) {
            ControlClient.of(entry).longOrder("snapshotDelete", Map.of("id", id));
            awaitMerged(progress);
            return;
        }
        try (MachineLock _ = lock()) {
            Snapshots snapshots = Snapshots.of(folder);
            snapshots.delete(id, progress);
            follow(snapshots.merge(), progress);
        }
    }

    /** Another process goes on with merging whether somebody waits here or not. */
    private void awaitMerged(Progress progress) throws IOException {
        while (BackgroundStart.runs(entry())) {
            JsonNode at = ControlClient.of(entry()).order("snapshotMerging");
            if (!at.path("merging").asBoolean()) {
                return;
            }
            progress.at(at.path("done").asLong(), at.path("total").asLong());
            pause();
        }
    }

    /** Gives a snapshot another name and note. */
    void describe(String id, String name, String note) throws IOException {
        Optional<LiveSnapshots> live = live();
        if (live.isPresent()) {
            live.get().describe(id, name, note);
            return;
        }
        MachineEntry entry = entry();
        if (BackgroundStart.runs(entry)) {
            ControlClient.of(entry).order("snapshotDescribe", Map.of("id", id, "name", name, "note", note));
            return;
        }
        try (MachineLock _ = lock()) {
            Snapshots.of(folder).describe(id, name, note);
        }
    }

    /**
     * Puts the machine back to a snapshot. One that is on is switched off first, as by pulling the plug.
     *
     * @param first a snapshot to take of the present state before that, or null
     */
    void restore(String id, Wish first, Progress progress) throws IOException {
        if (first != null) {
            take(first, progress);
        }
        Optional<MachineSession> here = session.get();
        if (here.isPresent()) {
            here.get().machine().powerOff();
        } else if (BackgroundStart.runs(entry())) {
            ControlClient.of(entry()).order("powerOff");
        }
        for (int poll = 0; MachineLock.owner(folder).isPresent() && poll < PATIENCE_POLLS; poll++) {
            progress.at(0, 0);
            pause();
        }
        try (MachineLock _ = lock()) {
            Snapshots.of(folder).restore(id);
        }
    }

    /** Sets automatic snapshots and limits. */
    void setPolicy(SnapshotPolicy policy) throws IOException {
        Optional<LiveSnapshots> live = live();
        if (live.isPresent()) {
            live.get().setPolicy(policy);
            return;
        }
        MachineEntry entry = entry();
        if (BackgroundStart.runs(entry)) {
            ControlClient.of(entry).setSnapshotPolicy(policy);
            return;
        }
        try (MachineLock _ = lock()) {
            Snapshots.of(folder).setPolicy(policy);
        }
    }

    /** The next start boots, though the machine was suspended. */
    void dropState() throws IOException {
        try (MachineLock _ = lock()) {
            Snapshots.of(folder).dropState();
        }
    }
}
