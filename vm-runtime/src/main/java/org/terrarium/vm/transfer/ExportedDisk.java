package org.terrarium.vm.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.ProgressParts;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/**
 * A disk of a machine as it leaves this program: whole, whatever it was an overlay of.
 *
 * @param size what the guest sees, bytes
 */
record ExportedDisk(Path file, long size) {
    long fileLength() throws IOException {
        return Files.size(file);
    }

    /** What the guest sees of all disks together, bytes. */
    static long total(MachineFolder machine, MachineSpec spec) throws IOException {
        long total = 0;
        for (DiskSpec disk : spec.disks()) {
            total += DiskFormats.info(machine.resolve(disk.file())).size();
        }
        return total;
    }

    /**
     * Converts all disks of a machine.
     *
     * @param folder where they go
     * @param base the beginning of their names
     * @param options what they become
     */
    static List<ExportedDisk> convert(
            MachineFolder machine,
            MachineSpec spec,
            Gate gate,
            Path folder,
            String base,
            CreateOptions options,
            ProgressParts progress)
            throws IOException {
        List<ExportedDisk> made = new ArrayList<>();
        for (DiskSpec disk : spec.disks()) {
            Path from = machine.resolve(disk.file());
            Path to = folder.resolve(
                    base + "-disk" + made.size() + "." + options.format().label());
            OpenOptions how = OpenOptions.readOnly().withGate(gate).withFormat(disk.format());
            try (VirtualDisk open = DiskFormats.open(from, how)) {
                // The sector is the unit of every format that is written here.
                long size = (open.size() + 511) & -512;
                DiskConvert.convert(
                        open,
                        to,
                        options.withSize(size),
                        false,
                        DiskConvert.usualThreads(),
                        progress.next(open.size()));
                made.add(new ExportedDisk(to, size));
            }
        }
        return made;
    }
}
