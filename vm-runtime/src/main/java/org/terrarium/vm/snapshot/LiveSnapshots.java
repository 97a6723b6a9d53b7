package org.terrarium.vm.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.DiskSwitch;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.SnapshotNode.State;
import org.terrarium.vm.snapshot.StateFolder.Looks;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.state.CapturedState;
import org.terrarium.vm.state.RamImage;

/**
 * Snapshots of a machine that runs. The guest stands still only while its devices are read, its memory is frozen and its disks are
 * exchanged for overlays; memory is written in the background. Methods may be called from any thread but the machine's.
 */
public final class LiveSnapshots implements AutoCloseable {
    private final Machine machine;
    private final MachineFolder folder;
    private final Snapshots snapshots;
    private final AutomaticSnapshots automatic;
    private final BackgroundMerge merge;
    private final List<String> held = new ArrayList<>();
    private DiskJob<SnapshotNode> saving;
    private volatile boolean closed;

    /**
     * @param snapshots the machine's; changed through this object only from now on
     */
    public LiveSnapshots(Machine machine, MachineFolder folder, Snapshots snapshots) {
        this.machine = machine;
        this.folder = folder;
        this.snapshots = snapshots;
        merge = new BackgroundMerge(machine, snapshots, this, this::heldImages);
        automatic = new AutomaticSnapshots(this, machine);
        automatic.every(snapshots.tree().policy().everyMinutes());
    }

    /** Sets what is done by itself, from now on. */
    public synchronized void setPolicy(SnapshotPolicy policy) throws IOException {
        awaitSaved();
        synchronized (snapshots) {
            snapshots.setPolicy(policy);
        }
        automatic.every(policy.everyMinutes());
    }

    /** What is done every so many minutes. */
    AutomaticSnapshots automatic() {
        return automatic;
    }

    /** The tree as it is now. */
    public SnapshotTree tree() {
        return snapshots.tree();
    }

    /**
     * A snapshot whose guest runs on.
     *
     * @param id in the tree, in state {@code SAVING} until it is written
     * @param saving writes its memory; fails, taking the snapshot out of the tree again, with a sentence
     * @param pauseNanos how long the guest stood still
     */
    public record Taken(String id, DiskJob<SnapshotNode> saving, long pauseNanos) {}

    /** Takes a snapshot; waits until an earlier one is written. On failure the machine is as it was. */
    public Taken take(Snapshots.Wish wish) throws IOException {
        boolean wasMerging = merge.stop();
        try {
            return takeAlone(wish);
        } finally {
            merge.again(wasMerging);
        }
    }

    /** Takes one that older automatic ones make room for, as soon as it is written. */
    public Taken takeAutomatic(String name, String note) throws IOException {
        Taken taken = take(new Snapshots.Wish(name, note, true));
        automatic.replaceOlderLater(taken);
        return taken;
    }

    private synchronized Taken takeAlone(Snapshots.Wish wish) throws IOException {
        awaitSaved();
        requireRunning();
        SnapshotTaking.Begun begun = snapshots.taking().begin(wish, present(), State.SAVING, isPaused());
        Frozen frozen = freeze(begun);
        saving = DiskJob.start("Saving the snapshot " + wish.name(), progress -> save(begun, frozen, progress));
        return new Taken(begun.node().id(), saving, frozen.state.pauseNanos());
    }

    private boolean isPaused() {
        return machine.state() == MachineState.PAUSED;
    }

    /** What a machine was at the instant of a snapshot; memory is still to be written. */
    private record Frozen(CapturedState state, Looks looks) {}

    private Frozen freeze(SnapshotTaking.Begun begun) throws IOException {
        Looks[] looks = new Looks[1];
        try {
            CapturedState state = machine.capture(disks -> {
                looks[0] = looks();
                exchange(disks, begun);
            });
            return new Frozen(state, looks[0]);
        } catch (IOException | RuntimeException e) {
            snapshots.taking().abandon(begun);
            throw e;
        }
    }

    /** A snapshot that stays as it is, its disks' images too, until this is closed. */
    public final class Held implements Closeable {
        private final String id;
        private boolean open = true;

        private Held(String id) {
            this.id = id;
            held.add(id);
        }

        /** Which one it is. */
        public String id() {
            return id;
        }

        /** Lets go of it; a temporary one is deleted. */
        @Override
        public void close() throws IOException {
            boolean temporary;
            synchronized (LiveSnapshots.this) {
                if (!open) {
                    return;
                }
                open = false;
                held.remove(id);
                SnapshotNode node = snapshots.tree().nodes().get(id);
                // What a machine that has ended leaves goes when it is used next.
                temporary = !closed && node != null && node.temporary();
            }
            if (temporary) {
                delete(id, Progress.NONE);
            }
        }
    }

    /** Keeps a snapshot as it is for somebody who copies from it. */
    public Held hold(String idOrName) throws IOException {
        boolean wasMerging = merge.stop();
        try {
            return holdAlone(idOrName);
        } finally {
            merge.again(wasMerging);
        }
    }

    private synchronized Held holdAlone(String idOrName) throws IOException {
        awaitSaved();
        return new Held(snapshots.finished(idOrName).id());
    }

    /**
     * Keeps the machine as it is now for somebody who copies from it, in a temporary snapshot.
     *
     * @param withState memory and devices too; waits until they are written
     */
    public Held holdPresent(boolean withState) throws IOException {
        boolean wasMerging = merge.stop();
        try {
            return holdPresentAlone(withState);
        } finally {
            merge.again(wasMerging);
        }
    }

    private synchronized Held holdPresentAlone(boolean withState) throws IOException {
        awaitSaved();
        requireRunning();
        SnapshotTaking.Begun begun =
                snapshots.taking().beginTemporary(present(), withState ? State.SAVING : State.OFF, isPaused());
        Frozen frozen = freeze(begun);
        if (withState) {
            save(begun, frozen, Progress.NONE);
        } else {
            machine.release(frozen.state);
            snapshots.taking().withoutState();
        }
        return new Held(begun.node().id());
    }

    /** Whether the machine is about to end, or has ended. */
    boolean isClosed() {
        return closed;
    }

    private void requireRunning() throws IOException {
        if (closed || machine.state() != MachineState.RUNNING && machine.state() != MachineState.PAUSED) {
            throw new IOException("the machine " + folder.name() + " is not running any more");
        }
    }

    /** The machine's description with the media that are in its drives now. */
    private MachineSpec present() throws IOException {
        Path cd = machine.drives().cd().orElse(null);
        return folder.load().withCdrom(cd == null ? null : folder.name(cd));
    }

    private Looks looks() {
        return new Looks(machine.picture(), machine.screenText());
    }

    /** On the machine's thread: what was the machine's disks is the snapshot's from here on. */
    private void exchange(DiskSwitch disks, SnapshotTaking.Begun begun) throws IOException {
        int done = 0;
        try {
            while (done < disks.count()) {
                done++;
                change(disks, done - 1, begun.overlays().disks().get(done - 1));
            }
            snapshots.taking().finish(begun);
        } catch (IOException | RuntimeException e) {
            if (!snapshots.tree().nodes().containsKey(begun.node().id())) {
                for (int n = 0; n < done; n++) {
                    change(disks, n, begun.spec().disks().get(n));
                }
                throw e;
            }
            // It has happened; only machine.json is behind, and follows when the lock is taken next.
            machine.report(HostTrouble.sentence(e));
        }
    }

    private void change(DiskSwitch disks, int n, DiskSpec to) throws IOException {
        disks.disk(n).close();
        VirtualDisk next = DiskFormats.open(
                folder.resolve(to.file()), DiskLayers.opening(folder).withFormat(to.format()));
        disks.exchange(n, next);
    }

    private SnapshotNode save(SnapshotTaking.Begun begun, Frozen frozen, Progress progress) throws IOException {
        String id = begun.node().id();
        try {
            SnapshotNode node = snapshots.tree().nodes().get(id);
            long bytes = snapshots.at(id).write(frozen.state, snapshots.parentMemory(node), frozen.looks, progress);
            synchronized (snapshots) {
                snapshots.taking().saved(id, bytes);
            }
            return snapshots.tree().nodes().get(id);
        } catch (IOException | RuntimeException e) {
            synchronized (snapshots) {
                snapshots.taking().forget(id);
            }
            IOException told = HostTrouble.during("the snapshot could not be saved", e);
            machine.report(told.getMessage());
            throw told;
        } finally {
            machine.release(frozen.state);
        }
    }

    private void awaitSaved() {
        if (saving != null) {
            try {
                saving.await();
            } catch (IOException e) {
                // reported where it happened
                saving = null;
            }
        }
    }

    /** Deletes a snapshot; its disks' images are merged in the background ({@link #merging}). */
    public void delete(String id, Progress progress) throws IOException {
        merge.stop();
        try {
            deleteAlone(id, progress);
        } finally {
            merge.start();
        }
    }

    private synchronized void deleteAlone(String id, Progress progress) throws IOException {
        awaitSaved();
        SnapshotNode node = snapshots.tree().find(id);
        if (held.contains(node.id())) {
            throw new IOException("the snapshot '" + node.name() + "' is being copied; wait until that is done");
        }
        synchronized (snapshots) {
            snapshots.delete(node.id(), progress);
        }
    }

    /**
     * Merges images that nobody sees by themselves any more, as the guest runs on: what {@link #delete} leaves. It may be
     * stopped at any time, and then goes on with the next deletion, or when the machine is off.
     */
    public void merge() {
        merge.start();
    }

    /** The merge that is going on, or the last one. */
    public Optional<DiskJob<Void>> merging() {
        return merge.job();
    }

    private synchronized Set<Path> heldImages() throws IOException {
        Set<Path> images = new HashSet<>();
        for (String id : held) {
            SnapshotNode node = snapshots.tree().nodes().get(id);
            for (Path disk : node == null ? List.<Path>of() : snapshots.disks(node)) {
                images.addAll(DiskLayers.chain(disk));
            }
        }
        return images;
    }

    /** Gives a snapshot another name and note. */
    public synchronized void describe(String id, String name, String note) throws IOException {
        awaitSaved();
        synchronized (snapshots) {
            snapshots.describe(id, name, note);
        }
    }

    /**
     * Saves the machine's state and switches it off; the next start goes on from there. On failure the machine runs on.
     */
    public void suspend(Progress progress) throws IOException {
        boolean wasMerging = merge.stop();
        try {
            suspendAlone(progress);
        } catch (IOException | RuntimeException e) {
            merge.again(wasMerging);
            throw e;
        }
    }

    private synchronized void suspendAlone(Progress progress) throws IOException {
        awaitSaved();
        requireRunning();
        boolean running = machine.state() == MachineState.RUNNING;
        machine.pause();
        StateFolder to = null;
        try {
            to = snapshots.newFolder(StateFolder.SUSPENDED);
            MachineFile.save(to.machine(), folder.load());
            Looks looks = looks();
            CapturedState captured = machine.capture(disks -> flush(disks));
            try {
                to.write(captured, (RamImage) null, looks, progress);
            } finally {
                machine.release(captured);
            }
            snapshots.suspendedIn(to);
        } catch (IOException | RuntimeException e) {
            if (to != null) {
                to.delete();
            }
            if (running) {
                machine.resume();
            }
            throw HostTrouble.during("the machine " + folder.name() + " could not be suspended and runs on", e);
        }
        machine.powerOff();
    }

    private static void flush(DiskSwitch disks) throws IOException {
        for (int n = 0; n < disks.count(); n++) {
            disks.disk(n).flush();
        }
    }

    /** Before the machine is switched off for good: leaves what is not merged yet for another time. */
    public void endMerging() {
        closed = true;
        merge.end();
    }

    /** Waits until everything is written. The machine may have ended before. */
    @Override
    public void close() {
        endMerging();
        automatic.close();
        synchronized (this) {
            awaitSaved();
        }
    }
}
