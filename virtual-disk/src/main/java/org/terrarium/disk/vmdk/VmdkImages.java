package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.ImageContext;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.LinearFormat;
import org.terrarium.disk.Storage;

/** Opens VMDK images of all hosted kinds. */
public final class VmdkImages {
    private static final int SECTOR = VmdkSparseHeader.SECTOR;
    private static final int COWD = 0x44574f43;

    private VmdkImages() {}

    /**
     * Opens an image and the files of its extents.
     *
     * @param newCid identifies the contents once they are changed
     * @throws DiskException when it is damaged, truncated, of a kind this version lacks, or names a file the gate refuses
     */
    public static ImageFormat open(Storage storage, ImageContext context, int newCid) throws IOException {
        long cid = Integer.toUnsignedLong(newCid) % 0xffff_fffeL;
        if (!isSparse(storage)) {
            int length = (int) Math.min(storage.size(), VmdkDescriptor.MAX_LENGTH);
            VmdkDescriptor descriptor = VmdkDescriptor.read(storage, 0, length);
            requireParentName(storage, descriptor);
            return new VmdkFormat(storage, descriptor, 0, cid, openParts(storage, descriptor, context));
        }
        VmdkSparseHeader header = VmdkSparseHeader.read(storage);
        if (header.descriptorOffset() == 0) {
            throw new DiskException(
                    storage.path(),
                    "is one extent of a VMDK image that consists of several files; open the file that describes it");
        }
        int length = (int) Math.min(header.descriptorSize() * SECTOR, VmdkDescriptor.MAX_LENGTH);
        long at = header.descriptorOffset() * SECTOR;
        VmdkDescriptor descriptor = VmdkDescriptor.read(storage, at, length);
        requireParentName(storage, descriptor);
        ImageFormat extent = header.has(VmdkSparseHeader.COMPRESSED) && context.writable()
                ? openStream(storage, header)
                : new VmdkSparse(storage, header, descriptor.hasParent() || context.overBase());
        return new VmdkFormat(storage, descriptor, at, cid, List.of(new VmdkFormat.Part(0, extent)));
    }

    /** The image's kind, in the words of its descriptor, and the files it consists of beside this one. */
    public static String variant(Storage storage) throws IOException {
        return descriptor(storage).createType();
    }

    /** What identifies an image's contents for its overlays. */
    static long cid(Storage storage) throws IOException {
        return descriptor(storage).cid();
    }

    /** Names of the other files an image consists of, as written in it. */
    public static List<String> files(Storage storage) throws IOException {
        Set<String> names = new HashSet<>();
        List<String> files = new ArrayList<>();
        if (!isSparse(storage)) {
            for (VmdkDescriptor.Extent extent : descriptor(storage).extents()) {
                if (extent.file() != null && names.add(extent.file())) {
                    files.add(extent.file());
                }
            }
        }
        return files;
    }

    /** Name of the parent as written in an image, or null. */
    public static String parent(Storage storage) throws IOException {
        VmdkDescriptor descriptor = descriptor(storage);
        return descriptor.hasParent() ? descriptor.parentHint() : null;
    }

    /** Size of the disk, bytes. */
    public static long size(Storage storage) throws IOException {
        return descriptor(storage).extents().stream()
                        .mapToLong(VmdkDescriptor.Extent::sectors)
                        .sum()
                * SECTOR;
    }

    /** Bytes of a grain, or 0 for a flat image. */
    public static int grainSize(Storage storage) throws IOException {
        return isSparse(storage) ? (int) VmdkSparseHeader.read(storage).grainSize() * SECTOR : 0;
    }

    private static VmdkDescriptor descriptor(Storage storage) throws IOException {
        if (!isSparse(storage)) {
            return VmdkDescriptor.read(storage, 0, (int) Math.min(storage.size(), VmdkDescriptor.MAX_LENGTH));
        }
        VmdkSparseHeader header = VmdkSparseHeader.read(storage);
        return VmdkDescriptor.read(storage, header.descriptorOffset() * SECTOR, (int)
                Math.min(header.descriptorSize() * SECTOR, VmdkDescriptor.MAX_LENGTH));
    }

    private static boolean isSparse(Storage storage) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(0, magic);
        if (magic.getInt(0) == COWD) {
            throw new DiskException(
                    storage.path(), "is a sparse extent of VMware ESX 3; convert it with VMware's tools first");
        }
        return magic.getInt(0) == VmdkSparseHeader.MAGIC;
    }

    private static void requireParentName(Storage storage, VmdkDescriptor descriptor) throws DiskException {
        if (descriptor.hasParent()
                && (descriptor.parentHint() == null || descriptor.parentHint().isBlank())) {
            throw new DiskException(storage.path(), "is an overlay that does not name its parent");
        }
    }

    private static ImageFormat openStream(Storage storage, VmdkSparseHeader header) throws IOException {
        VmdkSparse present = new VmdkSparse(storage, header, false);
        for (long at = 0; at < present.size(); ) {
            Extent extent = present.map(at, present.size() - at);
            if (extent.kind() != Extent.Kind.UNALLOCATED) {
                throw new DiskException(
                        storage.path(),
                        "is a stream-optimized VMDK image, which cannot be changed; convert it to another kind first");
            }
            at += extent.length();
        }
        if (header.overhead() * SECTOR > storage.size() || header.tables() > VmdkStream.MOST_TABLES) {
            throw DiskException.corrupt(storage.path(), 64, "its grains start at sector " + header.overhead());
        }
        return new VmdkStream(storage, header.withDirectory(VmdkSparseHeader.AT_END));
    }

    private static List<VmdkFormat.Part> openParts(Storage storage, VmdkDescriptor descriptor, ImageContext context)
            throws IOException {
        List<VmdkFormat.Part> parts = new ArrayList<>();
        long start = 0;
        for (VmdkDescriptor.Extent extent : descriptor.extents()) {
            long size = extent.sectors() * SECTOR;
            parts.add(new VmdkFormat.Part(start, openExtent(storage, descriptor, extent, context)));
            start += size;
        }
        return parts;
    }

    private static ImageFormat openExtent(
            Storage storage, VmdkDescriptor descriptor, VmdkDescriptor.Extent extent, ImageContext context)
            throws IOException {
        long size = extent.sectors() * SECTOR;
        if (extent.type().equals("ZERO")) {
            return new ZeroExtent(storage, size);
        }
        boolean flat = extent.type().equals("FLAT") || extent.type().equals("VMFS");
        if (!flat && !extent.type().equals("SPARSE")) {
            throw new DiskException(
                    storage.path(), "has an extent of the kind " + extent.type() + ", which this version cannot open");
        }
        if (extent.access().equals("NOACCESS")
                || context.writable() && extent.access().equals("RDONLY")) {
            throw new DiskException(
                    storage.path(), "has an extent that must not be " + (context.writable() ? "written" : "read"));
        }
        if (extent.file() == null || extent.file().isBlank()) {
            throw DiskException.corrupt(storage.path(), 0, "an extent names no file");
        }
        Storage file = context.companion(extent.file(), "extent");
        if (flat) {
            if (file.size() - extent.offset() * SECTOR < size) {
                throw new DiskException(
                        file.path(), "is truncated: the VMDK image " + storage.path() + " needs more of it");
            }
            return new LinearFormat(file, extent.offset() * SECTOR, size);
        }
        VmdkSparseHeader header = VmdkSparseHeader.read(file);
        if (header.has(VmdkSparseHeader.COMPRESSED) && context.writable()) {
            throw new DiskException(file.path(), "is a stream-optimized VMDK extent, which cannot be changed");
        }
        if (header.capacity() < extent.sectors()) {
            throw DiskException.corrupt(file.path(), 12, "it is shorter than " + storage.path() + " says");
        }
        return new VmdkSparse(
                file, header.withCapacity(extent.sectors()), descriptor.hasParent() || context.overBase());
    }

    /** A stretch that is not stored anywhere. */
    private static final class ZeroExtent extends LinearFormat {
        ZeroExtent(Storage storage, long size) {
            super(storage, 0, size);
        }

        @Override
        public Extent map(long guestOffset, long maxLength) {
            return Extent.of(Extent.Kind.ZERO, maxLength);
        }

        @Override
        public Allocation allocate(long guestOffset, long length) throws IOException {
            throw new DiskException(
                    storage.path(), "has a stretch that is always zero, where the guest tried to write");
        }

        @Override
        public long makeZero(long guestOffset, long length) {
            return length;
        }

        @Override
        public void discard(long guestOffset, long length) {}
    }
}
