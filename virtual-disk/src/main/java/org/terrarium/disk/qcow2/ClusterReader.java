package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.Storage;

/** Finds where the guest's clusters are, and unpacks packed ones. */
final class ClusterReader {
    private final Storage storage;
    private final Storage data;
    private final Qcow2Header header;
    private final ClusterMap map;
    private final ClusterCodec codec;
    private final int clusterBits;
    private final int clusterSize;
    private long unpackedEntry;
    private byte[] unpacked;

    /** @param data the file that holds the guest's data */
    ClusterReader(Storage storage, Storage data, Qcow2Header header, ClusterMap map, ClusterCodec codec) {
        this.storage = storage;
        this.data = data;
        this.header = header;
        this.map = map;
        this.codec = codec;
        this.clusterBits = header.clusterBits();
        this.clusterSize = header.clusterSize();
    }

    /** See {@link org.terrarium.disk.ImageFormat#map}. */
    Extent map(long guestOffset, long maxLength) throws IOException {
        long table = map.table(guestOffset);
        if (table == 0) {
            return Extent.of(Extent.Kind.UNALLOCATED, Math.min(untilNextTable(guestOffset, maxLength), maxLength));
        }
        int index = map.l2Index(guestOffset);
        long word = map.word(table, index);
        long bits = map.bits(table, index);
        int unit = header.subclusterSize();
        int sub = (int) ((guestOffset & clusterSize - 1) / unit);
        Extent.Kind kind = map.kind(word, bits, sub);
        if (kind == Extent.Kind.PACKED) {
            return Extent.of(kind, Math.min(clusterSize - (guestOffset & clusterSize - 1), maxLength));
        }
        long offset = L2Entry.offset(word);
        if (kind == Extent.Kind.DATA) {
            checkData(map.entryAt(table, index), word);
        }
        boolean copied = (word & L2Entry.COPIED) != 0;
        long length = unit - (guestOffset & unit - 1);
        // Neighbours of the same kind, and for data at the next place in the file, belong to the same extent.
        long expected = offset;
        while (length < maxLength) {
            if (++sub == header.subclusters()) {
                sub = 0;
                if (++index == header.l2Entries()) {
                    break;
                }
                word = map.word(table, index);
                bits = map.bits(table, index);
                expected += clusterSize;
                if (kind == Extent.Kind.DATA
                        && (L2Entry.offset(word) != expected
                                || (word & L2Entry.COPIED) != 0 != copied
                                || outside(expected))) {
                    break;
                }
            }
            if (map.kind(word, bits, sub) != kind) {
                break;
            }
            length += unit;
        }
        length = Math.min(length, maxLength);
        return kind == Extent.Kind.DATA
                ? Extent.data(
                        data, offset + (guestOffset & clusterSize - 1), length, copied && map.tableInPlace(guestOffset))
                : Extent.of(kind, length);
    }

    private long untilNextTable(long guestOffset, long maxLength) {
        int span = map.tableSpanBits();
        long end = (guestOffset >>> span) + 1 << span;
        while (end - guestOffset < maxLength && map.l1Index(end) < map.l1().length() && map.table(end) == 0) {
            end += 1L << span;
        }
        return end - guestOffset;
    }

    /** A data cluster can be where its entry says. */
    void checkData(long entryAt, long word) throws DiskException {
        if ((L2Entry.offset(word) & clusterSize - 1) != 0 || !map.hasCluster(word)) {
            throw DiskException.corrupt(storage.path(), entryAt, "a data cluster is misaligned");
        }
        if (outside(L2Entry.offset(word))) {
            throw Qcow2Header.truncated(storage, "a data cluster lies past the end of the file");
        }
    }

    /** A data file may be shorter than the disk, and what it lacks is zeroes. */
    private boolean outside(long offset) {
        return !header.hasDataFile() && offset >= storage.size();
    }

    /** See {@link org.terrarium.disk.ImageFormat#readPacked}. */
    void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        long entry = map.word(map.table(guestOffset), map.l2Index(guestOffset));
        if (unpacked == null || unpackedEntry != entry) {
            unpacked = unpack(entry);
            unpackedEntry = entry;
        }
        dst.put(unpacked, (int) (guestOffset & clusterSize - 1), dst.remaining());
    }

    private byte[] unpack(long entry) throws IOException {
        long offset = L2Entry.compressedOffset(entry, clusterBits);
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "a compressed cluster lies past the end of the file");
        }
        byte[] packed = new byte[L2Entry.compressedLength(entry, clusterBits)];
        storage.read(offset, ByteBuffer.wrap(packed));
        byte[] bytes = codec.unpack(packed);
        if (bytes == null) {
            throw DiskException.corrupt(storage.path(), offset, "a compressed cluster cannot be unpacked");
        }
        return bytes;
    }
}
