package org.terrarium.vm.snapshot.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Directories of ISO 9660 (ECMA-119), with Joliet names where there are any. */
final class IsoReader {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int MAX_FOLDER = 16 << 20;

    private final Volume volume;
    private final boolean joliet;

    private IsoReader(Volume volume, boolean joliet) {
        this.volume = volume;
        this.joliet = joliet;
    }

    /** The files, or null when this is no such file system. */
    static Map<String, FileEntry> read(Volume volume) throws IOException {
        ByteBuffer chosen = null;
        boolean joliet = false;
        for (int n = FIRST_DESCRIPTOR; n < FIRST_DESCRIPTOR + 32; n++) {
            ByteBuffer d = volume.read((long) n * SECTOR, SECTOR);
            byte[] id = new byte[5];
            d.get(1, id);
            if (!new String(id, StandardCharsets.US_ASCII).equals("CD001") || (d.get(0) & 0xFF) == 255) {
                break;
            }
            boolean unicode = d.get(0) == SUPPLEMENTARY && d.get(88) == '%' && d.get(89) == '/';
            if (d.get(0) == PRIMARY && chosen == null || unicode) {
                chosen = d;
                joliet = unicode;
            }
        }
        return chosen == null ? null : new IsoReader(volume, joliet).files(chosen);
    }

    private record Folder(long sector, int size, String path) {}

    private Map<String, FileEntry> files(ByteBuffer descriptor) throws IOException {
        FileList list = new FileList();
        ArrayDeque<Folder> open = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>();
        open.add(new Folder(descriptor.getInt(156 + 2) & 0xFFFF_FFFFL, descriptor.getInt(156 + 10), ""));
        while (!open.isEmpty()) {
            Folder f = open.remove();
            if (f.size <= 0 || f.size > MAX_FOLDER || !seen.add(f.sector)) {
                continue;
            }
            ByteBuffer records = volume.read(f.sector * SECTOR, f.size);
            for (int at = 0; at + 33 <= f.size; ) {
                int length = records.get(at) & 0xFF;
                if (length == 0) {
                    at = (at / SECTOR + 1) * SECTOR;
                    continue;
                }
                if (length < 34 || at + length > f.size) {
                    break;
                }
                if (!entry(records, at, f, list, open)) {
                    return list.files();
                }
                at += length;
            }
        }
        return list.files();
    }

    private boolean entry(ByteBuffer r, int at, Folder f, FileList list, ArrayDeque<Folder> open) {
        byte[] name = new byte[Math.min(r.get(at + 32) & 0xFF, (r.get(at) & 0xFF) - 33)];
        r.get(at + 33, name);
        if (name.length == 1 && (name[0] == 0 || name[0] == 1)) {
            return true;
        }
        String text = new String(name, joliet ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1)
                .replaceFirst(";\\d+$", "");
        boolean folder = (r.get(at + 25) & 2) != 0;
        long sector = r.getInt(at + 2) & 0xFFFF_FFFFL;
        long time = r.getLong(at + 18) & 0xFF_FFFF_FFFF_FFFFL;
        String path = f.path + "/" + text;
        long size = r.getInt(at + 10) & 0xFFFF_FFFFL;
        if (folder) {
            open.add(new Folder(sector, (int) size, path));
        }
        return list.add(new FileEntry(path, folder, folder ? 0 : size, folder ? 0 : time, sector));
    }
}
