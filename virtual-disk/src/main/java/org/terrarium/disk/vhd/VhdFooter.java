package org.terrarium.disk.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The footer at the end of every VHD file, with a copy at the start of those that grow (Microsoft, Virtual Hard Disk Image
 * Format Specification 1.0, "Hard Disk Footer Format"). Numbers are big endian.
 *
 * @param dataOffset place of the dynamic disk header, bytes; all ones in a fixed image
 * @param timestamp when it was made, seconds since 2000-01-01 00:00 UTC
 * @param creator the program that made it, four characters
 * @param currentSize bytes of the disk
 * @param geometry cylinders, heads and sectors per track in the specification's layout
 * @param type {@link #FIXED}, {@link #DYNAMIC} or {@link #DIFFERENCING}
 * @param uuid the image's identity, which its overlays name
 */
record VhdFooter(long dataOffset, int timestamp, String creator, long currentSize, int geometry, int type, UUID uuid) {
    static final int LENGTH = 512;
    static final String COOKIE = "conectix";

    static final int FIXED = 2;
    static final int DYNAMIC = 3;
    static final int DIFFERENCING = 4;

    /** Seconds from the Unix epoch to the one of this format. */
    static final long EPOCH = 946_684_800L;

    /**
     * Hyper-V's name for itself. QEMU takes the size from {@code currentSize} only for programs on a list, and from the
     * geometry, which cannot express most sizes, for everybody else.
     */
    private static final String CREATOR = "win ";

    /** Programs whose disks are as large as their geometry says, as QEMU and Virtual PC read them. */
    private static final Set<String> SIZE_BY_GEOMETRY = Set.of("vpc ", "vs  ", "qemu");

    private static final int FEATURES = 2; // reserved bit, always set
    private static final int VERSION = 0x00010000;
    private static final int AT_CHECKSUM = 64;
    private static final long MAX_GEOMETRY = 65535L * 16 * 255;

    static VhdFooter of(long dataOffset, long size, int type, long epochSecond, UUID uuid) {
        return new VhdFooter(
                dataOffset, (int) (epochSecond - EPOCH), CREATOR, size, geometryOf(size / 512), type, uuid);
    }

    static boolean isAt(Storage storage, long at) throws IOException {
        ByteBuffer cookie = ByteBuffer.allocate(COOKIE.length());
        storage.read(at, cookie);
        return COOKIE.equals(new String(cookie.array(), StandardCharsets.ISO_8859_1));
    }

    /** Reads and checks a footer, or its copy at the start. */
    static VhdFooter read(Storage storage, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        storage.read(at, bytes);
        if (checksum(bytes, AT_CHECKSUM) != bytes.getInt(AT_CHECKSUM)) {
            throw DiskException.corrupt(storage.path(), at + AT_CHECKSUM, "the VHD footer's checksum is wrong");
        }
        int version = bytes.getInt(12);
        if (version >>> 16 != 1) {
            throw new DiskException(
                    storage.path(),
                    at + 12,
                    "is a VHD image of version " + (version >>> 16) + "; this one opens 1",
                    null);
        }
        byte[] creator = new byte[4];
        bytes.get(28, creator);
        return new VhdFooter(
                bytes.getLong(16),
                bytes.getInt(24),
                new String(creator, StandardCharsets.ISO_8859_1),
                bytes.getLong(48),
                bytes.getInt(56),
                bytes.getInt(60),
                new UUID(bytes.getLong(68), bytes.getLong(76)));
    }

    /** What the guest sees, bytes. */
    long diskSize() {
        long byGeometry = (long) (geometry >>> 16) * (geometry >>> 8 & 0xff) * (geometry & 0xff);
        return SIZE_BY_GEOMETRY.contains(creator) && byGeometry > 0 && byGeometry < MAX_GEOMETRY
                ? byGeometry * 512
                : currentSize & -512;
    }

    /**
     * The same for a disk of another size. A program that goes by the geometry gets the largest one below, and says so by its own
     * size, hence the image is this program's from then on.
     */
    VhdFooter withSize(long size) {
        return new VhdFooter(dataOffset, timestamp, CREATOR, size, geometryOf(size / 512), type, uuid);
    }

    ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.put(0, COOKIE.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(8, FEATURES).putInt(12, VERSION).putLong(16, dataOffset).putInt(24, timestamp);
        bytes.put(28, creator.getBytes(StandardCharsets.ISO_8859_1));
        bytes.putInt(32, 0x00060001).putInt(36, 0x5769326b); // Windows 8's Hyper-V on "Wi2k"
        bytes.putLong(40, currentSize)
                .putLong(48, currentSize)
                .putInt(56, geometry)
                .putInt(60, type);
        bytes.putLong(68, uuid.getMostSignificantBits()).putLong(76, uuid.getLeastSignificantBits());
        return bytes.putInt(AT_CHECKSUM, checksum(bytes, AT_CHECKSUM));
    }

    /** One's complement of the sum of all bytes but the checksum's own. */
    static int checksum(ByteBuffer bytes, int at) {
        int sum = 0;
        for (int i = 0; i < bytes.capacity(); i++) {
            if (i < at || i >= at + 4) {
                sum += bytes.get(i) & 0xff;
            }
        }
        return ~sum;
    }

    /** The specification's appendix "CHS Calculation". */
    private static int geometryOf(long sectors) {
        long total = Math.min(sectors, MAX_GEOMETRY);
        int perTrack;
        int heads;
        long cylinderHeads;
        if (total >= 65535L * 16 * 63) {
            perTrack = 255;
            heads = 16;
            cylinderHeads = total / perTrack;
        } else {
            perTrack = 17;
            cylinderHeads = total / perTrack;
            heads = Math.max(4, (int) ((cylinderHeads + 1023) / 1024));
            if (cylinderHeads >= heads * 1024L || heads > 16) {
                perTrack = 31;
                heads = 16;
                cylinderHeads = total / perTrack;
            }
            if (cylinderHeads >= heads * 1024L) {
                perTrack = 63;
                heads = 16;
                cylinderHeads = total / perTrack;
            }
        }
        return (int) (cylinderHeads / heads) << 16 | heads << 8 | perTrack;
    }
}
