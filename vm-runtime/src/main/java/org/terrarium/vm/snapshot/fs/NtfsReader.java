package org.terrarium.vm.snapshot.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Directories of NTFS, from the master file table alone (linux-ntfs documentation, "NTFS concepts"): every file's record names
 * its parent. Attributes that did not fit into the first record are not followed, so such a file may show size 0.
 */
final class NtfsReader {
    private static final int FILE_RECORD = 0x454C4946; // "FILE"
    private static final int STANDARD_INFORMATION = 0x10;
    private static final int FILE_NAME = 0x30;
    private static final int DATA = 0x80;
    private static final int IN_USE = 1;
    private static final int FOLDER = 2;
    private static final int DOS_NAME = 2;
    private static final int ROOT = 5;

    /** Files of the file system's own come before this record. */
    private static final int FIRST_USER_RECORD = 24;

    private static final int MAX_DEPTH = 256;

    private record Run(long cluster, long count) {}

    private record Found(String name, long parent, boolean folder, long size, long modified) {}

    private final Volume volume;
    private final int clusterBytes;
    private final int recordBytes;
    private final long mftAt;

    private NtfsReader(Volume volume, ByteBuffer boot) {
        this.volume = volume;
        int sector = boot.getShort(11) & 0xFFFF;
        int perCluster = boot.get(13);
        clusterBytes = perCluster > 0 ? perCluster * sector : sector << Math.min(12, -perCluster);
        int record = boot.get(64);
        recordBytes = Math.clamp(record > 0 ? (long) record * clusterBytes : 1L << Math.min(16, -record), 512, 65536);
        mftAt = boot.getLong(48) * clusterBytes;
    }

    /** The files, or null when this is no such file system. */
    static Map<String, FileEntry> read(Volume volume) throws IOException {
        ByteBuffer boot = volume.read(0, 512);
        byte[] name = new byte[8];
        boot.get(3, name);
        int sector = boot.getShort(11) & 0xFFFF;
        if (!new String(name, StandardCharsets.US_ASCII).equals("NTFS    ") || sector < 256 || boot.get(13) == 0) {
            return null;
        }
        return new NtfsReader(volume, boot).files();
    }

    private Map<String, FileEntry> files() throws IOException {
        ByteBuffer first = record(mftAt);
        List<Run> runs = first == null ? List.of() : runs(first);
        Map<Long, Found> found = new LinkedHashMap<>();
        long number = 0;
        for (Run run : runs) {
            long perRun = run.count * clusterBytes / recordBytes;
            for (long n = 0; n < perRun && found.size() < FileList.MOST; n++, number++) {
                if (number >= FIRST_USER_RECORD || number == ROOT) {
                    Found f = describe(record(run.cluster * clusterBytes + n * recordBytes));
                    if (f != null) {
                        found.put(number, f);
                    }
                }
            }
        }
        FileList list = new FileList();
        for (Map.Entry<Long, Found> e : found.entrySet()) {
            String path = e.getKey() == ROOT ? null : path(e.getKey(), found);
            Found f = e.getValue();
            if (path != null && !list.add(new FileEntry(path, f.folder, f.size, f.modified, e.getKey()))) {
                break;
            }
        }
        return list.files();
    }

    private static String path(long number, Map<Long, Found> found) {
        StringBuilder path = new StringBuilder();
        Set<Long> seen = new HashSet<>();
        for (long at = number; at != ROOT; at = found.get(at).parent) {
            if (!found.containsKey(at) || !seen.add(at) || seen.size() > MAX_DEPTH) {
                return null; // an orphan, or a circle
            }
            path.insert(0, "/" + found.get(at).name);
        }
        return path.toString();
    }

    /** A record with its update sequence undone; null when it is none. */
    private ByteBuffer record(long at) throws IOException {
        ByteBuffer r = volume.read(at, recordBytes);
        if (r.getInt(0) != FILE_RECORD) {
            return null;
        }
        int fixups = r.getShort(4) & 0xFFFF;
        int count = r.getShort(6) & 0xFFFF;
        for (int n = 1; n < count && n * 512 <= recordBytes && fixups + 2 * n + 2 <= recordBytes; n++) {
            r.putShort(n * 512 - 2, r.getShort(fixups + 2 * n));
        }
        return r;
    }

    private interface Attribute {
        void take(int type, int at, int length);
    }

    private void attributes(ByteBuffer r, Attribute each) {
        int at = r.getShort(20) & 0xFFFF;
        while (at + 24 <= recordBytes) {
            int type = r.getInt(at);
            int length = r.getInt(at + 4);
            if (type == -1 || length < 24 || length > recordBytes - at) {
                return;
            }
            each.take(type, at, length);
            at += length;
        }
    }

    private Found describe(ByteBuffer r) {
        if (r == null || (r.getShort(22) & IN_USE) == 0 || r.getLong(32) != 0) {
            return null;
        }
        boolean folder = (r.getShort(22) & FOLDER) != 0;
        String[] name = new String[1];
        long[] values = new long[3];
        attributes(r, (type, at, length) -> {
            boolean resident = r.get(at + 8) == 0;
            int content = at + (r.getShort(at + 20) & 0xFFFF);
            boolean fits = resident && content + 66 <= recordBytes;
            if (type == STANDARD_INFORMATION && fits) {
                values[1] = r.getLong(content + 8);
            } else if (type == FILE_NAME && fits && (name[0] == null || r.get(content + 65) != DOS_NAME)) {
                int units = r.get(content + 64) & 0xFF;
                if (content + 66 + 2 * units <= recordBytes) {
                    byte[] text = new byte[2 * units];
                    r.get(content + 66, text);
                    name[0] = new String(text, StandardCharsets.UTF_16LE);
                    values[0] = r.getLong(content) & 0xFFFF_FFFF_FFFFL;
                }
            } else if (type == DATA && r.get(at + 9) == 0) {
                values[2] = resident ? r.getInt(at + 16) & 0xFFFF_FFFFL : length >= 56 ? r.getLong(at + 48) : 0;
            }
        });
        return name[0] == null
                ? null
                : new Found(name[0], values[0], folder, folder ? 0 : values[2], folder ? 0 : values[1]);
    }

    /** Where the unnamed data of a record lies. */
    private List<Run> runs(ByteBuffer r) {
        List<Run> runs = new ArrayList<>();
        attributes(r, (type, at, length) -> {
            if (type == DATA && r.get(at + 8) != 0 && r.get(at + 9) == 0) {
                int p = at + (r.getShort(at + 32) & 0xFFFF);
                long cluster = 0;
                while (p < at + length && r.get(p) != 0) {
                    int countBytes = r.get(p) & 0xF;
                    int offsetBytes = r.get(p) >>> 4 & 0xF;
                    if (countBytes > 8 || offsetBytes > 8 || p + countBytes + offsetBytes >= at + length) {
                        return;
                    }
                    long count = number(r, p + 1, countBytes);
                    cluster += number(r, p + 1 + countBytes, offsetBytes);
                    if (count > 0 && offsetBytes > 0 && cluster >= 0) {
                        runs.add(new Run(cluster, Math.min(count, 1L << 32)));
                    }
                    p += 1 + countBytes + offsetBytes;
                }
            }
        });
        return runs;
    }

    private static long number(ByteBuffer r, int at, int bytes) {
        ByteBuffer wide = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        byte fill = bytes > 0 && r.get(at + bytes - 1) < 0 ? (byte) -1 : 0;
        for (int n = 0; n < 8; n++) {
            wide.put(n, n < bytes ? r.get(at + n) : fill);
        }
        return wide.getLong(0);
    }
}
