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
