package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Finds free clusters, lowest first, and takes clusters back once nothing on stable storage refers to them any more. */
final class ClusterAllocator {
    private static final int MAX_PENDING = 4096;

    /** Neighbouring clusters of the file. */
    record Run(long first, int count) {}

    private final Storage storage;
    private final Refcounts refcounts;
    private final int clusterBits;
    private final List<Run> pending = new ArrayList<>();
    private long firstMaybeFree = 1;
    private long packedEnd;

    ClusterAllocator(Storage storage, Refcounts refcounts, int clusterBits) {
        this.storage = storage;
        this.refcounts = refcounts;
        this.clusterBits = clusterBits;
    }

    /** Takes 1 to {@code wanted} clusters in a row, each with one reference. */
    Run allocate(int wanted) throws IOException {
        long first = firstMaybeFree;
        while (!isFree(first)) {
            first++;
        }
        int count = 0;
        try {
            do {
                refcounts.set(first + count, 1);
                count++;
            } while (count < wanted && isFree(first + count));
        } catch (IOException e) {
            release(new Run(first, count));
            throw e;
        }
        firstMaybeFree = first + count;
        return new Run(first, count);
    }

    /** Takes {@code count} clusters in a row, each with one reference. */
    Run allocateRow(int count) throws IOException {
        long first = firstMaybeFree;
        long end = first;
        while (end - first < count) {
            if (!isFree(end)) {
                first = end + 1;
            }
            end++;
        }
        Run run = new Run(first, 0);
        try {
            for (int i = 0; i < count; i++) {
                refcounts.set(first + i, 1);
                run = new Run(first, i + 1);
            }
        } catch (IOException e) {
            release(run);
            throw e;
        }
        if (first == firstMaybeFree) {
            firstMaybeFree = end;
        }
        return run;
    }

    /**
     * Takes room for packed contents, which share clusters with others as far as the reference counts allow.
     *
     * @param length bytes, less than a cluster
     * @return the first byte's place in the file
     */
    long allocateBytes(int length) throws IOException {
        int clusterSize = 1 << clusterBits;
        long cluster = packedEnd >>> clusterBits;
        int used = (int) (packedEnd & clusterSize - 1);
        if (used != 0 && refcounts.get(cluster) > 0 && refcounts.get(cluster) < refcounts.maximum()) {
            boolean fits = used + length <= clusterSize;
            if (fits || isFree(cluster + 1)) {
                refcounts.set(cluster, refcounts.get(cluster) + 1);
                if (!fits) {
                    refcounts.set(cluster + 1, 1);
                    room(cluster + 2);
                }
                return take(packedEnd, length);
            }
        }
        long fresh = allocate(1).first;
        room(fresh + 1);
        return take(fresh << clusterBits, length);
    }

    private long take(long offset, int length) {
        packedEnd = offset + length;
        return offset;
    }

    /** The last sector of packed contents is read as a whole, so the file reaches to the cluster's end. */
    private void room(long endCluster) throws IOException {
        if (storage.size() < endCluster << clusterBits) {
            storage.setSize(endCluster << clusterBits);
        }
    }

    /** One more reference to each cluster that the bytes touch. */
    void share(long offset, long length) throws IOException {
        for (long cluster = offset >>> clusterBits; cluster <= offset + length - 1 >>> clusterBits; cluster++) {
            refcounts.set(cluster, refcounts.get(cluster) + 1);
        }
    }

    /** The lowest cluster that may be free. */
    long firstFree() throws IOException {
        while (!isFree(firstMaybeFree)) {
            firstMaybeFree++;
        }
        return firstMaybeFree;
    }

    private boolean isFree(long cluster) throws IOException {
        refcounts.prepare(cluster);
        return refcounts.get(cluster) == 0;
    }

    /** Gives back clusters that nothing ever referred to. */
    void release(Run run) throws IOException {
        for (int i = 0; i < run.count; i++) {
            refcounts.set(run.first + i, 0);
        }
        firstMaybeFree = Math.min(firstMaybeFree, run.first);
    }

    /** Takes one reference off each cluster, but only after the next flush: until then the file still refers to them. */
    void dropAfterFlush(long first, int count) {
        int last = pending.size() - 1;
        if (last >= 0 && pending.get(last).first + pending.get(last).count == first) {
            pending.set(last, new Run(pending.get(last).first, pending.get(last).count + count));
        } else {
            pending.add(new Run(first, count));
        }
    }

    /** Some drops wait for the next flush. */
    boolean anyPending() {
        return !pending.isEmpty();
    }

    /** So many drops wait that a flush is due. */
    boolean flushDue() {
        return pending.size() >= MAX_PENDING;
    }

    /** Carries out the drops; to be called when everything that no longer refers to these clusters is on stable storage. */
    void flushed() throws IOException {
        List<Run> dropped = List.copyOf(pending);
        pending.clear();
        for (Run run : dropped) {
            long firstFreed = run.first;
            for (long cluster = run.first; cluster < run.first + run.count; cluster++) {
                if (!drop(cluster)) {
                    giveBack(firstFreed, cluster);
                    firstFreed = cluster + 1;
                }
            }
            giveBack(firstFreed, run.first + run.count);
        }
    }

    /** False when somebody else still refers to the cluster. */
    private boolean drop(long cluster) throws IOException {
        long count = refcounts.get(cluster);
        if (count == 0) {
            throw DiskException.corrupt(
                    storage.path(), cluster << clusterBits, "a cluster in use has a reference count of zero");
        }
        refcounts.set(cluster, count - 1);
        if (count == 1 && cluster == packedEnd >>> clusterBits) {
            // Whoever gets that cluster next gets all of it.
            packedEnd = 0;
        }
        return count == 1;
    }

    /** Free clusters are there for others, and take no space of the host until then. */
    private void giveBack(long first, long end) throws IOException {
        if (first < end) {
            firstMaybeFree = Math.min(firstMaybeFree, first);
            storage.punchHole(first << clusterBits, end - first << clusterBits);
        }
    }
}
