package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Writes the header cluster: fields, extensions, name of the backing file. */
final class HeaderWriter {
    private static final int SECTOR = 512;

    private HeaderWriter() {}

    /**
     * The header cluster.
     *
     * @param fields the fixed fields, as long as the header is to be; where the backing name is gets filled in here
     */
    static ByteBuffer layOut(
            Storage storage, byte[] fields, HeaderExtensions extensions, String backingName, int clusterSize)
            throws DiskException {
        byte[] name = backingName == null ? new byte[0] : backingName.getBytes(StandardCharsets.UTF_8);
        int needed = fields.length + 8 + name.length;
        for (HeaderExtensions.Extension extension : extensions.all()) {
            needed += extension.paddedLength();
        }
        if (name.length > Qcow2Header.MAX_BACKING_NAME || needed > clusterSize) {
            throw new DiskException(
                    storage.path(), "cannot hold a backing file name of " + name.length + " bytes in its header");
        }
        ByteBuffer cluster = ByteBuffer.allocate(clusterSize).put(fields);
        for (HeaderExtensions.Extension extension : extensions.all()) {
            int start = cluster.position();
            cluster.putInt(extension.type()).putInt(extension.data().length).put(extension.data());
            cluster.position(start + extension.paddedLength());
        }
        cluster.putInt(HeaderExtensions.END).putInt(0);
        cluster.putLong(Qcow2Header.AT_BACKING, name.length == 0 ? 0 : cluster.position());
        cluster.putInt(Qcow2Header.AT_BACKING + 8, name.length);
        return cluster.put(name).clear();
    }

    /** Replaces extensions and backing name and keeps the fields. The header is stable when this returns. */
    static void write(Storage storage, Qcow2Header header, HeaderExtensions extensions, String backingName)
            throws IOException {
        byte[] fields = new byte[header.headerLength()];
        storage.read(0, ByteBuffer.wrap(fields));
        put(storage, layOut(storage, fields, extensions, backingName, header.clusterSize()));
    }

    /** Writes the header cluster so that its first sector, which says where the rest is, comes last. */
    static void put(Storage storage, ByteBuffer cluster) throws IOException {
        storage.sync();
        if (cluster.capacity() > SECTOR) {
            storage.write(SECTOR, cluster.slice(SECTOR, cluster.capacity() - SECTOR));
            storage.sync();
        }
        storage.write(0, cluster.slice(0, SECTOR));
        storage.sync();
    }
}
