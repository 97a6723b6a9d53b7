package org.terrarium.disk.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.BlockFormat;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.MetadataSectors;
import org.terrarium.disk.Storage;

/**
 * The mapping of a dynamic or differencing VHD image. In front of each block is a bitmap with a bit per sector, the first sector
 * in a byte's highest bit: a sector whose bit is clear is the parent's, or zero without one.
 *
 * <p>Order on disk: guest data, bitmaps and the footer behind the last block, then the block allocation table. Until the footer
 * is at its new place, its copy at the start of the file stands for it.
 */
public final class VhdFormat extends BlockFormat {
    private static final int SECTOR = 512;
    private static final int UNUSED = -1;

    private VhdFooter footer;
    private ByteBuffer footerBytes;
    private VhdDynamicHeader header;
    private final MetadataSectors table;
    private final MetadataSectors bitmaps;
    private final long bitmapSize;
    private boolean footerMissing;

    /** A dynamic or differencing image. */
    static VhdFormat open(Storage storage, VhdFooter footer) throws IOException {
        VhdDynamicHeader header = VhdDynamicHeader.read(storage, footer);
        long afterTables = Math.max(
                header.tableOffset() + (header.entries() * 4 + SECTOR - 1 & -SECTOR),
                footer.dataOffset() + VhdDynamicHeader.LENGTH);
        boolean footerThere =
                storage.size() >= afterTables + SECTOR && VhdFooter.isAt(storage, storage.size() - SECTOR);
        long end = footerThere ? storage.size() - SECTOR : storage.size() + SECTOR - 1 & -SECTOR;
        ByteBuffer footerBytes = ByteBuffer.allocate(VhdFooter.LENGTH);
        storage.read(0, footerBytes);
        return new VhdFormat(storage, footer, footerBytes.flip(), header, Math.max(end, afterTables));
    }

    private VhdFormat(Storage storage, VhdFooter footer, ByteBuffer footerBytes, VhdDynamicHeader header, long end) {
        super(storage, footer.diskSize(), header.blockSize(), end, header.parent() != null);
        this.footer = footer;
        this.footerBytes = footerBytes;
        this.header = header;
        this.bitmapSize = (header.blockSize() / SECTOR / 8 + SECTOR - 1) & -SECTOR;
        this.table = new MetadataSectors(storage, ByteOrder.BIG_ENDIAN);
        this.bitmaps = new MetadataSectors(storage, ByteOrder.BIG_ENDIAN);
    }

    @Override
    public BackingReference backing() {
        return header.parent() == null
                ? null
                : new BackingReference(header.parent().paths().getFirst(), "vhd");
    }

    @Override
    public void acceptBacking(Path path, ImageFormat below) throws DiskException {
        VhdFooter parent = switch (below) {
            case VhdFormat growing -> growing.footer;
            case VhdFixed fixed -> fixed.footer();
            default -> footer;
        };
        if (!parent.uuid().equals(header.parent().uuid())) {
            throw new DiskException(
                    storage.path(),
                    "was made upon the disk with the identity "
                            + header.parent().uuid() + ", but " + path + " is " + parent.uuid());
        }
    }

    @Override
    protected long prefix() {
        return bitmapSize;
    }

    @Override
    public long unitSize() {
        return SECTOR;
    }

    @Override
    protected long find(long block) throws IOException {
        int sector = table.getInt(header.tableOffset() + block * 4);
        return sector == UNUSED ? ABSENT : Integer.toUnsignedLong(sector) * SECTOR + bitmapSize;
    }

    // ---- sectors ----

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        Extent extent = super.map(guestOffset, maxLength);
        if (extent.kind() != Extent.Kind.DATA) {
            return extent;
        }
        long inBlock = guestOffset & blockSize() - 1;
        long block = extent.fileOffset() - inBlock;
        int sector = (int) (inBlock / SECTOR);
        long most = Math.min(extent.length(), blockSize() - inBlock);
        boolean present = isPresent(block, sector);
        long length = SECTOR - inBlock % SECTOR;
        while (length < most && isPresent(block, ++sector) == present) {
            length += SECTOR;
        }
        length = Math.min(length, most);
        return present
                ? Extent.data(storage, extent.fileOffset(), length, true)
                : Extent.of(Extent.Kind.UNALLOCATED, length);
    }

    private boolean isPresent(long blockPlace, int sector) throws IOException {
        return (bitmaps.get(blockPlace - bitmapSize + sector / 8) & 0x80 >> sector % 8) != 0;
    }

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        long place = find(blockOf(guestOffset));
        long first = guestOffset & -SECTOR;
        long inBlock = first & blockSize() - 1;
        long sectors = guestOffset - first + length + SECTOR - 1 & -SECTOR;
        long most = Math.min(sectors, blockSize() - inBlock);
        if (place >= 0) {
            return new Allocation(first, storage, place + inBlock, most, false, true);
        }
        Allocation whole = super.allocate(guestOffset, length);
        return new Allocation(first, storage, whole.fileOffset() + inBlock, most, whole.zeroFilled(), false);
    }

    @Override
    public void link(Allocation allocation) throws IOException {
        if (!allocation.reused()) {
            super.link(wholeBlock(allocation));
        }
        long inBlock = allocation.guestOffset() & blockSize() - 1;
        long bitmap = allocation.fileOffset() - inBlock - bitmapSize;
        int first = (int) (inBlock / SECTOR);
        for (int sector = first; sector < first + allocation.length() / SECTOR; sector++) {
            long at = bitmap + sector / 8;
            bitmaps.put(at, (byte) (bitmaps.get(at) | 0x80 >> sector % 8));
        }
    }

    @Override
    public void abandon(Allocation allocation) throws IOException {
        if (!allocation.reused()) {
            super.abandon(wholeBlock(allocation));
            footerMissing = true;
        }
    }

    private Allocation wholeBlock(Allocation part) {
        long inBlock = part.guestOffset() & blockSize() - 1;
        return new Allocation(
                part.guestOffset() - inBlock,
                storage,
                part.fileOffset() - inBlock,
                blockSize(),
                part.zeroFilled(),
                false);
    }

    @Override
    protected void attach(long block, long fileOffset) throws IOException {
        // Without a parent all sectors count as written, as other programs expect of a disk that is no overlay.
        bitmaps.fill(fileOffset - bitmapSize, bitmapSize, (byte) (hasBacking ? 0 : 0xff));
        table.putInt(header.tableOffset() + block * 4, (int) ((fileOffset - bitmapSize) / SECTOR));
    }

    @Override
    protected void detach(long block) throws IOException {
        table.putInt(header.tableOffset() + block * 4, UNUSED);
    }

    @Override
    protected void relocate(long block, long fileOffset) throws IOException {
        // The bitmap has been copied together with the block.
        bitmaps.forget(fileOffset - bitmapSize, bitmapSize);
        table.putInt(header.tableOffset() + block * 4, (int) ((fileOffset - bitmapSize) / SECTOR));
    }

    @Override
    protected long tablesEnd() {
        return Math.max(
                header.tableOffset() + (header.entries() * 4 + SECTOR - 1 & -SECTOR),
                footer.dataOffset() + VhdDynamicHeader.LENGTH);
    }

    @Override
    protected void cutFile() throws IOException {
        // Until the footer is at the new end, its copy at the start stands for it.
        storage.write(end(), footerBytes.duplicate());
        storage.setSize(end() + SECTOR);
        storage.sync();
    }

    @Override
    protected void requireRoom(long newEnd) throws IOException {
        if (newEnd / SECTOR >= Integer.toUnsignedLong(UNUSED)) {
            throw new DiskException(storage.path(), "a VHD image cannot grow beyond 2 TiB");
        }
    }

    @Override
    protected int dirtyPages() {
        return table.dirtyPages() + bitmaps.dirtyPages();
    }

    @Override
    protected void writeTables() throws IOException {
        if (dirtyPages() > 0 || footerMissing) {
            bitmaps.writeDirty();
            storage.write(end(), footerBytes.duplicate());
            footerMissing = false;
        }
        storage.sync();
        if (table.dirtyPages() > 0) {
            table.writeDirty();
            storage.sync();
        }
    }

    @Override
    protected void requireGrowth(long newSize) throws IOException {
        VhdCreator.requireSize(storage, newSize);
    }

    /**
     * A larger table goes behind the footer at the end, so that the image is whole until the header's first sector names it; then
     * both footers say the new size.
     */
    @Override
    protected void growTables(long newSize) throws IOException {
        long entries = (newSize + blockSize() - 1) / blockSize();
        if (entries > header.entries()) {
            long place = end() + SECTOR;
            long length = entries * 4 + SECTOR - 1 & -SECTOR;
            requireRoom(place + length);
            ByteBuffer moved = ByteBuffer.allocate((int) length);
            for (long block = 0; block < length / 4; block++) {
                moved.putInt(block < header.entries() ? table.getInt(header.tableOffset() + block * 4) : UNUSED);
            }
            storage.write(end(), footerBytes.duplicate());
            storage.write(place, moved.flip());
            storage.write(place + length, footerBytes.duplicate());
            storage.sync();
            header = header.moveTable(storage, footer.dataOffset(), place, entries);
            storage.sync();
            moveEnd(place + length);
        }
        footer = footer.withSize(newSize);
        footerBytes = footer.toBytes();
        storage.write(0, footerBytes.duplicate());
        storage.sync();
        storage.write(end(), footerBytes.duplicate());
        storage.sync();
    }

    @Override
    protected List<String> checkTables() throws IOException {
        return VhdFooter.isAt(storage, storage.size() - SECTOR)
                ? List.of()
                : List.of("the footer at the end of the file is missing; its copy at the start is used");
    }
}
