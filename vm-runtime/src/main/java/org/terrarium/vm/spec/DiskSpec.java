package org.terrarium.vm.spec;

import java.nio.file.Path;
import org.terrarium.disk.DiskFormat;

/**
 * A hard disk.
 *
 * @param file relative to the machine's folder, or absolute
 * @param format its format, stated once so that nothing the guest writes can change what the file is taken for; or null to
 *     look at the content each time
 */
public record DiskSpec(Path file, DiskFormat format) {
    public DiskSpec {
        Checks.file("disks", file);
    }
}
