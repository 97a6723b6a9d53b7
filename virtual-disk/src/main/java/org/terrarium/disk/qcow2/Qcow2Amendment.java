package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Changes what the header says about the image as a whole. */
public final class Qcow2Amendment {
    private Qcow2Amendment() {}

    /**
     * @param version 3, or null to leave it
     * @param lazyRefcounts null to leave it
     */
    public static void run(Storage storage, Integer version, Boolean lazyRefcounts) throws IOException {
        Qcow2Header header = Qcow2Header.read(storage);
        int target = version == null ? header.version() : version;
        if (target < header.version() || target > 3) {
            throw new DiskException(
                    storage.path(),
                    "is qcow2 version " + header.version() + " and cannot become version " + target
                            + "; convert it instead");
        }
        boolean lazy = lazyRefcounts == null ? header.lazyRefcounts() : lazyRefcounts;
        if (lazy && target < 3) {
            throw new DiskException(storage.path(), "needs qcow2 version 3 for lazy refcounts");
        }
        byte[] old = new byte[header.headerLength()];
        storage.read(0, ByteBuffer.wrap(old));
        byte[] fields = new byte[header.version() < target ? Qcow2Header.V3_LENGTH_WITH_COMPRESSION : old.length];
        System.arraycopy(old, 0, fields, 0, old.length);
        ByteBuffer values = ByteBuffer.wrap(fields);
        values.putInt(4, target);
        if (target == 3) {
            long others = header.compatible() & ~Qcow2Header.COMPATIBLE_LAZY_REFCOUNTS;
            values.putLong(Qcow2Header.AT_COMPATIBLE, others | (lazy ? Qcow2Header.COMPATIBLE_LAZY_REFCOUNTS : 0));
            values.putInt(Qcow2Header.AT_REFCOUNT_ORDER, header.refcountOrder());
            values.putInt(Qcow2Header.AT_HEADER_LENGTH, fields.length);
        }
        HeaderWriter.put(
                storage,
                HeaderWriter.layOut(storage, fields, header.extensions(), header.backingFile(), header.clusterSize()));
    }
}
