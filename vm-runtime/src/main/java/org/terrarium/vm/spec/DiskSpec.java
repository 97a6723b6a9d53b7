package org.terrarium.vm.spec;

import java.nio.file.Path;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.DiskController;

/**
 * A hard disk.
 *
 * @param file relative to the machine's folder, or absolute
 * @param format its format, stated once so that nothing the guest writes can change what the file is taken for; or null to
 *     look at the content each time
 * @param controller what it is connected to
 * @param discard whether space that the guest gives back (TRIM) is given back to the host
 */
public record DiskSpec(Path file, DiskFormat format, DiskController controller, boolean discard) {
    public DiskSpec {
        Checks.file("disks", file);
        Checks.present("controller", controller);
    }

    /** A disk on the IDE controller. */
    public DiskSpec(Path file, DiskFormat format) {
        this(file, format, DiskController.IDE, true);
    }

    /** The same disk in another place. */
    public DiskSpec withFile(Path other) {
        return new DiskSpec(other, format, controller, discard);
    }
}
