package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The text that says what a VMDK image consists of (VMware, Virtual Disk Format 5.0, "The Descriptor File"). It is a file of its
 * own, or inside the one sparse extent.
 *
 * @param cid changes when the contents do after the image was opened
 * @param parentCid that of the parent when this overlay was made, or {@link #NO_PARENT}
 * @param createType the image's kind
 * @param parentHint file name of the parent, or null
 * @param extents in the order of the disk
 * @param cidAt place of the eight digits of the CID, bytes from the start of the text; -1 when it is not eight digits
 */
record VmdkDescriptor(long cid, long parentCid, String createType, String parentHint, List<Extent> extents, int cidAt) {
    static final String SIGNATURE = "# Disk DescriptorFile";
    static final long NO_PARENT = 0xffff_ffffL;
    static final int MAX_LENGTH = 1 << 20;

    private static final int MOST_EXTENTS = 4096;
    private static final long MAX_SECTORS = 1L << 50;
    private static final Pattern FIELD =
            Pattern.compile("(?m)^[ \\t]*(\\w+)[ \\t]*=[ \\t]*\"?([^\"\\r\\n]*?)\"?[ \\t]*\\r?$");
    private static final Pattern EXTENT =
            Pattern.compile("(?m)^[ \\t]*(RW|RDONLY|NOACCESS)[ \\t]+(\\d{1,18})[ \\t]+(\\w+)(?:[ \\t]+\"([^\"\\r"
                    + "\\n"
                    + "]*)\")?(?:[ \\t]+(\\d{1,18}))?");

    /**
     * One stretch of the disk.
     *
     * @param access RW, RDONLY or NOACCESS
     * @param sectors length, 512 bytes each
     * @param type SPARSE, FLAT, ZERO, VMFS or another
     * @param file name relative to the image's folder, or null for ZERO
     * @param offset place of a flat extent in its file, sectors
     */
    record Extent(String access, long sectors, String type, String file, long offset) {}

    /** Whether a text begins like a descriptor; comments and blank lines may come before its version. */
    static boolean recognizes(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.startsWith(SIGNATURE);
    }

    /**
     * Reads a descriptor.
     *
     * @param at its place in the file, bytes
     * @param length its room there
     */
    static VmdkDescriptor read(Storage storage, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        storage.read(at, bytes);
        int end = 0;
        while (end < length && bytes.get(end) != 0) {
            end++;
        }
        // One character per byte, so that places in the text are places in the file; names are decoded below.
        return parse(storage, at, new String(bytes.array(), 0, end, StandardCharsets.ISO_8859_1));
    }

    private static VmdkDescriptor parse(Storage storage, long at, String text) throws DiskException {
        long cid = NO_PARENT;
        long parentCid = NO_PARENT;
        String createType = null;
        String parentHint = null;
        int cidAt = -1;
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            String value = field.group(2);
            switch (field.group(1)) {
                case "version" -> requireVersion(storage, at + field.start(2), value);
                case "CID" -> {
                    cid = hex(storage, at + field.start(2), value);
                    cidAt = value.length() == 8 ? field.start(2) : -1;
                }
                case "parentCID" -> parentCid = hex(storage, at + field.start(2), value);
                case "createType" -> createType = value;
                case "parentFileNameHint" -> parentHint = decoded(value);
                default -> {}
            }
        }
        if (createType == null) {
            throw DiskException.corrupt(storage.path(), at, "its descriptor states no createType");
        }
        return new VmdkDescriptor(cid, parentCid, createType, parentHint, parseExtents(storage, at, text), cidAt);
    }

    private static void requireVersion(Storage storage, long at, String value) throws DiskException {
        if (!value.matches("[123]")) {
            throw new DiskException(
                    storage.path(), at, "has a descriptor of version " + value + "; this version reads 1 to 3", null);
        }
    }

    private static List<Extent> parseExtents(Storage storage, long at, String text) throws DiskException {
        List<Extent> extents = new ArrayList<>();
        long total = 0;
        Matcher line = EXTENT.matcher(text);
        while (line.find()) {
            Extent extent = new Extent(
                    line.group(1),
                    Long.parseLong(line.group(2)),
                    line.group(3),
                    line.group(4) == null ? null : decoded(line.group(4)),
                    line.group(5) == null ? 0 : Long.parseLong(line.group(5)));
            total += extent.sectors;
            if (extent.sectors <= 0 || total > MAX_SECTORS || extent.offset > MAX_SECTORS) {
                throw DiskException.corrupt(storage.path(), at + line.start(), "an extent's size is out of range");
            }
            extents.add(extent);
            if (extents.size() > MOST_EXTENTS) {
                throw DiskException.corrupt(storage.path(), at, "its disk has too many extents");
            }
        }
        if (extents.isEmpty()) {
            throw DiskException.corrupt(storage.path(), at, "its descriptor names no extents");
        }
        return extents;
    }

    private static String decoded(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static long hex(Storage storage, long at, String value) throws DiskException {
        if (!value.matches("[0-9a-fA-F]{1,8}")) {
            throw DiskException.corrupt(storage.path(), at, "its content identification is " + value);
        }
        return Long.parseLong(value, 16);
    }

    boolean hasParent() {
        return parentCid != NO_PARENT;
    }

    /** The text of a new image. */
    byte[] toBytes() {
        StringBuilder text = new StringBuilder(SIGNATURE + "\nversion=1\n");
        text.append(String.format("CID=%08x%nparentCID=%08x%n", cid, parentCid).replace("\r", ""));
        text.append("createType=\"").append(createType).append("\"\n");
        if (parentHint != null) {
            text.append("parentFileNameHint=\"").append(parentHint).append("\"\n");
        }
        text.append("\n# Extent description\n");
        long sectors = 0;
        for (Extent extent : extents) {
            sectors += extent.sectors;
            text.append(extent.access)
                    .append(' ')
                    .append(extent.sectors)
                    .append(' ')
                    .append(extent.type);
            if (extent.file != null) {
                text.append(" \"").append(extent.file).append('"');
            }
            text.append(extent.type.equals("FLAT") ? " " + extent.offset + "\n" : "\n");
        }
        text.append("\n# The Disk Data Base\n#DDB\n\nddb.virtualHWVersion = \"4\"\n");
        text.append("ddb.geometry.cylinders = \"")
                .append(Math.min(65535, sectors / (16 * 63)))
                .append("\"\n");
        text.append("ddb.geometry.heads = \"16\"\nddb.geometry.sectors = \"63\"\nddb.adapterType = \"ide\"\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
