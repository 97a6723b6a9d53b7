package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.Storage;

/**
 * The log of a VHDX file (MS-VHDX 2.3): a ring of entries, each with the new contents of some 4 KiB sectors of metadata. What a
 * writer that died left here is replayed by the next opener.
 *
 * <p>All sectors of a valid entry show by their first bytes what they are, so valid entries never overlap, and looking at every
 * place of the ring takes time in proportion to its length whatever is in it.
 */
final class VhdxLog {
    static final int SECTOR = 4096;

    private static final int ENTRY_SIGNATURE = 0x65676f6c; // "loge"
    private static final int DESC_SIGNATURE = 0x63736564; // "desc"
    private static final int ZERO_SIGNATURE = 0x6f72657a; // "zero"
    private static final int DATA_SIGNATURE = 0x61746164; // "data"
    private static final int ENTRY_HEADER = 64;
    private static final int DESCRIPTOR = 32;

    /** Descriptors that fit into an entry's first sector, and so the sectors that {@link #append} takes at most. */
    static final int MOST_SECTORS = (SECTOR - ENTRY_HEADER) / DESCRIPTOR;

    private static final long MAX_FILE = 128L << 40;

    /** A valid entry: its place in the ring, its length and the place of the oldest entry its replay needs, bytes. */
    private record Entry(
            long at, long length, long tail, long sequence, int descriptors, long flushedEnd, long lastEnd) {
        long next(long ring) {
            return (at + length) % ring;
        }
    }

    private final Storage storage;
    private final long start;
    private final long ring;
    private final UUID guid;
    private long head;
    private long sequence;

    /** A log whose entries carry the header's number. */
    VhdxLog(Storage storage, VhdxHeader header) {
        this.storage = storage;
        this.start = header.logOffset();
        this.ring = header.logLength();
        this.guid = header.logGuid();
    }

    // ---- replay ----

    /**
     * What the log has to say.
     *
     * @return the changes, or null when there are none
     */
    LogReplay replay() throws IOException {
        List<Entry> entries = activeSequence();
        if (entries.isEmpty()) {
            return null;
        }
        Entry last = entries.getLast();
        if (storage.size() < last.flushedEnd) {
            throw new DiskException(
                    storage.path(),
                    "the VHDX image is truncated: its log counts on " + last.flushedEnd + " bytes, the file has "
                            + storage.size());
        }
        LogReplay replay = new LogReplay(storage, last.lastEnd);
        for (Entry entry : entries) {
            addTo(replay, entry);
        }
        return replay;
    }

    /** The entries to replay, the oldest first: the unbroken sequence with the highest numbers (MS-VHDX 2.3.2). */
    private List<Entry> activeSequence() throws IOException {
        Map<Long, Entry> valid = new TreeMap<>();
        for (long at = 0; at < ring; at += SECTOR) {
            Entry entry = readEntry(at);
            if (entry != null) {
                valid.put(at, entry);
            }
        }
        Set<Entry> followers = new HashSet<>();
        for (Entry entry : valid.values()) {
            Entry next = follower(entry, valid);
            if (next != null) {
                followers.add(next);
            }
        }
        List<Entry> best = List.of();
        for (Entry first : valid.values()) {
            if (followers.contains(first)) {
                continue;
            }
            List<Entry> chain = new ArrayList<>();
            for (Entry entry = first; entry != null; entry = follower(entry, valid)) {
                chain.add(entry);
            }
            long tail = chain.getLast().tail;
            chain = chain.stream().dropWhile(entry -> entry.at != tail).toList();
            if (!chain.isEmpty() && (best.isEmpty() || chain.getLast().sequence > best.getLast().sequence)) {
                best = chain;
            }
        }
        return best;
    }

    private Entry follower(Entry entry, Map<Long, Entry> valid) {
        Entry next = valid.get(entry.next(ring));
        return next != null && next.sequence == entry.sequence + 1 ? next : null;
    }

    private Entry readEntry(long at) throws IOException {
        ByteBuffer header = read(at, ENTRY_HEADER);
        if (header.getInt(0) != ENTRY_SIGNATURE || !Guids.get(header, 32).equals(guid)) {
            return null;
        }
        Entry entry = new Entry(
                at,
                Integer.toUnsignedLong(header.getInt(8)),
                Integer.toUnsignedLong(header.getInt(12)),
                header.getLong(16),
                header.getInt(24),
                header.getLong(48),
                header.getLong(56));
        boolean plausible = entry.length >= SECTOR
                && entry.length <= ring
                && entry.length % SECTOR == 0
                && entry.sequence > 0
                && entry.tail < ring
                && entry.tail % SECTOR == 0
                && entry.descriptors >= 0
                && descriptorSectors(entry.descriptors) * SECTOR <= entry.length
                && entry.lastEnd >= 0
                && entry.lastEnd <= MAX_FILE
                && entry.flushedEnd >= 0;
        return plausible && isWhole(entry) ? entry : null;
    }

    private static long descriptorSectors(int descriptors) {
        return (ENTRY_HEADER + (long) descriptors * DESCRIPTOR + SECTOR - 1) / SECTOR;
    }

    private boolean isWhole(Entry entry) throws IOException {
        long sectors = descriptorSectors(entry.descriptors);
        int data = 0;
        for (int i = 0; i < entry.descriptors; i++) {
            ByteBuffer descriptor = descriptor(entry, i);
            int signature = descriptor.getInt(0);
            long place = descriptor.getLong(16);
            if (signature != DESC_SIGNATURE && signature != ZERO_SIGNATURE
                    || descriptor.getLong(24) != entry.sequence
                    || place < 0
                    || place % SECTOR != 0
                    || place > MAX_FILE) {
                return false;
            }
            data += signature == DESC_SIGNATURE ? 1 : 0;
        }
        if ((sectors + data) * SECTOR != entry.length) {
            return false;
        }
        for (int i = 0; i < data; i++) {
            ByteBuffer sector = read(entry.at + (sectors + i) * SECTOR, SECTOR);
            if (sector.getInt(0) != DATA_SIGNATURE
                    || sector.getInt(4) != (int) (entry.sequence >>> 32)
                    || sector.getInt(SECTOR - 4) != (int) entry.sequence) {
                return false;
            }
        }
        ByteBuffer all = read(entry.at, (int) entry.length);
        return all.getInt(4) == VhdxHeader.checksum(all);
    }

    private ByteBuffer descriptor(Entry entry, int index) throws IOException {
        return read(entry.at + ENTRY_HEADER + (long) index * DESCRIPTOR, DESCRIPTOR);
    }

    private void addTo(LogReplay replay, Entry entry) throws IOException {
        long dataAt = entry.at + descriptorSectors(entry.descriptors) * SECTOR;
        for (int i = 0; i < entry.descriptors; i++) {
            ByteBuffer descriptor = descriptor(entry, i);
            long place = descriptor.getLong(16);
            if (descriptor.getInt(0) == ZERO_SIGNATURE) {
                replay.zero(place, descriptor.getLong(8));
                continue;
            }
            // Signature and number take the place of contents at both ends of a data sector; those are in the
            // descriptor.
            ByteBuffer sector = read(dataAt, SECTOR);
            sector.putLong(0, descriptor.getLong(8)).putInt(SECTOR - 4, descriptor.getInt(4));
            replay.put(place, sector.array());
            dataAt += SECTOR;
        }
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        long inRing = at % ring;
        int first = (int) Math.min(length, ring - inRing);
        storage.read(start + inRing, bytes.slice(0, first));
        if (first < length) {
            storage.read(start, bytes.slice(first, length - first));
        }
        return bytes;
    }

    // ---- writing ----

    /**
     * Writes an entry that is to be on stable storage before the sectors themselves are written. What earlier entries said must
     * be in place by then.
     *
     * @param sectors places in the file, multiples of 4096, with the 4096 bytes for each; at most {@link #MOST_SECTORS}
     */
    void append(Map<Long, byte[]> sectors) throws IOException {
        sequence++;
        int length = SECTOR * (1 + sectors.size());
        ByteBuffer entry = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(0, ENTRY_SIGNATURE)
                .putInt(8, length)
                .putInt(12, (int) head)
                .putLong(16, sequence);
        entry.putInt(24, sectors.size());
        Guids.put(entry, 32, guid);
        entry.putLong(48, storage.size()).putLong(56, storage.size());
        int descriptor = ENTRY_HEADER;
        int data = SECTOR;
        for (Map.Entry<Long, byte[]> sector : sectors.entrySet()) {
            ByteBuffer contents = ByteBuffer.wrap(sector.getValue()).order(ByteOrder.LITTLE_ENDIAN);
            entry.putInt(descriptor, DESC_SIGNATURE).putInt(descriptor + 4, contents.getInt(SECTOR - 4));
            entry.putLong(descriptor + 8, contents.getLong(0)).putLong(descriptor + 16, sector.getKey());
            entry.putLong(descriptor + 24, sequence);
            entry.put(data, contents, 0, SECTOR);
            entry.putInt(data, DATA_SIGNATURE).putInt(data + 4, (int) (sequence >>> 32));
            entry.putInt(data + SECTOR - 4, (int) sequence);
            descriptor += DESCRIPTOR;
            data += SECTOR;
        }
        entry.putInt(4, VhdxHeader.checksum(entry));
        int first = (int) Math.min(length, ring - head);
        storage.write(start + head, entry.slice(0, first));
        if (first < length) {
            storage.write(start, entry.slice(first, length - first));
        }
        head = (head + length) % ring;
    }
}
