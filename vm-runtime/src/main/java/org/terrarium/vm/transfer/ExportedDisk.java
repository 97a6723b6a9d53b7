package org.terrarium.vm.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.ProgressParts;
import org.terrarium.vm.snapshot.MachinePoint;

/**
 * A disk of a machine as it leaves this program: whole, whatever it was an overlay of.
 *
 * @param size what the guest sees, bytes
 */
record ExportedDisk(Path file, long size) {
    long fileLength() throws IOException {
        return Files.size(file);
    }

    /**
     * Converts all disks of a machine.
     *
     * @param folder where they go
     * @param base the beginning of their names
     * @param options what they become
     */
    static List<ExportedDisk> convert(
            MachinePoint point, Path folder, String base, CreateOptions options, ProgressParts progress)
            throws IOException {
        List<ExportedDisk> made = new ArrayList<>();
        for (int n = 0; n < point.machine().disks().size(); n++) {
            Path to = folder.resolve(base + "-disk" + n + "." + options.format().label());
            VirtualDisk open = point.disk(n);
            // The sector is the unit of every format that is written here.
            long size = (open.size() + 511) & -512;
            DiskConvert.convert(
                    open, to, options.withSize(size), false, DiskConvert.usualThreads(), progress.next(open.size()));
            made.add(new ExportedDisk(to, size));
        }
        return made;
    }
}
