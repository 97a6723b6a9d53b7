package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CheckReport;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.Progress;
import org.terrarium.disk.Storage;

/** A VMDK image: one extent after the other, each a format of its own. */
final class VmdkFormat implements ImageFormat {
    /** An extent, from {@code start} on in the disk, bytes. */
    record Part(long start, ImageFormat format) {
        long end() {
            return start + format.size();
        }
    }

    private final Storage storage;
    private final VmdkDescriptor descriptor;
    private final long descriptorAt;
    private final long newCid;
    private final List<Part> parts;
    private boolean changed;

    /**
     * @param storage the file with the descriptor
     * @param descriptorAt the descriptor's place in it, bytes
     * @param newCid identifies the contents once they are changed
     */
    VmdkFormat(Storage storage, VmdkDescriptor descriptor, long descriptorAt, long newCid, List<Part> parts)
            throws IOException {
        this.storage = storage;
        this.descriptor = descriptor;
        this.descriptorAt = descriptorAt;
        this.newCid = newCid;
        this.parts = List.copyOf(parts);
        long unit = unitSize();
        for (Part part : parts) {
            if (part.start % unit != 0) {
                throw new DiskException(
                        storage.path(),
                        descriptorAt,
                        "has extents of sizes that do not fit its grains of " + unit + " bytes",
                        null);
            }
        }
    }

    @Override
    public BackingReference backing() {
        return descriptor.hasParent() ? new BackingReference(descriptor.parentHint(), "vmdk") : null;
    }

    @Override
    public void acceptBacking(Path path, ImageFormat below) throws DiskException {
        if (below instanceof VmdkFormat parent && parent.descriptor.cid() != descriptor.parentCid()) {
            throw new DiskException(
                    storage.path(),
                    String.format(
                            "was made upon other contents of its parent: %s has the CID %08x, not %08x",
                            path, parent.descriptor.cid(), descriptor.parentCid()));
        }
    }

    @Override
    public long size() {
        return parts.getLast().end();
    }

    @Override
    public long unitSize() {
        return parts.stream().mapToLong(part -> part.format.unitSize()).max().orElseThrow();
    }

    private Part at(long guestOffset) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (guestOffset < parts.get(middle).end()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return parts.get(low);
    }

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        Part part = at(guestOffset);
        return part.format.map(guestOffset - part.start, Math.min(maxLength, part.end() - guestOffset));
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        Part part = at(guestOffset);
        part.format.readPacked(guestOffset - part.start, dst);
    }

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        Part part = at(guestOffset);
        Allocation local = part.format.allocate(guestOffset - part.start, Math.min(length, part.end() - guestOffset));
        return moved(local, part.start);
    }

    private static Allocation moved(Allocation allocation, long by) {
        return new Allocation(
                allocation.guestOffset() + by,
                allocation.file(),
                allocation.fileOffset(),
                allocation.length(),
                allocation.zeroFilled(),
                allocation.reused());
    }

    @Override
    public void link(Allocation allocation) throws IOException {
        Part part = at(allocation.guestOffset());
        part.format.link(moved(allocation, -part.start));
    }

    @Override
    public void abandon(Allocation allocation) throws IOException {
        Part part = at(allocation.guestOffset());
        part.format.abandon(moved(allocation, -part.start));
    }

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        long end = guestOffset + length;
        long at = guestOffset;
        while (at < end) {
            Part part = at(at);
            long wanted = Math.min(end, part.end()) - at;
            long done = part.format.makeZero(at - part.start, wanted);
            at += done;
            if (done < wanted) {
                break;
            }
        }
        return at - guestOffset;
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
        long end = guestOffset + length;
        for (long at = guestOffset; at < end; ) {
            Part part = at(at);
            long to = Math.min(end, part.end());
            part.format.discard(at - part.start, to - at);
            at = to;
        }
    }

    @Override
    public void beforeData(long guestOffset, long length) throws IOException {
        if (!changed) {
            changed = true;
            if (descriptor.cidAt() >= 0) {
                // An overlay made upon the old contents must notice.
                byte[] digits = String.format("%08x", newCid).getBytes(StandardCharsets.US_ASCII);
                storage.write(descriptorAt + descriptor.cidAt(), ByteBuffer.wrap(digits));
            }
        }
        Part part = at(guestOffset);
        part.format.beforeData(guestOffset - part.start, length);
    }

    @Override
    public void afterData() throws IOException {}

    @Override
    public int packUnit() {
        return parts.getFirst().format.packUnit();
    }

    @Override
    public byte[] pack(ByteBuffer unit) throws IOException {
        return parts.getFirst().format.pack(unit);
    }

    @Override
    public void storePacked(long guestOffset, byte[] packed) throws IOException {
        parts.getFirst().format.storePacked(guestOffset, packed);
    }

    @Override
    public void flush() throws IOException {
        for (Part part : parts) {
            part.format.flush();
        }
        if (changed) {
            storage.sync();
        }
    }

    @Override
    public void finish() throws IOException {
        for (Part part : parts) {
            part.format.finish();
        }
    }

    /** Zeroes have become holes by then, which is all that these files can give back. */
    @Override
    public void compact(Progress progress) throws IOException {
        for (Part part : parts) {
            part.format.compact(progress);
        }
    }

    @Override
    public CheckReport check(Progress progress) throws IOException {
        CheckReport sum = null;
        for (Part part : parts) {
            if (part.format instanceof VmdkSparse sparse) {
                CheckReport report = sparse.check(progress);
                sum = sum == null ? report : together(sum, report);
            }
        }
        if (sum == null) {
            throw new UnsupportedOperationException("is a flat image, which has no tables that could be checked");
        }
        return sum;
    }

    private static CheckReport together(CheckReport a, CheckReport b) {
        List<String> messages = new ArrayList<>(a.messages());
        messages.addAll(b.messages());
        return new CheckReport(
                a.corruptions() + b.corruptions(),
                0,
                0,
                0,
                messages,
                a.allocated() + b.allocated(),
                a.total() + b.total(),
                a.packed() + b.packed(),
                Math.max(a.endOffset(), b.endOffset()));
    }
}
