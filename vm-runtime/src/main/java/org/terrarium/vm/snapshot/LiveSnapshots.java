package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.DiskSwitch;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.disk.Passphrases;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.SnapshotNode.State;
import org.terrarium.vm.snapshot.StateFolder.Looks;
import org.terrarium.vm.spec.DiskSpec;
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
    private final Gate gate;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("automatic snapshots").unstarted(task));
    private DiskJob<SnapshotNode> saving;
    private boolean closed;

    /**
     * @param snapshots the machine's; changed through this object only from now on
     * @param gate what disk images may open
     */
    public LiveSnapshots(Machine machine, MachineFolder folder, Snapshots snapshots, Gate gate) {
        this.machine = machine;
        this.folder = folder;
        this.snapshots = snapshots;
        this.gate = gate;
        int minutes = snapshots.tree().policy().everyMinutes();
        if (minutes > 0) {
            timer.scheduleWithFixedDelay(this::automatic, minutes, minutes, TimeUnit.MINUTES);
        }
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
    public synchronized Taken take(Snapshots.Wish wish) throws IOException {
        awaitSaved();
        requireRunning();
        MachineSpec spec = present();
        boolean paused = machine.state() == MachineState.PAUSED;
        Snapshots.Begun begun = snapshots.begin(wish, spec, State.SAVING, paused);
        Looks[] looks = new Looks[1];
        CapturedState captured;
        try {
            captured = machine.capture(disks -> {
                looks[0] = looks();
                exchange(disks, begun);
            });
        } catch (IOException | RuntimeException e) {
            snapshots.abandon(begun);
            throw e;
        }
        String id = begun.node().id();
        saving =
                DiskJob.start("Saving the snapshot " + wish.name(), progress -> save(id, captured, looks[0], progress));
        return new Taken(id, saving, captured.pauseNanos());
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
    private void exchange(DiskSwitch disks, Snapshots.Begun begun) throws IOException {
        int done = 0;
        try {
            while (done < disks.count()) {
                done++;
                change(disks, done - 1, begun.overlays().disks().get(done - 1));
            }
            snapshots.finish(begun);
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
                folder.resolve(to.file()),
                OpenOptions.readWrite()
                        .withFormat(to.format())
                        .withGate(gate)
                        .withPassphrases(Passphrases.of(System.getenv())));
        disks.exchange(n, next);
    }

    private SnapshotNode save(String id, CapturedState captured, Looks looks, Progress progress) throws IOException {
        try {
            SnapshotNode node = snapshots.tree().nodes().get(id);
            long bytes = snapshots.at(id).write(captured, snapshots.parentMemory(node), looks, progress);
            synchronized (snapshots) {
                snapshots.saved(id, bytes);
            }
            return snapshots.tree().nodes().get(id);
        } catch (IOException | RuntimeException e) {
            synchronized (snapshots) {
                snapshots.forget(id);
            }
            IOException told = new IOException("the snapshot could not be saved: " + HostTrouble.sentence(e), e);
            machine.report(told.getMessage());
            throw told;
        } finally {
            machine.release(captured);
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

    private void automatic() {
        try {
            take(new Snapshots.Wish("Automatic", "", true)).saving().await();
            for (SnapshotNode old : List.copyOf(snapshots.tree().superfluous())) {
                delete(old.id(), Progress.NONE);
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                machine.report("no automatic snapshot: " + HostTrouble.sentence(e));
            }
        }
    }

    /** Deletes a snapshot; its disks' images are merged when the machine is off. */
    public synchronized void delete(String id, Progress progress) throws IOException {
        awaitSaved();
        synchronized (snapshots) {
            snapshots.delete(id, progress);
        }
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
    public synchronized void suspend(Progress progress) throws IOException {
        awaitSaved();
        requireRunning();
        boolean running = machine.state() == MachineState.RUNNING;
        machine.pause();
        StateFolder to = null;
        try {
            to = snapshots.newFolder("suspended-");
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
            throw new IOException(
                    "the machine " + folder.name() + " could not be suspended and runs on: " + HostTrouble.sentence(e),
                    e);
        }
        machine.powerOff();
    }

    private static void flush(DiskSwitch disks) throws IOException {
        for (int n = 0; n < disks.count(); n++) {
            disks.disk(n).flush();
        }
    }

    /** Waits until everything is written. The machine may have ended before. */
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        synchronized (this) {
            awaitSaved();
        }
    }

    /** The images of a throw-away run: overlays that nothing refers to until they are kept. */
    public static final class ThrowAway {
        private final MachineFolder folder;
        private final Snapshots snapshots;
        private final MachineSpec changed;
        private boolean kept;

        private ThrowAway(MachineFolder folder, Snapshots snapshots, MachineSpec changed) {
            this.folder = folder;
            this.snapshots = snapshots;
            this.changed = changed;
        }

        /** Makes overlays for a run of a machine whose disks lie in its folder. */
        public static ThrowAway begin(MachineFolder folder, Snapshots snapshots, MachineSpec spec) throws IOException {
            List<DiskSpec> overlays = new ArrayList<>(Overlays.over(folder, spec.disks(), snapshots.random()));
            return new ThrowAway(folder, snapshots, spec.withDisks(overlays));
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
}
