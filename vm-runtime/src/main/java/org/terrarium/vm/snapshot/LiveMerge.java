package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.terrarium.disk.DiskCommit;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskMerge;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.DiskSwitch;
import org.terrarium.vm.Machine;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/**
 * Merges images under a running guest. What the guest writes to at the moment is set aside by a new overlay, as a snapshot
 * would, and merged while the guest goes on in that; when what it has written meanwhile is little, it stands still while the
 * rest is merged too.
 */
final class LiveMerge implements DiskLayers.Way {
    /** An image that is merged while the guest stands still: a fraction of a second. */
    private static final long LITTLE = 16 << 20;

    /** A guest that writes faster than is merged is left alone after that many new overlays. */
    private static final int MOST_OVERLAYS = 8;

    private final Machine machine;
    private final Snapshots snapshots;
    private final MachineFolder folder;
    private final Object exclusive;
    private final Set<Path> held;
    private int overlays;

    /**
     * @param exclusive locked while names change
     * @param held images that somebody copies from
     */
    LiveMerge(Machine machine, Snapshots snapshots, Object exclusive, Set<Path> held) {
        this.machine = machine;
        this.snapshots = snapshots;
        this.folder = snapshots.folder();
        this.exclusive = exclusive;
        this.held = held;
    }

    void run(Progress progress) throws IOException {
        DiskLayers.merge(snapshots, this, progress);
    }

    /** The number of the machine's disk in whose chain an image is, or -1. */
    private int diskOf(Path image) throws IOException {
        List<DiskSpec> disks = folder.load().disks();
        for (int n = 0; n < disks.size(); n++) {
            if (DiskLayers.chain(folder.resolve(disks.get(n).file())).contains(image)) {
                return n;
            }
        }
        return -1;
    }

    /** Whether it is the image that the guest's writes go to. */
    private boolean written(Path image) throws IOException {
        return folder.load().disks().stream()
                .anyMatch(d -> folder.resolve(d.file()).equals(image));
    }

    @Override
    public boolean inUse(Path image) throws IOException {
        return diskOf(image) >= 0;
    }

    @Override
    public boolean may(Path lower, Path upper) throws IOException {
        if (held.contains(lower) || held.contains(upper)) {
            return false;
        }
        return !inUse(upper)
                || DiskFormats.info(lower).size() == DiskFormats.info(upper).size()
                        && !(written(upper) && Files.size(upper) > LITTLE && overlays >= MOST_OVERLAYS);
    }

    @Override
    public boolean prepare(Path upper) throws IOException {
        if (!written(upper) || Files.size(upper) <= LITTLE) {
            return false;
        }
        overlays++;
        synchronized (exclusive) {
            synchronized (snapshots) {
                setAside(diskOf(upper));
            }
        }
        return true;
    }

    /** The guest goes on in a new overlay. */
    private void setAside(int number) throws IOException {
        MachineSpec spec = folder.load();
        DiskSpec before = spec.disks().get(number);
        List<DiskSpec> made = Overlays.over(folder, List.of(before), snapshots.random());
        List<DiskSpec> disks = new ArrayList<>(spec.disks());
        disks.set(number, made.getFirst());
        try {
            machine.atRest(guest -> {
                try {
                    exchange(guest, number, made.getFirst());
                    snapshots.changeDisks(snapshots.tree(), spec.withDisks(disks));
                } catch (IOException | RuntimeException e) {
                    if (snapshots.tree().pending() == null) {
                        exchange(guest, number, before);
                        throw e;
                    }
                    // It has happened; only machine.json is behind, and follows when the lock is taken next.
                }
            });
        } catch (IOException | RuntimeException e) {
            Overlays.drop(folder, made);
            throw e;
        }
    }

    private VirtualDisk open(DiskSpec disk) throws IOException {
        return DiskFormats.open(
                folder.resolve(disk.file()), DiskLayers.opening(folder).withFormat(disk.format()));
    }

    /** The image of before is closed first, as it may be below the other one. */
    private void exchange(DiskSwitch guest, int number, DiskSpec other) throws IOException {
        guest.disk(number).close();
        guest.exchange(number, open(other));
    }

    @Override
    public void copyDown(MachineFolder of, Path lower, Path upper, Progress progress) throws IOException {
        int number = diskOf(upper);
        if (number < 0) {
            DiskLayers.Way.OFF.copyDown(of, lower, upper, progress);
        } else if (!written(upper)) {
            DiskSpec disk = folder.load().disks().get(number);
            VirtualDisk[] merging = new VirtualDisk[1];
            try {
                machine.atRest(guest -> {
                    guest.disk(number).close();
                    merging[0] = DiskMerge.open(folder.resolve(disk.file()), DiskLayers.opening(folder), lower);
                    guest.exchange(number, merging[0]);
                });
                DiskMerge.takeIn(merging[0], lower, progress);
            } catch (IOException | RuntimeException e) {
                machine.atRest(guest -> exchange(guest, number, disk));
                throw e;
            }
        }
    }

    @Override
    public void change(Path upper, DiskLayers.Step step) throws IOException {
        synchronized (exclusive) {
            synchronized (snapshots) {
                int number = diskOf(upper);
                if (number < 0) {
                    step.run();
                    return;
                }
                boolean last = written(upper);
                machine.atRest(guest -> {
                    guest.disk(number).close();
                    try {
                        if (last) {
                            DiskCommit.commit(upper, DiskLayers.opening(folder), null, true, Progress.NONE);
                        }
                        step.run();
                    } finally {
                        guest.exchange(number, open(folder.load().disks().get(number)));
                    }
                });
            }
        }
    }
}
