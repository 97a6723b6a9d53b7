package org.terrarium.vm.snapshot.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.terrarium.disk.VirtualDisk;

/** The file systems on a disk: the whole of it, or in partitions of an MBR or GUID partition table (UEFI 2.10, chapter 5). */
public final class FileSystems {
    private static final int SECTOR = 512;
    private static final long GPT_SIGNATURE = 0x5452415020494645L; // "EFI PART"
    private static final int MAX_PARTITIONS = 128;

    private FileSystems() {}

    /** One file system: where it is, its kind, its files by path. */
    public record Found(String where, String kind, Map<String, FileEntry> files) {}

    private interface Reader {
        Map<String, FileEntry> read(Volume volume) throws IOException;
    }

    private static final Map<String, Reader> KINDS = kinds();

    private static Map<String, Reader> kinds() {
        Map<String, Reader> kinds = new LinkedHashMap<>();
        kinds.put("ext4", Ext4Reader::read);
        kinds.put("NTFS", NtfsReader::read);
        kinds.put("FAT", FatReader::read);
        kinds.put("ISO 9660", IsoReader::read);
        return kinds;
    }

    /** All that can be read; what makes no sense is no file system. */
    public static List<Found> on(VirtualDisk disk) throws IOException {
        List<Found> found = new ArrayList<>();
        look(new Volume(disk, 0, disk.size()), "the disk", found);
        if (found.isEmpty()) {
            int n = 0;
            for (Volume part : partitions(disk)) {
                look(part, "partition " + ++n, found);
            }
        }
        return found;
    }

    private static void look(Volume volume, String where, List<Found> found) throws IOException {
        for (Map.Entry<String, Reader> kind : KINDS.entrySet()) {
            try {
                Map<String, FileEntry> files = kind.getValue().read(volume);
                if (files != null) {
                    found.add(new Found(where, kind.getKey(), files));
                    return;
                }
            } catch (ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
                continue; // numbers that no file system of this kind has
            }
        }
    }

    private static List<Volume> partitions(VirtualDisk disk) throws IOException {
        Volume whole = new Volume(disk, 0, disk.size());
        ByteBuffer gpt = whole.read(SECTOR, SECTOR);
        return gpt.getLong(0) == GPT_SIGNATURE ? guid(whole, gpt) : mbr(whole);
    }

    private static List<Volume> guid(Volume whole, ByteBuffer header) throws IOException {
        List<Volume> found = new ArrayList<>();
        long table = header.getLong(72) * SECTOR;
        int count = Math.clamp(header.getInt(80), 0, MAX_PARTITIONS);
        int size = Math.clamp(header.getInt(84), 128, 4096);
        for (int n = 0; n < count; n++) {
            ByteBuffer entry = whole.read(table + (long) n * size, 128);
            if (entry.getLong(0) != 0 || entry.getLong(8) != 0) {
                add(found, whole, entry.getLong(32), entry.getLong(40) - entry.getLong(32) + 1);
            }
        }
        return found;
    }

    private static List<Volume> mbr(Volume whole) throws IOException {
        List<Volume> found = new ArrayList<>();
        ByteBuffer sector = whole.read(0, SECTOR);
        if ((sector.getShort(510) & 0xFFFF) != 0xAA55) {
            return found;
        }
        for (int n = 0; n < 4; n++) {
            int entry = 446 + 16 * n;
            long first = sector.getInt(entry + 8) & 0xFFFF_FFFFL;
            switch (sector.get(entry + 4)) {
                case 0 -> {}
                case 0x05, 0x0F, (byte) 0x85 -> logical(whole, first, found);
                default -> add(found, whole, first, sector.getInt(entry + 12) & 0xFFFF_FFFFL);
            }
        }
        return found;
    }

    /** The chain of tables in an extended partition. */
    private static void logical(Volume whole, long extended, List<Volume> found) throws IOException {
        Set<Long> seen = new HashSet<>();
        for (long at = extended; seen.add(at) && seen.size() < MAX_PARTITIONS; ) {
            ByteBuffer sector = whole.read(at * SECTOR, SECTOR);
            if ((sector.getShort(510) & 0xFFFF) != 0xAA55) {
                return;
            }
            add(found, whole, at + (sector.getInt(454) & 0xFFFF_FFFFL), sector.getInt(458) & 0xFFFF_FFFFL);
            long next = sector.getInt(470) & 0xFFFF_FFFFL;
            if (next == 0) {
                return;
            }
            at = extended + next;
        }
    }

    private static void add(List<Volume> found, Volume whole, long first, long sectors) {
        if (first > 0 && sectors > 0 && first < whole.length() / SECTOR && found.size() < MAX_PARTITIONS) {
            long start = first * SECTOR;
            found.add(new Volume(whole.disk(), start, Math.min(sectors * SECTOR, whole.length() - start)));
        }
    }
}
