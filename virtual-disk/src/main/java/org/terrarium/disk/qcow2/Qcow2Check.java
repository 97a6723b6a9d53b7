package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.CheckReport;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Progress;
import org.terrarium.disk.Repair;
import org.terrarium.disk.Storage;

/** Compares the reference counts of an image with what refers to its clusters, and puts right what differs. */
public final class Qcow2Check {
    private static final int MAX_MESSAGES = 100;
    private static final long REFCOUNT_BLOCK_MASK = 0xfffffffffffffe00L;

    private final Storage storage;
    private final Repair repair;
    private final Progress progress;
    private final Qcow2Header header;
    private final List<String> messages = new ArrayList<>();
    private final ClusterCounts counts = new ClusterCounts();
    private long corruptions;
    private long leaks;
    private long allocated;
    private long packed;
    private long endOffset;

    private Qcow2Check(Storage storage, Repair repair, Progress progress) throws IOException {
        this.storage = storage;
        this.repair = repair;
        this.progress = progress;
        this.header = Qcow2Header.read(storage);
    }

    /**
     * Checks the image in {@code storage}, its data file and backing file excepted.
     *
     * @param storage open for writing where something is to be repaired
     * @throws DiskException when the image is damaged so much that it cannot be checked
     */
    public static CheckReport run(Storage storage, Repair repair, Progress progress) throws IOException {
        Qcow2Check check = new Qcow2Check(storage, repair, progress);
        CheckReport found = check.check();
        if (repair == Repair.NONE || found.clean() && !check.header.dirty() && !check.header.corrupt()) {
            return found;
        }
        check.repair(found);
        CheckReport left = new Qcow2Check(storage, Repair.NONE, progress).check();
        return new CheckReport(
                found.corruptions(),
                found.leaks(),
                Math.max(0, found.corruptions() - left.corruptions()),
                Math.max(0, found.leaks() - left.leaks()),
                found.messages(),
                left.allocated(),
                left.total(),
                left.packed(),
                left.endOffset());
    }

    private CheckReport check() throws IOException {
        References references = new References(storage, header);
        references.visitAll(new Collector(), progress);
        if (refcountStructureUsable()) {
            FlushOrder order = new FlushOrder(storage, storage);
            Refcounts refcounts = new Refcounts(storage, header, order);
            compare(refcounts);
            // Entries that take a shared cluster for their own would be written in place.
            int wrong = references.correctCopiedBits(refcounts::get, false);
            if (wrong > 0) {
                corruption(wrong + " table entries are wrong about being their cluster's only reference", wrong);
            }
        }
        return new CheckReport(
                corruptions,
                leaks,
                0,
                0,
                List.copyOf(messages),
                allocated,
                (header.size() + header.clusterSize() - 1) >>> header.clusterBits(),
                packed,
                endOffset);
    }

    /** Counts the references, and notes entries that cannot be right. */
    private final class Collector implements References.Visitor {
        @Override
        public void use(long offset, long length) {
            long last = offset + length - 1 >>> header.clusterBits();
            if (offset < 0 || length < 0 || last << header.clusterBits() >= storage.size()) {
                corruption("something lies past the end of the file, at byte " + offset, 1);
                return;
            }
            for (long cluster = offset >>> header.clusterBits(); cluster <= last; cluster++) {
                counts.add(cluster);
            }
        }

        @Override
        public long damaged(long entryAt, long entry, String what) {
            corruption(what + " (entry at byte " + entryAt + ")", 1);
            return entry;
        }

        @Override
        public void cluster(boolean isPacked) {
            allocated++;
            packed += isPacked ? 1 : 0;
        }
    }

    private void corruption(String what, long times) {
        corruptions += times;
        if (messages.size() < MAX_MESSAGES) {
            messages.add(what);
        }
    }

    /** Counts what the refcount structure itself occupies; false when it cannot be read at all. */
    private boolean refcountStructureUsable() throws IOException {
        int clusterSize = header.clusterSize();
        long tableBytes = (long) header.refcountTableClusters() << header.clusterBits();
        if (header.refcountTableOffset() > storage.size() - tableBytes) {
            corruption("the refcount table lies past the end of the file", 1);
            return false;
        }
        Collector collector = new Collector();
        collector.use(header.refcountTableOffset(), tableBytes);
        PointerTable table = PointerTable.read(storage, header.refcountTableOffset(), (int) (tableBytes / 8));
        boolean usable = true;
        for (int i = 0; i < table.length(); i++) {
            long block = table.get(i) & REFCOUNT_BLOCK_MASK;
            if (block == 0) {
                continue;
            }
            if (block < 0 || block % clusterSize != 0 || block > storage.size() - 1) {
                corruption("a refcount block is misaligned or outside the file", 1);
                usable = false;
            } else {
                collector.use(block, clusterSize);
            }
        }
        return usable;
    }

    private void compare(Refcounts refcounts) throws IOException {
        long clusters = storage.size() + header.clusterSize() - 1 >>> header.clusterBits();
        for (long cluster = 0; cluster < clusters; cluster++) {
            if ((cluster & 0xffff) == 0) {
                progress.at(cluster, clusters);
            }
            long counted = counts.get(cluster);
            long stated = refcounts.get(cluster);
            if (stated != 0) {
                endOffset = cluster + 1 << header.clusterBits();
            }
            if (stated < counted) {
                corruption(
                        "cluster " + cluster + " is used " + counted + " times and its reference count says " + stated,
                        1);
            } else if (stated > counted) {
                leaks++;
            }
        }
    }

    private void repair(CheckReport found) throws IOException {
        if (found.corruptions() == 0 && !header.dirty() && !header.corrupt()) {
            giveBackLeaks();
            return;
        }
        if (repair != Repair.ALL && !header.dirty()) {
            return;
        }
        dropDamagedEntries();
        ClusterCounts anew = new ClusterCounts();
        References references = new References(storage, header);
        references.visitAll(
                new References.Visitor() {
                    @Override
                    public void use(long offset, long length) {
                        for (long at = offset >>> header.clusterBits();
                                at <= offset + length - 1 >>> header.clusterBits();
                                at++) {
                            anew.add(at);
                        }
                    }

                    @Override
                    public long damaged(long entryAt, long entry, String what) throws IOException {
                        throw DiskException.corrupt(storage.path(), entryAt, what);
                    }
                },
                progress);
        RefcountRebuild.write(storage, header, references, anew);
    }

    private void giveBackLeaks() throws IOException {
        FlushOrder order = new FlushOrder(storage, storage);
        Refcounts refcounts = new Refcounts(storage, header, order);
        order.declare(List.of(refcounts.blockStage(), refcounts.tableStage()));
        long clusters = storage.size() + header.clusterSize() - 1 >>> header.clusterBits();
        for (long cluster = 0; cluster < clusters; cluster++) {
            if (refcounts.get(cluster) > counts.get(cluster)) {
                refcounts.set(cluster, counts.get(cluster));
            }
        }
        order.flushThrough(refcounts.tableStage());
        // What was leaked at one entry's cost may be another one's only reference now.
        new References(storage, header).correctCopiedBits(refcounts::get, true);
        storage.sync();
    }

    /** Entries that lead nowhere read as zeroes from now on; in version 2, as what a backing file holds. */
    private void dropDamagedEntries() throws IOException {
        new References(storage, header)
                .visitAll(
                        new References.Visitor() {
                            @Override
                            public void use(long offset, long length) {}

                            @Override
                            public long damaged(long entryAt, long entry, String what) {
                                boolean table = what.contains("L2 table");
                                return table || header.version() < 3 || header.extendedL2() ? 0 : L2Entry.ZERO;
                            }
                        },
                        progress);
        storage.sync();
    }
}
