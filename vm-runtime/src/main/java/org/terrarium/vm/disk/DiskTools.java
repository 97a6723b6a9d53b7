package org.terrarium.vm.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CheckReport;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskAmend;
import org.terrarium.disk.DiskCheck;
import org.terrarium.disk.DiskCommit;
import org.terrarium.disk.DiskCompact;
import org.terrarium.disk.DiskCompare;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskMeasure;
import org.terrarium.disk.DiskRebase;
import org.terrarium.disk.DiskResize;
import org.terrarium.disk.DiskSnapshots;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.RangeStatus;
import org.terrarium.disk.Repair;
import org.terrarium.disk.VirtualDisk;

/**
 * What can be done with disk images while no machine uses them; the window and the command line both call this. Every operation is
 * a job with progress that can be stopped. What only looks is in {@link DiskFormats} and {@link DiskSnapshots}.
 */
public final class DiskTools {
    private DiskTools() {}

    /**
     * A conversion.
     *
     * @param source the image to read
     * @param how how it is opened; read-only whatever is stated
     * @param snapshot a snapshot inside the source by id or name, or null for its present contents
     * @param target the new image, which must not exist
     * @param options what kind of image; size 0 means the source's
     * @param packed store packed contents
     * @param threads how many work at once, or 0 for as many as pay off here
     */
    public record Conversion(
            Path source,
            OpenOptions how,
            String snapshot,
            Path target,
            CreateOptions options,
            boolean packed,
            int threads) {}

    /** Makes a new image with the contents of another. */
    public static DiskJob<Void> convert(Conversion what) {
        return DiskJob.start("Converting " + what.source.getFileName(), progress -> {
            int threads = what.threads == 0 ? DiskConvert.usualThreads() : what.threads;
            try (VirtualDisk source = openForReading(what.source, what.how, what.snapshot)) {
                DiskConvert.convert(source, what.target, what.options, what.packed, threads, progress);
            }
            return null;
        });
    }

    private static VirtualDisk openForReading(Path image, OpenOptions how, String snapshot) throws IOException {
        OpenOptions reading = how.withWritable(false);
        return snapshot == null ? DiskFormats.open(image, reading) : DiskSnapshots.open(image, reading, snapshot);
    }

    /** Looks for mistakes in an image's tables and repairs those it may. */
    public static DiskJob<CheckReport> check(Path image, OpenOptions how, Repair repair) {
        return DiskJob.start(
                "Checking " + image.getFileName(), progress -> DiskCheck.check(image, how, repair, progress));
    }

    /** @param shrink that contents may be lost is meant */
    public static DiskJob<Void> resize(Path image, OpenOptions how, long newSize, boolean shrink) {
        return DiskJob.start("Resizing " + image.getFileName(), progress -> {
            DiskResize.resize(image, how, newSize, shrink, progress);
            return null;
        });
    }

    /** Gives unused space back to the host; bytes by which the file is shorter. */
    public static DiskJob<Long> compact(Path image, OpenOptions how) {
        return DiskJob.start(
                "Compacting " + image.getFileName(), progress -> DiskCompact.compact(image, how, progress));
    }

    /**
     * Makes an image an overlay of something else.
     *
     * @param backing null for nothing
     * @param unsafe only the name is changed
     */
    public static DiskJob<Void> rebase(Path image, OpenOptions how, BackingReference backing, boolean unsafe) {
        return DiskJob.start("Rebasing " + image.getFileName(), progress -> {
            DiskRebase.rebase(image, how, backing, unsafe, progress);
            return null;
        });
    }

    /**
     * Writes an overlay's contents into an image below it.
     *
     * @param base which one, or null for the one it names
     * @param keep leave them in the overlay too
     */
    public static DiskJob<Void> commit(Path image, OpenOptions how, Path base, boolean keep) {
        return DiskJob.start("Committing " + image.getFileName(), progress -> {
            DiskCommit.commit(image, how, base, keep, progress);
            return null;
        });
    }

    /** Compares what two images show. */
    public static DiskJob<DiskCompare.Result> compare(Path a, OpenOptions howA, Path b, OpenOptions howB) {
        return DiskJob.start("Comparing " + a.getFileName() + " and " + b.getFileName(), progress -> {
            try (VirtualDisk left = DiskFormats.open(a, howA.withWritable(false));
                    VirtualDisk right = DiskFormats.open(b, howB.withWritable(false))) {
                return DiskCompare.compare(left, right, progress);
            }
        });
    }

    /**
     * How large the file of a new image would be.
     *
     * @param source the image to be converted, or null for an empty one of {@code target}'s size
     */
    public static DiskJob<DiskMeasure.Result> measure(Path source, OpenOptions how, CreateOptions target) {
        return DiskJob.start("Measuring " + (source == null ? "a new image" : source.getFileName()), progress -> {
            if (source == null) {
                return DiskMeasure.measure(null, target, progress);
            }
            try (VirtualDisk disk = DiskFormats.open(source, how.withWritable(false))) {
                return DiskMeasure.measure(disk, target, progress);
            }
        });
    }

    /**
     * Changes a qcow2 image's options in place.
     *
     * @param version 3 to make a version 2 image one of version 3; null leaves it
     * @param lazyRefcounts whether reference counts are written only when the image is closed; null leaves it
     */
    public static DiskJob<Void> amend(Path image, OpenOptions how, Integer version, Boolean lazyRefcounts) {
        return DiskJob.start("Amending " + image.getFileName(), progress -> {
            DiskAmend.amend(image, how, version, lazyRefcounts);
            return null;
        });
    }

    /** Keeps an image's present contents under a name, inside the image. */
    public static DiskJob<Void> takeSnapshot(Path image, OpenOptions how, String name, Instant date) {
        return atOnce("Keeping " + name + " in ", image, () -> DiskSnapshots.create(image, how, name, date));
    }

    /** @param idOrName an id is looked for first */
    public static DiskJob<Void> deleteSnapshot(Path image, OpenOptions how, String idOrName) {
        return atOnce("Deleting " + idOrName + " in ", image, () -> DiskSnapshots.delete(image, how, idOrName));
    }

    /** Goes back to a snapshot inside an image; the present contents are lost. */
    public static DiskJob<Void> applySnapshot(Path image, OpenOptions how, String idOrName) {
        return atOnce("Going back to " + idOrName + " in ", image, () -> DiskSnapshots.apply(image, how, idOrName));
    }

    private interface Action {
        void run() throws IOException;
    }

    /** What only changes tables and is carried out whole once it has begun. */
    private static DiskJob<Void> atOnce(String what, Path image, Action action) {
        return DiskJob.start(what + image.getFileName(), progress -> {
            progress.at(0, 1);
            action.run();
            return null;
        });
    }

    /**
     * Where an image's contents are: stretches that cover the disk without gaps, neighbours of one kind in one place joined.
     *
     * @param start first byte of the stretch in the disk
     */
    public record MapEntry(long start, RangeStatus status) {}

    /** The whole map of a disk. */
    public static DiskJob<List<MapEntry>> map(Path image, OpenOptions how) {
        return DiskJob.start("Mapping " + image.getFileName(), progress -> {
            List<MapEntry> map = new ArrayList<>();
            try (VirtualDisk disk = DiskFormats.open(image, how.withWritable(false))) {
                for (long at = 0; at < disk.size(); ) {
                    progress.at(at, disk.size());
                    RangeStatus status = disk.status(at, disk.size() - at);
                    append(map, at, status);
                    at += status.length();
                }
            }
            return map;
        });
    }

    private static void append(List<MapEntry> map, long at, RangeStatus status) {
        MapEntry last = map.isEmpty() ? null : map.getLast();
        if (last == null || !continues(last.status, status)) {
            map.add(new MapEntry(at, status));
            return;
        }
        RangeStatus before = last.status;
        map.set(
                map.size() - 1,
                new MapEntry(
                        last.start,
                        new RangeStatus(
                                before.kind(),
                                before.depth(),
                                before.file(),
                                before.fileOffset(),
                                before.length() + status.length())));
    }

    private static boolean continues(RangeStatus before, RangeStatus after) {
        boolean samePlace = before.file() == null
                ? after.file() == null
                : before.file().equals(after.file())
                        && before.fileOffset() >= 0
                        && before.fileOffset() + before.length() == after.fileOffset();
        return before.kind() == after.kind() && before.depth() == after.depth() && samePlace;
    }
}
