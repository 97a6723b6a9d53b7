package org.terrarium.vm.snapshot.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Directories of FAT12, FAT16 and FAT32 with long names (Microsoft, "FAT32 File System Specification" 1.03). */
final class FatReader {
    private static final int ATTRIBUTE_LABEL = 8;
    private static final int ATTRIBUTE_FOLDER = 16;
    private static final int ATTRIBUTE_LONG_NAME = 15;
    /** Windows NT's way to keep short names of one case without a long one. */
    private static final int LOWER_NAME = 8;

    private static final int LOWER_EXTENSION = 16;
    private static final int DELETED = 0xE5;
    private static final int ENTRY = 32;
    private static final int MAX_CLUSTERS = 65536;

    private final Volume volume;
    private final int clusterBytes;
    private final long fatAt;
    private final long rootAt;
    private final int rootBytes;
    private final long dataAt;
    private final long clusters;
    private final long rootCluster;
    private final int bits;

    private FatReader(Volume volume, ByteBuffer boot) {
        this.volume = volume;
        int sector = boot.getShort(11) & 0xFFFF;
        clusterBytes = (boot.get(13) & 0xFF) * sector;
        fatAt = (long) (boot.getShort(14) & 0xFFFF) * sector;
        long fatSectors = boot.getShort(22) & 0xFFFF;
        boolean wide = fatSectors == 0;
        if (wide) {
            fatSectors = boot.getInt(36) & 0xFFFF_FFFFL;
        }
        rootAt = fatAt + (boot.get(16) & 0xFF) * fatSectors * sector;
        rootBytes = (boot.getShort(17) & 0xFFFF) * ENTRY;
        dataAt = rootAt + (rootBytes + sector - 1) / sector * (long) sector;
        long sectors = boot.getShort(19) & 0xFFFF;
        if (sectors == 0) {
            sectors = boot.getInt(32) & 0xFFFF_FFFFL;
        }
        clusters = (sectors * sector - dataAt) / clusterBytes;
        bits = wide ? 32 : clusters < 4085 ? 12 : 16;
        rootCluster = wide ? boot.getInt(44) & 0x0FFF_FFFFL : 0;
    }

    /** The files, or null when this is no such file system. */
    static Map<String, FileEntry> read(Volume volume) throws IOException {
        ByteBuffer boot = volume.read(0, 512);
        int sector = boot.getShort(11) & 0xFFFF;
        int perCluster = boot.get(13) & 0xFF;
        boolean plausible = (boot.getShort(510) & 0xFFFF) == 0xAA55
                && (sector == 512 || sector == 1024 || sector == 2048 || sector == 4096)
                && Integer.bitCount(perCluster) == 1
                && boot.getShort(14) != 0
                && (boot.get(16) == 1 || boot.get(16) == 2)
                && (boot.get(21) & 0xF0) == 0xF0;
        return plausible ? new FatReader(volume, boot).files() : null;
    }

    /** A directory by its first cluster; 0 for the fixed root of FAT12 and FAT16. */
    private record Folder(long cluster, String path) {}

    private Map<String, FileEntry> files() throws IOException {
        FileList list = new FileList();
        Set<Long> seen = new HashSet<>(Set.of(rootCluster));
        ArrayDeque<Folder> open = new ArrayDeque<>();
        open.add(new Folder(rootCluster, ""));
        while (!open.isEmpty()) {
            Folder folder = open.remove();
            TreeMap<Integer, String> longName = new TreeMap<>();
            if (folder.cluster == 0) {
                entries(volume.read(rootAt, rootBytes), folder, longName, list, open, seen);
                continue;
            }
            long cluster = folder.cluster;
            for (int n = 0; n < MAX_CLUSTERS && cluster >= 2 && cluster < clusters + 2; n++) {
                ByteBuffer part = volume.read(dataAt + (cluster - 2) * clusterBytes, clusterBytes);
                if (!entries(part, folder, longName, list, open, seen)) {
                    break;
                }
                cluster = next(cluster);
            }
        }
        return list.files();
    }

    /** False at the directory's end. */
    private boolean entries(
            ByteBuffer part,
            Folder folder,
            TreeMap<Integer, String> longName,
            FileList list,
            ArrayDeque<Folder> open,
            Set<Long> seen) {
        for (int at = 0; at + ENTRY <= part.capacity(); at += ENTRY) {
            int first = part.get(at) & 0xFF;
            int attributes = part.get(at + 11) & 0xFF;
            if (first == 0) {
                return false;
            }
            if (first == DELETED) {
                longName.clear();
            } else if ((attributes & 0x3F) == ATTRIBUTE_LONG_NAME) {
                longName.put(first & 0x1F, piece(part, at));
            } else if ((attributes & ATTRIBUTE_LABEL) != 0) {
                longName.clear();
            } else {
                String name = longName.isEmpty() ? shortName(part, at) : String.join("", longName.values());
                longName.clear();
                long cluster = part.getShort(at + 26) & 0xFFFF
                        | (bits == 32 ? (long) (part.getShort(at + 20) & 0xFFF) << 16 : 0);
                boolean isFolder = (attributes & ATTRIBUTE_FOLDER) != 0;
                if (!name.equals(".") && !name.equals("..")) {
                    String path = folder.path + "/" + name;
                    long time = part.getInt(at + 22) & 0xFFFF_FFFFL;
                    long size = part.getInt(at + 28) & 0xFFFF_FFFFL;
                    if (!list.add(new FileEntry(path, isFolder, isFolder ? 0 : size, isFolder ? 0 : time, cluster))) {
                        return false;
                    }
                    if (isFolder && seen.add(cluster)) {
                        open.add(new Folder(cluster, path));
                    }
                }
            }
        }
        return true;
    }

    private static String shortName(ByteBuffer part, int at) {
        byte[] bytes = new byte[11];
        part.get(at, bytes);
        if (bytes[0] == 5) {
            bytes[0] = (byte) DELETED;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String name = text.substring(0, 8).strip();
        String extension = text.substring(8).strip();
        int lower = part.get(at + 12);
        name = (lower & LOWER_NAME) != 0 ? name.toLowerCase(Locale.ROOT) : name;
        extension = (lower & LOWER_EXTENSION) != 0 ? extension.toLowerCase(Locale.ROOT) : extension;
        return name + (extension.isEmpty() ? "" : "." + extension);
    }

    /** Up to 13 UTF-16 units of a long name. */
    private static String piece(ByteBuffer part, int at) {
        StringBuilder text = new StringBuilder();
        for (int place : new int[] {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30}) {
            char c = part.getChar(at + place);
            if (c == 0) {
                break;
            }
            text.append(c);
        }
        return text.toString();
    }

    private long next(long cluster) throws IOException {
        return switch (bits) {
            case 12 -> {
                int two = volume.read(fatAt + cluster * 3 / 2, 2).getShort(0) & 0xFFFF;
                yield (cluster & 1) == 0 ? two & 0xFFF : two >>> 4;
            }
            case 16 -> volume.read(fatAt + cluster * 2, 2).getShort(0) & 0xFFFF;
            default -> volume.read(fatAt + cluster * 4, 4).getInt(0) & 0x0FFF_FFFFL;
        };
    }
}
