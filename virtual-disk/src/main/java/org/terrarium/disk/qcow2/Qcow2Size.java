package org.terrarium.disk.qcow2;

import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.luks.Luks;

/** What an image's tables take when everything is allocated. */
public final class Qcow2Size {
    private final int clusterBits;
    private final long data;
    private final long metadata;

    /** @param size what the guest sees, bytes */
    public Qcow2Size(CreateOptions options, long size) {
        clusterBits = Integer.numberOfTrailingZeros(options.clusterSizeOr(CreateOptions.DEFAULT_CLUSTER_SIZE));
        data = clusters(size);
        long l2 = clusters(data << (options.qcow2().extendedL2() ? 4 : 3));
        long keys = options.qcow2().passphrase() == null ? 0 : clusters(Luks.newLength());
        long tables = 1 + l2 + clusters(l2 * 8);
        long perBlock = (8L << clusterBits) / options.qcow2().refcountBits();
        long blocks = 0;
        long tableClusters = 0;
        // The refcount structure counts itself; a few rounds settle it.
        for (long before = -1; before != blocks + tableClusters; ) {
            before = blocks + tableClusters;
            blocks = (tables + data + before + perBlock - 1) / perBlock;
            tableClusters = clusters(blocks * 8);
        }
        metadata = tables + blocks + tableClusters + keys;
    }

    private long clusters(long bytes) {
        return (bytes + (1L << clusterBits) - 1) >>> clusterBits;
    }

    public int clusterSize() {
        return 1 << clusterBits;
    }

    /** Bytes of all data clusters. */
    public long allData() {
        return data << clusterBits;
    }

    /** Bytes of everything else. */
    public long metadata() {
        return metadata << clusterBits;
    }
}
