package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.disk.Extent;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.RangeStatus;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.disk.ProgressParts;
import org.terrarium.vm.snapshot.MachinePoint;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/**
 * Makes machines that are like others: the window and the command line both call this. A clone has a UUID and network addresses
 * of its own, and the disks of the machine as it is now, or as it was in a snapshot, without snapshots of its own. When the machine
 * was on then, or suspended, the clone is suspended there, and its guest finds new network cards when it goes on. A machine that
 * runs is not disturbed but for the moment of a snapshot.
 *
 * <p>A full clone has copies of the disks. A linked clone shows the other machine's disks and holds only what it changes
 * itself, so it is made at once whatever their size. The disks it shows must not change any more: a template's never do, and any
 * other machine goes on in new overlays over its present disks, which are the common base from then on.
 */
public final class MachineCloner {
    private final MachineLibrary library;
    private final Gate gate;
    private final RandomGenerator random;

    /**
     * @param library where the clones go
     * @param gate what the disks' images may open; see {@code AllowedFolders}
     * @param random makes the network addresses
     */
    public MachineCloner(MachineLibrary library, Gate gate, RandomGenerator random) {
        this.library = library;
        this.gate = gate;
        this.random = random;
    }

    /** Copies a machine as it is now, running or not. The job can be stopped; nothing of the clone is left then. */
    public DiskJob<MachineFolder> full(MachineFolder source, String name) {
        return full(source, null, name);
    }

    /**
     * Copies a machine as it was in a snapshot.
     *
     * @param snapshot its id or name, or null for the machine as it is now
     */
    public DiskJob<MachineFolder> full(MachineFolder source, String snapshot, String name) {
        return DiskJob.start("Cloning " + source.name(), progress -> {
            library.requireFree(name);
            try (MachinePoint point = MachinePoint.open(source, snapshot, MachinePoint.Part.ALL, gate)) {
                MachineSpec spec = point.machine();
                ProgressParts parts = new ProgressParts(progress, point.diskBytes());
                return library.build(name, (draft, finished) -> {
                    point.copyState(draft, random, Progress.NONE);
                    List<DiskSpec> disks = new ArrayList<>();
                    for (DiskSpec disk : spec.disks()) {
                        VirtualDisk from = point.disk(disks.size());
                        disks.add(copy(disk, from, source, draft, disks.size(), parts.next(from.size())));
                    }
                    return copied(point, draft).withDisks(disks);
                });
            }
        });
    }

    /** The rest of a clone: firmware settings, media, identity. */
    private MachineSpec copied(MachinePoint point, MachineFolder draft) throws IOException {
        copyIfThere(point.nvram(), draft.nvram());
        return withCopiedMedia(point.folder(), draft, ownAddresses(point.machine()))
                .withTemplate(false);
    }

    private static DiskSpec copy(
            DiskSpec disk, VirtualDisk open, MachineFolder source, MachineFolder draft, int number, Progress progress)
            throws IOException {
        DiskInfo info = DiskFormats.info(source.resolve(disk.file()));
        DiskFormat format = disk.format() == null ? info.format() : disk.format();
        CreateOptions options = CreateOptions.of(format.creatable() ? format : DiskFormat.QCOW2, 0);
        if (format == DiskFormat.QCOW2) {
            options = options.withClusterSize(info.clusterSize());
        }
        Path to = draft.disks().resolve("disk" + number + "." + options.format().label());
        DiskConvert.convert(open, to, options, false, DiskConvert.usualThreads(), progress);
        return new DiskSpec(draft.name(to), options.format(), disk.controller(), disk.discard());
    }

    private OpenOptions reading(DiskSpec disk) {
        return OpenOptions.readOnly().withGate(gate).withFormat(disk.format());
    }

    private MachineSpec ownAddresses(MachineSpec spec) {
        return spec.withNics(
                spec.nics().stream().map(nic -> nic.withNewAddress(random)).toList());
    }

    /** Media that lie in the machine's folder are copied too; others are shared, as they are named absolutely. */
    private static MachineSpec withCopiedMedia(MachineFolder source, MachineFolder draft, MachineSpec spec)
            throws IOException {
        List<Path> media = new ArrayList<>(spec.floppies());
        media.add(spec.cdrom());
        media.add(spec.firmware());
        spec.nics().forEach(nic -> media.add(nic.boot().rom()));
        for (Path file : media) {
            if (file != null && !file.isAbsolute()) {
                Path to = draft.resolve(file);
                if (!to.startsWith(draft.path())) {
                    throw new IOException("the machine " + source.name() + " names " + file
                            + ", which is outside its folder; name it absolutely");
                }
                Files.createDirectories(to.getParent());
                copyIfThere(source.resolve(file), to);
            }
        }
        return spec;
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.copy(from, to);
        }
    }

    /** Makes a clone that shows the disks of a machine as they are now, whether it runs or not. */
    public DiskJob<MachineFolder> linked(MachineFolder source, String name) {
        return linked(source, null, name);
    }

    /**
     * Makes a clone that shows the disks of a snapshot.
     *
     * @param snapshot its id or name, or null for the machine as it is now
     */
    public DiskJob<MachineFolder> linked(MachineFolder source, String snapshot, String name) {
        return DiskJob.start("Cloning " + source.name(), progress -> {
            library.requireFree(name);
            try (MachinePoint point = MachinePoint.open(source, snapshot, MachinePoint.Part.ALL, gate)) {
                requireLinkable(source, point.machine());
                return library.build(name, (draft, finished) -> {
                    point.copyState(draft, random, progress);
                    return point.frozen()
                            ? copied(point, draft).withDisks(show(point, draft, finished))
                            : link(point, draft, finished);
                });
            }
        });
    }

    /** Overlays over a snapshot's disks, which the machine itself does not write to any more. */
    private List<DiskSpec> show(MachinePoint point, MachineFolder draft, MachineFolder finished) throws IOException {
        List<DiskSpec> clones = new ArrayList<>();
        for (DiskSpec disk : point.machine().disks()) {
            clones.add(shown(disk, base(point.folder(), disk), clones.size(), draft, finished));
        }
        return clones;
    }

    private static DiskSpec shown(DiskSpec disk, Base base, int number, MachineFolder draft, MachineFolder finished)
            throws IOException {
        Path clone = draft.disks().resolve("disk" + number + ".qcow2");
        overlay(clone, finished.disks(), base);
        return new DiskSpec(draft.name(clone), DiskFormat.QCOW2, disk.controller(), disk.discard());
    }

    private void requireLinkable(MachineFolder source, MachineSpec spec) throws IOException {
        if (!library.home().equals(source.path().getParent())) {
            throw new IOException("the machine " + source.name() + " is not in the library " + library.home()
                    + ", so no linked clone of it can be made there; make a full clone");
        }
        for (DiskSpec disk : spec.disks()) {
            if (!source.resolve(disk.file()).startsWith(source.path())) {
                throw new IOException("the disk " + disk.file() + " lies outside the folder of the machine "
                        + source.name() + ", where others may change it; make a full clone");
            }
        }
    }

    private MachineSpec link(MachinePoint point, MachineFolder draft, MachineFolder finished) throws IOException {
        MachineFolder source = point.folder();
        MachineSpec spec = point.machine();
        List<DiskSpec> clones = new ArrayList<>();
        List<DiskSpec> own = new ArrayList<>();
        List<Path> made = new ArrayList<>();
        try {
            for (DiskSpec disk : spec.disks()) {
                boolean settled = spec.template() || untouched(source, disk);
                Base base = settled && !spec.template() ? below(source, disk) : base(source, disk);
                clones.add(shown(disk, base, clones.size(), draft, finished));
                own.add(settled ? disk : split(source, disk, base, made));
            }
            MachineSpec result = copied(point, draft);
            if (!own.equals(spec.disks())) {
                source.save(spec.withDisks(own));
            }
            return result.withDisks(clones);
        } catch (IOException | RuntimeException e) {
            for (Path overlay : made) {
                Files.deleteIfExists(overlay);
            }
            throw e;
        }
    }

    /** An image that several machines show. */
    private record Base(Path file, DiskFormat format, long size) {}

    private Base base(MachineFolder source, DiskSpec disk) throws IOException {
        Path file = source.resolve(disk.file());
        DiskInfo info = DiskFormats.info(file);
        if (info.encrypted()) {
            throw new IOException("the disk " + file + " is encrypted, so no linked clone can show it");
        }
        return new Base(file, disk.format() == null ? info.format() : disk.format(), info.size());
    }

    /** Whether the machine has written nothing since its disk became an overlay of its own folder's. */
    private boolean untouched(MachineFolder source, DiskSpec disk) throws IOException {
        DiskInfo info = DiskFormats.info(source.resolve(disk.file()));
        if (info.backingFile() == null || info.backingFormat() == null) {
            return false;
        }
        try (VirtualDisk open = DiskFormats.open(source.resolve(disk.file()), reading(disk))) {
            for (long at = 0; at < open.size(); ) {
                RangeStatus status = open.status(at, open.size() - at);
                if (status.depth() == 0 && status.kind() != Extent.Kind.UNALLOCATED) {
                    return false;
                }
                at += status.length();
            }
        }
        return true;
    }

    /** What an untouched overlay shows. */
    private static Base below(MachineFolder source, DiskSpec disk) throws IOException {
        Path file = source.resolve(disk.file());
        DiskInfo info = DiskFormats.info(file);
        return new Base(
                file.resolveSibling(info.backingFile()).normalize(),
                DiskFormat.byLabel(info.backingFormat()),
                info.size());
    }

    /** The machine's own way on from a base: the disk it has from now on. */
    private static DiskSpec split(MachineFolder source, DiskSpec disk, Base base, List<Path> made) throws IOException {
        String stem = base.file.getFileName().toString().replaceFirst("(-\\d+)?\\.[^.]*$", "");
        int number = 1;
        while (Files.exists(source.disks().resolve(stem + "-" + number + ".qcow2"))) {
            number++;
        }
        Files.createDirectories(source.disks());
        Path overlay = source.disks().resolve(stem + "-" + number + ".qcow2");
        overlay(overlay, source.disks(), base);
        made.add(overlay);
        return new DiskSpec(source.name(overlay), DiskFormat.QCOW2, disk.controller(), disk.discard());
    }

    /** @param folder where the overlay will be, from which it names its base */
    private static void overlay(Path file, Path folder, Base base) throws IOException {
        String name = folder.relativize(base.file).toString().replace('\\', '/');
        DiskFormats.create(file, CreateOptions.qcow2(base.size).withBacking(BackingReference.to(name, base.format)));
    }
}
