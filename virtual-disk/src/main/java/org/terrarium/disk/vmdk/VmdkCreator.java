package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Writes new VMDK images. */
public final class VmdkCreator {
    /** The kinds that can be made, in the words of the descriptor's createType; the first is the usual one. */
    public static final List<String> VARIANTS = List.of(
            "monolithicSparse", "streamOptimized", "monolithicFlat", "twoGbMaxExtentSparse", "twoGbMaxExtentFlat");

    private static final int SECTOR = VmdkSparseHeader.SECTOR;
    private static final long GRAIN = 128;
    private static final long TABLE_ENTRIES = 512;
    private static final long DESCRIPTOR_SECTORS = 20;
    private static final long SPLIT = 2L << 30;
    private static final long MAX_SIZE = 62L << 40;

    /** Makes the other files of an image, by their names in the image's folder. */
    @FunctionalInterface
    public interface NewFile {
        Storage create(String name) throws IOException;
    }

    /**
     * The image an overlay is made upon.
     *
     * @param cid the parent's content identification
     * @param name the parent's path as it is to be written
     */
    public record Parent(long cid, String name) {}

    private final Storage storage;
    private final NewFile files;
    private final String base;
    private final String suffix;

    /**
     * @param storage the empty file that gets the descriptor
     * @param files makes the other files the image consists of
     */
    public VmdkCreator(Storage storage, NewFile files) {
        this.storage = storage;
        this.files = files;
        String name = storage.path().getFileName().toString();
        int dot = name.lastIndexOf('.');
        this.base = dot > 0 ? name.substring(0, dot) : name;
        this.suffix = dot > 0 ? name.substring(dot) : ".vmdk";
    }

    /** The parent that an overlay refers to, from its image. */
    public static Parent parent(Storage image, String name) throws IOException {
        return new Parent(VmdkImages.cid(image), name);
    }

    /**
     * Fills the file with an image that reads as zeroes, or as its parent.
     *
     * @param size what the guest sees, bytes; a whole number of sectors
     * @param variant one of {@link #VARIANTS}
     * @param cid identifies the contents, 32 bits
     * @param parent or null
     */
    public void create(long size, String variant, int cid, Parent parent) throws IOException {
        if (size > MAX_SIZE) {
            throw new DiskException(storage.path(), "a VMDK image cannot have more than 62 TiB");
        }
        boolean sparse = variant.endsWith("Sparse");
        if (parent != null && !sparse) {
            throw new DiskException(storage.path(), "a VMDK image of the kind " + variant + " cannot have a parent");
        }
        long id = Integer.toUnsignedLong(cid) % 0xffff_fffeL;
        List<VmdkDescriptor.Extent> extents = new ArrayList<>();
        boolean split = variant.startsWith("twoGb");
        boolean single = variant.equals("monolithicSparse") || variant.equals("streamOptimized");
        for (long at = 0; at < size; at += SPLIT) {
            long length = split ? Math.min(SPLIT, size - at) : size;
            String name = single
                    ? storage.path().getFileName().toString()
                    : base
                            + (split ? String.format("-%s%03d", sparse ? "s" : "f", extents.size() + 1) : "-flat")
                            + suffix;
            boolean flat = variant.endsWith("Flat");
            extents.add(new VmdkDescriptor.Extent("RW", length / SECTOR, flat ? "FLAT" : "SPARSE", name, 0));
            if (!split) {
                break;
            }
        }
        VmdkDescriptor descriptor = new VmdkDescriptor(
                id,
                parent == null ? VmdkDescriptor.NO_PARENT : parent.cid,
                variant,
                parent == null ? null : parent.name,
                extents,
                -1);
        switch (variant) {
            case "monolithicSparse" -> sparse(storage, size / SECTOR, descriptor);
            case "streamOptimized" -> stream(size / SECTOR, descriptor);
            default -> {
                storage.write(0, ByteBuffer.wrap(descriptor.toBytes()));
                for (VmdkDescriptor.Extent extent : extents) {
                    extent(extent);
                }
            }
        }
        storage.sync();
    }

    private void extent(VmdkDescriptor.Extent extent) throws IOException {
        Storage file = files.create(extent.file());
        if (extent.type().equals("FLAT")) {
            file.setSize(extent.sectors() * SECTOR);
        } else {
            sparse(file, extent.sectors(), null);
        }
        file.sync();
    }

    /** Header, descriptor, then both directories, each followed by its tables, which are all there from the start. */
    private static void sparse(Storage file, long sectors, VmdkDescriptor descriptor) throws IOException {
        VmdkSparseHeader plan = new VmdkSparseHeader(
                1,
                VmdkSparseHeader.NEWLINE_TEST | VmdkSparseHeader.REDUNDANT_TABLE,
                sectors,
                GRAIN,
                descriptor == null ? 0 : 1,
                descriptor == null ? 0 : DESCRIPTOR_SECTORS,
                TABLE_ENTRIES,
                0,
                0,
                0,
                0);
        long directorySectors = (plan.tables() * 4 + SECTOR - 1) / SECTOR;
        long redundant = descriptor == null ? 1 : 1 + DESCRIPTOR_SECTORS;
        long directory = redundant + directorySectors + plan.tables() * plan.tableSectors();
        long end = directory + directorySectors + plan.tables() * plan.tableSectors();
        VmdkSparseHeader header = new VmdkSparseHeader(
                plan.version(),
                plan.flags(),
                plan.capacity(),
                plan.grainSize(),
                plan.descriptorOffset(),
                plan.descriptorSize(),
                plan.entriesPerTable(),
                redundant,
                directory,
                (end + GRAIN - 1) & -GRAIN,
                0);
        file.write(0, header.toBytes());
        if (descriptor != null) {
            file.write(SECTOR, text(file, descriptor));
        }
        for (long at : new long[] {redundant, directory}) {
            ByteBuffer entries = ByteBuffer.allocate((int) plan.tables() * 4).order(ByteOrder.LITTLE_ENDIAN);
            for (long table = at + directorySectors; entries.hasRemaining(); table += plan.tableSectors()) {
                entries.putInt((int) table);
            }
            file.write(at * SECTOR, entries.flip());
        }
        file.setSize(header.overhead() * SECTOR);
    }

    private void stream(long sectors, VmdkDescriptor descriptor) throws IOException {
        VmdkSparseHeader header = new VmdkSparseHeader(
                3,
                VmdkSparseHeader.NEWLINE_TEST | VmdkSparseHeader.COMPRESSED | VmdkSparseHeader.MARKERS,
                sectors,
                GRAIN,
                1,
                DESCRIPTOR_SECTORS,
                TABLE_ENTRIES,
                0,
                VmdkSparseHeader.AT_END,
                GRAIN,
                VmdkSparseHeader.DEFLATE);
        storage.write(0, header.toBytes());
        storage.write(SECTOR, text(storage, descriptor));
        new VmdkStream(storage, header).writeEnd();
    }

    private static ByteBuffer text(Storage file, VmdkDescriptor descriptor) throws DiskException {
        byte[] text = descriptor.toBytes();
        if (text.length > DESCRIPTOR_SECTORS * SECTOR) {
            throw new DiskException(file.path(), "the name of its parent is too long");
        }
        return ByteBuffer.wrap(text);
    }
}
