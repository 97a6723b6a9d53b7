package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** The snapshot table (qcow2.rst, "Snapshots"), read and written. */
record SnapshotTable(List<Entry> entries) {
    private static final int FIXED_LENGTH = 40;
    private static final int MAX_EXTRA = 1024;
    private static final int EXTRA_WITH_DISK_SIZE = 16;

    /**
     * One snapshot.
     *
     * @param extra what follows the fixed fields: size of the saved machine state, then size of the disk, then what newer
     *     versions add
     */
    record Entry(
            long l1Offset,
            int l1Size,
            int dateSeconds,
            int dateNanos,
            long guestNanos,
            int stateSize,
            byte[] extra,
            byte[] idBytes,
            byte[] nameBytes) {
        static Entry of(long l1Offset, int l1Size, Instant date, long diskSize, String id, String name) {
            byte[] extra = ByteBuffer.allocate(24)
                    .putLong(0)
                    .putLong(diskSize)
                    .putLong(-1)
                    .array();
            return new Entry(
                    l1Offset, l1Size, (int) date.getEpochSecond(), date.getNano(), 0, 0, extra, bytes(id), bytes(name));
        }

        /** Size of the disk when the snapshot was taken, or {@code otherwise} where the entry does not say. */
        long diskSize(long otherwise) {
            return extra.length >= EXTRA_WITH_DISK_SIZE ? ByteBuffer.wrap(extra).getLong(8) : otherwise;
        }

        /** Bytes of saved machine state. */
        long savedState() {
            return extra.length >= 8 ? ByteBuffer.wrap(extra).getLong(0) : Integer.toUnsignedLong(stateSize);
        }

        Instant date() {
            return Instant.ofEpochSecond(Integer.toUnsignedLong(dateSeconds), Integer.toUnsignedLong(dateNanos));
        }

        String id() {
            return new String(idBytes, StandardCharsets.UTF_8);
        }

        String name() {
            return new String(nameBytes, StandardCharsets.UTF_8);
        }

        private int length() {
            return FIXED_LENGTH + extra.length + idBytes.length + nameBytes.length + 7 & -8;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static SnapshotTable read(Storage storage, Qcow2Header header) throws IOException {
        List<Entry> entries = new ArrayList<>();
        long at = header.snapshotsOffset();
        for (int i = 0; i < header.snapshotCount(); i++) {
            if (at > storage.size() - FIXED_LENGTH) {
                throw Qcow2Header.truncated(storage, "its snapshot table lies past the end of the file");
            }
            Entry entry = readEntry(storage, header, at);
            entries.add(entry);
            at += entry.length();
        }
        return new SnapshotTable(entries);
    }

    private static Entry readEntry(Storage storage, Qcow2Header header, long at) throws IOException {
        ByteBuffer fixed = ByteBuffer.allocate(FIXED_LENGTH);
        storage.read(at, fixed);
        fixed.flip();
        long l1Offset = fixed.getLong(0);
        int l1Size = fixed.getInt(8);
        int extraLength = fixed.getInt(36);
        if (extraLength < 0 || extraLength > MAX_EXTRA) {
            throw DiskException.corrupt(storage.path(), at, "a snapshot has too much extra data");
        }
        if (l1Size < 0
                || l1Size * 8L > Qcow2Header.MAX_L1_BYTES
                || l1Offset < 0
                || l1Offset % header.clusterSize() != 0
                || l1Offset > storage.size() - l1Size * 8L) {
            throw DiskException.corrupt(storage.path(), at, "a snapshot's L1 table is not allowed");
        }
        byte[] extra = new byte[extraLength];
        byte[] id = new byte[Short.toUnsignedInt(fixed.getShort(12))];
        byte[] name = new byte[Short.toUnsignedInt(fixed.getShort(14))];
        storage.read(at + FIXED_LENGTH, ByteBuffer.wrap(extra));
        storage.read(at + FIXED_LENGTH + extraLength, ByteBuffer.wrap(id));
        storage.read(at + FIXED_LENGTH + extraLength + id.length, ByteBuffer.wrap(name));
        return new Entry(
                l1Offset,
                l1Size,
                fixed.getInt(16),
                fixed.getInt(20),
                fixed.getLong(24),
                fixed.getInt(32),
                extra,
                id,
                name);
    }

    /** Bytes in the file. */
    int length() {
        int length = 0;
        for (Entry entry : entries) {
            length += entry.length();
        }
        return length;
    }

    ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(length());
        for (Entry entry : entries) {
            int start = bytes.position();
            bytes.putLong(entry.l1Offset).putInt(entry.l1Size);
            bytes.putShort((short) entry.idBytes.length).putShort((short) entry.nameBytes.length);
            bytes.putInt(entry.dateSeconds).putInt(entry.dateNanos);
            bytes.putLong(entry.guestNanos).putInt(entry.stateSize).putInt(entry.extra.length);
            bytes.put(entry.extra).put(entry.idBytes).put(entry.nameBytes);
            bytes.position(start + entry.length());
        }
        return bytes.clear();
    }
}
