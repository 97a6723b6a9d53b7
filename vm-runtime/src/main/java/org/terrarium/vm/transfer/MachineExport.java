package org.terrarium.vm.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.Gate;
import org.terrarium.disk.Progress;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.disk.ProgressParts;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.MachinePoint;
import org.terrarium.vm.spec.MachineSpec;

/**
 * Takes machines to other programs and computers: the window and the command line both call this. What arrives there are whole
 * disks, as they are now or as they were in a snapshot, whatever they are overlays of here. Of a machine that runs they are as
 * if its plug had been pulled at that instant; it runs on.
 */
public final class MachineExport {
    /** What a machine can become. */
    public enum Kind {
        /** One file with an OVF description and stream-optimized VMDK disks, as VirtualBox and VMware read it. */
        OVA,
        /** The same as a folder. */
        OVF,
        /** The machine's folder in a zip file, to be imported here again. */
        ZIP,
        /** A folder with libvirt's domain XML and qcow2 disks, for {@code virsh define}. */
        LIBVIRT,
        /** A folder with a VirtualMachine manifest of KubeVirt and qcow2 disks; the manifest says how to run it. */
        KUBEVIRT;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that name; IllegalArgumentException with a sentence otherwise. */
        public static Kind parse(String name) {
            for (Kind kind : values()) {
                if (kind.id().equals(name)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "'" + name + "' is no kind of export; choose ova, ovf, zip, libvirt or kubevirt");
        }

        /** What a target's name says: .ova or .zip; null for a folder, which may be any of the others. */
        public static Kind of(Path target) {
            String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".ova") ? OVA : name.endsWith(".zip") ? ZIP : null;
        }
    }

    private final MachinePoint point;
    private final MachineSpec spec;
    private final Path target;
    private final String base;

    private MachineExport(MachinePoint point, Path target) {
        this.point = point;
        this.spec = point.machine();
        this.target = target;
        this.base = TransferNames.fileBase(point.folder().name());
    }

    /**
     * Starts an export. The job can be stopped; then, and when it fails, nothing is left of the target.
     *
     * @param gate what the disks' images may open; see {@code AllowedFolders}
     * @param target the file (ova, zip) or folder (others) to be made; nothing may be there
     */
    public static DiskJob<Path> start(MachineFolder machine, Kind kind, Gate gate, Path target) {
        return start(machine, null, kind, gate, target);
    }

    /**
     * The same for a machine as it was in a snapshot.
     *
     * @param snapshot its id or name, or null for the machine as it is now
     */
    public static DiskJob<Path> start(MachineFolder machine, String snapshot, Kind kind, Gate gate, Path target) {
        return DiskJob.start("Exporting " + machine.name(), progress -> {
            Path place = target.toAbsolutePath().normalize();
            requireFree(place);
            try (MachinePoint point = MachinePoint.open(machine, snapshot, MachinePoint.Part.DISKS, gate)) {
                new MachineExport(point, place).run(kind, progress);
                return place;
            }
        });
    }

    private static void requireFree(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new IOException(target + " is there already; choose another name or delete it first");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new IOException("there is no folder " + target.getParent());
        }
    }

    private void run(Kind kind, Progress progress) throws IOException {
        Path work = Files.createTempDirectory(target.getParent(), ".export-");
        try {
            Path made = switch (kind) {
                case OVA -> ova(work, progress);
                case OVF -> ovf(work, new ProgressParts(progress, disksTotal()));
                case ZIP -> zip(work, progress);
                case LIBVIRT -> libvirt(work, new ProgressParts(progress, disksTotal()));
                case KUBEVIRT -> kubevirt(work, new ProgressParts(progress, disksTotal()));
            };
            // Temporary folders are for their owner alone; what comes out is like any other file.
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(work);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = new ArrayList<>(all.toList());
        }
        for (Path file : files.reversed()) {
            Files.deleteIfExists(file);
        }
    }

    private long disksTotal() throws IOException {
        return point.diskBytes();
    }

    private List<ExportedDisk> disks(Path folder, CreateOptions options, ProgressParts progress) throws IOException {
        return ExportedDisk.convert(point, folder, base, options, progress);
    }

    private static Path text(Path file, String contents) throws IOException {
        return Files.writeString(file, contents, StandardCharsets.UTF_8);
    }

    /** A folder with the package, in the order of an archive: description, manifest, disks. */
    private List<Path> pack(Path folder, ProgressParts progress) throws IOException {
        CreateOptions options = CreateOptions.of(DiskFormat.VMDK, 0).withVariant("streamOptimized");
        List<ExportedDisk> disks = disks(folder, options, progress);
        Path description = text(folder.resolve(base + ".ovf"), OvfWriter.write(spec, disks));
        StringBuilder sums = new StringBuilder(Checksums.line(description));
        List<Path> files = new ArrayList<>(List.of(description, folder.resolve(base + ".mf")));
        for (ExportedDisk disk : disks) {
            sums.append(Checksums.line(disk.file()));
            files.add(disk.file());
        }
        text(files.get(1), sums.toString());
        return files;
    }

    private Path ovf(Path work, ProgressParts progress) throws IOException {
        Path folder = Files.createDirectory(work.resolve("package"));
        pack(folder, progress);
        return folder;
    }

    private Path ova(Path work, Progress progress) throws IOException {
        long disks = disksTotal();
        long packing = disks / 4 + 1;
        ProgressParts parts = new ProgressParts(progress, disks + packing);
        List<Path> files = pack(work, parts);
        Path archive = work.resolve("package.ova");
        Tar.pack(files, archive, parts.next(packing));
        return archive;
    }

    private Path libvirt(Path work, ProgressParts progress) throws IOException {
        Path folder = Files.createDirectory(work.resolve("domain"));
        List<ExportedDisk> disks = disks(folder, CreateOptions.qcow2(0), progress);
        UUID uuid = spec.uuid() == null ? UUID.randomUUID() : spec.uuid();
        text(folder.resolve(base + ".xml"), LibvirtXml.write(spec, disks, target, uuid));
        return folder;
    }

    private Path kubevirt(Path work, ProgressParts progress) throws IOException {
        Path folder = Files.createDirectory(work.resolve("manifest"));
        List<ExportedDisk> disks = disks(folder, CreateOptions.qcow2(0), progress);
        String name = base + ".yaml";
        text(folder.resolve(name), KubevirtManifest.write(spec, disks, name));
        return folder;
    }

    private Path zip(Path work, Progress progress) throws IOException {
        return new ZipExport(point).write(work, progress);
    }
}
