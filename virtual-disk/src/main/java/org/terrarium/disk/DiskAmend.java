package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.terrarium.disk.qcow2.Qcow2Amendment;

/** Changes an existing qcow2 image's options. */
public final class DiskAmend {
    private DiskAmend() {}

    /**
     * @param version 3 to make a version 2 image one of version 3; null leaves it
     * @param lazyRefcounts whether reference counts are to be written only when the image is closed; null leaves it
     */
    public static void amend(Path image, OpenOptions options, Integer version, Boolean lazyRefcounts)
            throws IOException {
        // Opening it for writing first puts an image in order that was not closed properly.
        new ChainOpener(FileHost.LOCAL, options.withWritable(true))
                .openMapped(image, 1)
                .close();
        try (Storage storage = FileStorage.open(image, OpenFiles.Access.WRITE)) {
            if (options.format() == null && DiskFormats.requireKnown(Probe.probe(storage), image) != DiskFormat.QCOW2) {
                throw new DiskException(image, "has no options that can be changed; only a qcow2 image has");
            }
            Qcow2Amendment.run(storage, version, lazyRefcounts);
        }
    }
}
