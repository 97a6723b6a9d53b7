package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.terrarium.disk.qcow2.Qcow2Check;

/** Looks for mistakes in an image's own tables, and repairs them. */
public final class DiskCheck {
    private DiskCheck() {}

    /**
     * Checks one image, without the files it names.
     *
     * @param repair what may be changed; an image marked as damaged or as not closed properly is put in order by a repair
     * @param progress in the format's own units
     * @throws DiskException when there is nothing to check in that format, or the image is damaged beyond checking
     */
    public static CheckReport check(Path image, OpenOptions options, Repair repair, Progress progress)
            throws IOException {
        OpenFiles.Access access = repair == Repair.NONE ? OpenFiles.Access.READ : OpenFiles.Access.WRITE;
        try (Storage storage = FileStorage.open(image, access)) {
            DiskFormat format =
                    options.format() != null ? options.format() : DiskFormats.requireKnown(Probe.probe(storage), image);
            if (format == DiskFormat.QCOW2) {
                return Qcow2Check.run(storage, repair, progress);
            }
        }
        // Opening another format for writing replays and puts right what can be.
        try (MappedDisk disk =
                new ChainOpener(FileHost.LOCAL, options.withWritable(repair != Repair.NONE)).openMapped(image, 1)) {
            return disk.layers().getFirst().format().check(progress);
        } catch (UnsupportedOperationException e) {
            throw new DiskException(image, DiskException.NO_OFFSET, e.getMessage(), e);
        }
    }
}
