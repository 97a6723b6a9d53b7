package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.disk.DiskJob;

/** Merges under a running guest in the background, and makes way when images are to be opened or exchanged. */
final class BackgroundMerge {
    private final Machine machine;
    private final Snapshots snapshots;
    private final Object exclusive;
    private final Held held;
    private DiskJob<Void> job;
    private volatile boolean ended;

    /** Gives the images that somebody copies from. */
    interface Held {
        Set<Path> images() throws IOException;
    }

    /** @param exclusive locked while names change */
    BackgroundMerge(Machine machine, Snapshots snapshots, Object exclusive, Held held) {
        this.machine = machine;
        this.snapshots = snapshots;
        this.exclusive = exclusive;
        this.held = held;
    }

    /** Begins, unless it goes on anyway or {@link #end} was called. */
    synchronized void start() {
        if (!ended && (job == null || job.finished())) {
            job = DiskJob.start("Merging the disks of " + snapshots.folder().name(), this::merge);
        }
    }

    /** The merge that is going on, or the last one. */
    synchronized Optional<DiskJob<Void>> job() {
        return Optional.ofNullable(job);
    }

    private Void merge(Progress progress) throws IOException {
        try {
            new LiveMerge(machine, snapshots, exclusive, held.images()).run(progress);
        } catch (DiskCancelledException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            IOException told = HostTrouble.during("the disks of deleted snapshots stay unmerged for now", e);
            if (!ended && (machine.state() == MachineState.RUNNING || machine.state() == MachineState.PAUSED)) {
                machine.report(told.getMessage());
            }
            throw told;
        }
        return null;
    }

    /** Lets nothing be merged; true when something was, for {@link #again}. */
    boolean stop() {
        DiskJob<Void> going = job().orElse(null);
        if (going == null || going.finished()) {
            return false;
        }
        going.cancel();
        try {
            going.await();
        } catch (IOException e) {
            return true; // stopped, or told already
        }
        return false;
    }

    /** @param was what {@link #stop} has said */
    void again(boolean was) {
        if (was) {
            start();
        }
    }

    /** Stops for good. */
    void end() {
        ended = true;
        stop();
    }
}
