package org.terrarium.disk;

import java.io.IOException;
import org.terrarium.disk.qcow2.Qcow2Size;

/** How large the file of a new image would be. */
public final class DiskMeasure {
    /**
     * Bytes of the file.
     *
     * @param required with the contents of the source, not packed
     * @param fullyAllocated with everything allocated
     */
    public record Result(long required, long fullyAllocated) {}

    private DiskMeasure() {}

    /**
     * @param source the disk to be converted, or null for an empty one
     * @param target the new image; its size counts where there is no source
     * @throws IllegalArgumentException for a format that cannot be measured
     */
    public static Result measure(VirtualDisk source, CreateOptions target, Progress progress) throws IOException {
        long size = source == null ? (target.size() + 511) & -512 : source.size();
        if (target.format() == DiskFormat.RAW) {
            return new Result(size, size);
        }
        if (target.format() != DiskFormat.QCOW2) {
            throw new IllegalArgumentException("only raw and qcow2 images can be measured");
        }
        Qcow2Size layout = new Qcow2Size(target, size);
        long clusterSize = layout.clusterSize();
        long clusters = 0;
        long lastCounted = -1;
        long at = 0;
        while (source != null && at < size) {
            progress.at(at, size);
            RangeStatus status = source.status(at, size - at);
            if (!status.zero()) {
                long first = Math.max(at / clusterSize, lastCounted + 1);
                long last = (at + status.length() - 1) / clusterSize;
                clusters += Math.max(0, last - first + 1);
                lastCounted = Math.max(lastCounted, last);
            }
            at += status.length();
        }
        return new Result(layout.metadata() + clusters * clusterSize, layout.metadata() + layout.allData());
    }
}
