package org.terrarium.disk.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The header of a VHD image that grows (Virtual Hard Disk Image Format Specification 1.0, "Dynamic Disk Header Format").
 *
 * @param tableOffset place of the block allocation table, bytes
 * @param entries entries of that table
 * @param blockSize bytes of contents in a block; a power of two
 * @param parent whose overlay this is, or null
 */
record VhdDynamicHeader(long tableOffset, long entries, long blockSize, Parent parent) {
    static final int LENGTH = 1024;
    static final String COOKIE = "cxsparse";
    static final int LOCATORS = 8;
    static final int AT_LOCATORS = 576;

    /** Platform codes of the locators: a Windows path in UTF-16, relative and absolute; a file URL. */
    static final int W2RU = 0x57327275;

    static final int W2KU = 0x57326b75;
    static final int MACX = 0x4d616358;

    private static final int VERSION = 0x00010000;
    private static final int AT_CHECKSUM = 36;
    private static final int AT_PARENT_NAME = 64;
    private static final int PARENT_NAME_LENGTH = 512;
    private static final int MAX_LOCATOR = 64 << 10;
    private static final long MAX_BLOCK_SIZE = 256L << 20;

    /**
     * What the header says of the parent.
     *
     * @param uuid the parent's identity
     * @param timestamp when the parent was last changed, seconds since 2000
     * @param name the parent's file name
     * @param paths where it may be, the best first; separators as on this host
     */
    record Parent(UUID uuid, int timestamp, String name, List<String> paths) {}

    /** Reads and checks the header that a footer points to. */
    static VhdDynamicHeader read(Storage storage, VhdFooter footer) throws IOException {
        long at = footer.dataOffset();
        if (at < VhdFooter.LENGTH || at > storage.size() - LENGTH) {
            throw DiskException.corrupt(storage.path(), 16, "its dynamic disk header is at byte " + at);
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        storage.read(at, bytes);
        byte[] cookie = new byte[COOKIE.length()];
        bytes.get(0, cookie);
        if (!COOKIE.equals(new String(cookie, StandardCharsets.ISO_8859_1))) {
            throw DiskException.corrupt(storage.path(), at, "it has no dynamic disk header");
        }
        if (VhdFooter.checksum(bytes, AT_CHECKSUM) != bytes.getInt(AT_CHECKSUM)) {
            throw DiskException.corrupt(
                    storage.path(), at + AT_CHECKSUM, "the dynamic disk header's checksum is wrong");
        }
        VhdDynamicHeader header = new VhdDynamicHeader(
                bytes.getLong(16),
                Integer.toUnsignedLong(bytes.getInt(28)),
                Integer.toUnsignedLong(bytes.getInt(32)),
                footer.type() == VhdFooter.DIFFERENCING ? readParent(storage, bytes, at) : null);
        header.check(storage, at, footer.diskSize());
        return header;
    }

    private void check(Storage storage, long at, long diskSize) throws DiskException {
        if (Long.bitCount(blockSize) != 1 || blockSize < 4096 || blockSize > MAX_BLOCK_SIZE) {
            throw DiskException.corrupt(storage.path(), at + 32, "its blocks have " + blockSize + " bytes");
        }
        if (diskSize <= 0 || (diskSize - 1) / blockSize >= entries) {
            throw DiskException.corrupt(
                    storage.path(), at + 28, "its " + entries + " blocks do not cover " + diskSize + " bytes");
        }
        if (tableOffset < 0 || tableOffset % VhdFooter.LENGTH != 0) {
            throw DiskException.corrupt(storage.path(), at + 16, "its block table is at byte " + tableOffset);
        }
        if (tableOffset > storage.size() - entries * 4) {
            throw new DiskException(storage.path(), "the VHD image is truncated: it ends before its block table does");
        }
    }

    private static Parent readParent(Storage storage, ByteBuffer bytes, long at) throws IOException {
        byte[] name = new byte[PARENT_NAME_LENGTH];
        bytes.get(AT_PARENT_NAME, name);
        String fileName = terminated(new String(name, StandardCharsets.UTF_16BE));
        List<String> relative = new ArrayList<>();
        List<String> absolute = new ArrayList<>();
        for (int i = 0; i < LOCATORS; i++) {
            int locator = AT_LOCATORS + i * 24;
            int code = bytes.getInt(locator);
            int length = bytes.getInt(locator + 8);
            long place = bytes.getLong(locator + 16);
            if (code != W2RU && code != W2KU && code != MACX) {
                continue;
            }
            if (length < 0 || length > MAX_LOCATOR || place < 0 || place > storage.size() - length) {
                throw DiskException.corrupt(storage.path(), at + locator, "a parent locator is outside the file");
            }
            ByteBuffer text = ByteBuffer.allocate(length);
            storage.read(place, text);
            if (code == MACX) {
                absolute.add(terminated(new String(text.array(), StandardCharsets.UTF_8)));
            } else {
                String path = terminated(new String(text.array(), StandardCharsets.UTF_16LE));
                (code == W2RU ? relative : absolute).add(path.replace('\\', '/'));
            }
        }
        List<String> paths = new ArrayList<>(relative);
        paths.addAll(absolute);
        paths.add(fileName.substring(fileName.lastIndexOf('\\') + 1));
        // A drive letter leads nowhere on this host, but a disk that was moved together with its parent still has its
        // name.
        paths.removeIf(path -> path.isBlank() || path.matches("[A-Za-z]:.*"));
        if (paths.isEmpty()) {
            throw new DiskException(storage.path(), at, "is an overlay that does not name its parent", null);
        }
        return new Parent(new UUID(bytes.getLong(40), bytes.getLong(48)), bytes.getInt(56), fileName, paths);
    }

    private static String terminated(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * The header as it is in the file.
     *
     * @param locators place of each locator's text, for {@link #locatorTexts} in turn
     */
    ByteBuffer toBytes(long locators) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.put(0, COOKIE.getBytes(StandardCharsets.US_ASCII));
        bytes.putLong(8, -1).putLong(16, tableOffset).putInt(24, VERSION);
        bytes.putInt(28, (int) entries).putInt(32, (int) blockSize);
        if (parent != null) {
            bytes.putLong(40, parent.uuid.getMostSignificantBits());
            bytes.putLong(48, parent.uuid.getLeastSignificantBits());
            bytes.putInt(56, parent.timestamp);
            byte[] name = parent.name.getBytes(StandardCharsets.UTF_16BE);
            bytes.put(AT_PARENT_NAME, name, 0, Math.min(name.length, PARENT_NAME_LENGTH - 2));
            byte[] path = locatorText();
            int locator = AT_LOCATORS;
            bytes.putInt(locator, parent.paths.getFirst().startsWith("/") ? W2KU : W2RU);
            bytes.putInt(locator + 4, (path.length + 511) / 512 * 512).putInt(locator + 8, path.length);
            bytes.putLong(locator + 16, locators);
        }
        return bytes.putInt(AT_CHECKSUM, VhdFooter.checksum(bytes, AT_CHECKSUM));
    }

    /** Names another table in the file, by one write of a sector. */
    VhdDynamicHeader moveTable(Storage storage, long at, long place, long newEntries) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        storage.read(at, bytes);
        bytes.putLong(16, place).putInt(28, (int) newEntries);
        bytes.putInt(AT_CHECKSUM, VhdFooter.checksum(bytes, AT_CHECKSUM));
        storage.write(at, bytes.slice(0, VhdFooter.LENGTH));
        return new VhdDynamicHeader(place, newEntries, blockSize, parent);
    }

    /** The path of the one locator a new image has, as Windows writes it. */
    byte[] locatorText() {
        String path = parent.paths.getFirst();
        String windows = path.startsWith("/") || path.startsWith("./") || path.startsWith("../") ? path : "./" + path;
        return windows.replace('/', '\\').getBytes(StandardCharsets.UTF_16LE);
    }
}
