package org.terrarium.vm.snapshot.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Directories of ext2, ext3 and ext4 (Linux, Documentation/filesystems/ext4). Hashed directories are read as the linear ones they
 * also are; a journal that was not replayed is not looked at.
 */
final class Ext4Reader {
    private static final int SUPERBLOCK = 1024;
    private static final int MAGIC = 0xEF53;
    private static final int ROOT = 2;
    private static final int INCOMPAT_64BIT = 0x80;
    private static final int EXTENTS_FLAG = 0x80000;
    private static final int EXTENT_MAGIC = 0xF30A;
    private static final int MODE_KIND = 0xF000;
    private static final int MODE_FOLDER = 0x4000;

    /** Of one directory: more is no directory. */
    private static final int MAX_BLOCKS = 65536;

    private final Volume volume;
    private final int blockSize;
    private final int inodeSize;
    private final long inodesPerGroup;
    private final int descriptorSize;
    private final long firstDataBlock;

    private Ext4Reader(Volume volume, ByteBuffer superblock) {
        this.volume = volume;
        blockSize = 1024 << Math.min(6, superblock.getInt(0x18));
        inodesPerGroup = Math.max(1, superblock.getInt(0x28) & 0xFFFF_FFFFL);
        boolean old = superblock.getInt(0x4C) == 0;
        inodeSize = old ? 128 : Math.max(128, superblock.getShort(0x58) & 0xFFFF);
        boolean wide = (superblock.getInt(0x60) & INCOMPAT_64BIT) != 0;
        descriptorSize = wide ? Math.max(32, superblock.getShort(0xFE) & 0xFFFF) : 32;
        firstDataBlock = superblock.getInt(0x14) & 0xFFFF_FFFFL;
    }

    /** The files, or null when this is no such file system. */
    static Map<String, FileEntry> read(Volume volume) throws IOException {
        ByteBuffer superblock = volume.read(SUPERBLOCK, 1024);
        if ((superblock.getShort(0x38) & 0xFFFF) != MAGIC || superblock.getInt(0x18) < 0) {
            return null;
        }
        return new Ext4Reader(volume, superblock).files();
    }

    private record Folder(long inode, String path) {}

    private Map<String, FileEntry> files() throws IOException {
        FileList list = new FileList();
        Set<Long> seen = new HashSet<>(Set.of((long) ROOT));
        ArrayDeque<Folder> open = new ArrayDeque<>();
        open.add(new Folder(ROOT, ""));
        while (!open.isEmpty()) {
            Folder folder = open.remove();
            ByteBuffer inode = inode(folder.inode);
            long blocks = Math.min(MAX_BLOCKS, (inode.getInt(4) & 0xFFFF_FFFFL) / blockSize);
            for (long n = 0; n < blocks; n++) {
                long block = block(inode, n);
                if (block > 0 && !entries(volume.read(block * blockSize, blockSize), folder, list, open, seen)) {
                    return list.files();
                }
            }
        }
        return list.files();
    }

    private boolean entries(ByteBuffer block, Folder folder, FileList list, ArrayDeque<Folder> open, Set<Long> seen)
            throws IOException {
        int at = 0;
        while (at + 8 <= blockSize) {
            long number = block.getInt(at) & 0xFFFF_FFFFL;
            int length = block.getShort(at + 4) & 0xFFFF;
            int nameLength = block.get(at + 6) & 0xFF;
            if (length < 8 || at + length > blockSize || nameLength + 8 > length) {
                return true;
            }
            byte[] name = new byte[nameLength];
            block.get(at + 8, name);
            String text = new String(name, StandardCharsets.UTF_8);
            if (number != 0 && !text.isEmpty() && !text.equals(".") && !text.equals("..")) {
                ByteBuffer inode = inode(number);
                boolean isFolder = (inode.getShort(0) & MODE_KIND) == MODE_FOLDER;
                String path = folder.path + "/" + text;
                long size = inode.getInt(4) & 0xFFFF_FFFFL | (long) inode.getInt(0x6C) << 32;
                long modified = (inode.getInt(0x10) & 0xFFFF_FFFFL) << 32
                        | (inodeSize > 128 ? inode.getInt(0x88) & 0xFFFF_FFFFL : 0);
                if (!list.add(new FileEntry(path, isFolder, isFolder ? 0 : size, isFolder ? 0 : modified, number))) {
                    return false;
                }
                if (isFolder && seen.add(number)) {
                    open.add(new Folder(number, path));
                }
            }
            at += length;
        }
        return true;
    }

    private ByteBuffer inode(long number) throws IOException {
        long group = (number - 1) / inodesPerGroup;
        long descriptor = (firstDataBlock + 1) * blockSize + group * descriptorSize;
        ByteBuffer d = volume.read(descriptor, 64);
        long table = d.getInt(8) & 0xFFFF_FFFFL | (descriptorSize >= 64 ? (long) d.getInt(0x28) << 32 : 0);
        return volume.read(table * blockSize + (number - 1) % inodesPerGroup * inodeSize, 256);
    }

    /** The file system's block behind block {@code n} of a file; 0 for a hole. */
    private long block(ByteBuffer inode, long n) throws IOException {
        ByteBuffer map = ByteBuffer.allocate(60).order(inode.order());
        byte[] bytes = new byte[60];
        inode.get(0x28, bytes);
        map.put(bytes).clear();
        return (inode.getInt(0x20) & EXTENTS_FLAG) != 0 ? extent(map, n) : indirect(map, n);
    }

    private long extent(ByteBuffer first, long n) throws IOException {
        ByteBuffer node = first;
        for (int depth = 0; depth < 6; depth++) {
            if ((node.getShort(0) & 0xFFFF) != EXTENT_MAGIC) {
                return 0;
            }
            int entries = Math.min(node.getShort(2) & 0xFFFF, node.capacity() / 12 - 1);
            boolean leaf = node.getShort(6) == 0;
            long next = 0;
            for (int k = 1; k <= entries; k++) {
                long from = node.getInt(12 * k) & 0xFFFF_FFFFL;
                if (from > n) {
                    break;
                }
                if (leaf) {
                    int length = node.getShort(12 * k + 4) & 0x7FFF;
                    if (n < from + length) {
                        return ((long) (node.getShort(12 * k + 6) & 0xFFFF) << 32
                                        | node.getInt(12 * k + 8) & 0xFFFF_FFFFL)
                                + n
                                - from;
                    }
                } else {
                    next = node.getInt(12 * k + 4) & 0xFFFF_FFFFL | (long) (node.getShort(12 * k + 8) & 0xFFFF) << 32;
                }
            }
            if (leaf || next == 0) {
                return 0;
            }
            node = volume.read(next * blockSize, blockSize);
        }
        return 0;
    }

    private long indirect(ByteBuffer map, long n) throws IOException {
        if (n < 12) {
            return map.getInt((int) (4 * n)) & 0xFFFF_FFFFL;
        }
        long rest = n - 12;
        long per = blockSize / 4;
        long reach = per;
        for (int level = 1; level <= 3; level++) {
            if (rest < reach) {
                long at = map.getInt(4 * (11 + level)) & 0xFFFF_FFFFL;
                for (long unit = reach / per; at != 0; unit /= per) {
                    at = volume.read(at * blockSize + rest / unit % per * 4, 4).getInt(0) & 0xFFFF_FFFFL;
                    if (unit == 1) {
                        return at;
                    }
                }
                return 0;
            }
            rest -= reach;
            reach *= per;
        }
        return 0;
    }
}
