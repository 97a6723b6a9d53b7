package org.terrarium.vm.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.ProgressParts;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.vm.transfer.MachineImport.Imported;

/** Makes a machine from an OVF package; its disks become qcow2 images. */
final class OvfImport {
    private static final int LONGEST_DESCRIPTION = 4 << 20;
    private static final int LONGEST_NOTES = 60_000;

    private final MachineLibrary library;
    private final String name;
    private final RandomGenerator random;

    OvfImport(MachineLibrary library, String name, RandomGenerator random) {
        this.library = library;
        this.name = name;
        this.random = random;
    }

    Imported fromDescription(Path description, Progress progress) throws IOException {
        if (Files.size(description) > LONGEST_DESCRIPTION) {
            throw new IOException(description + " is too large to describe a machine");
        }
        OvfMachine machine = parse(Files.readAllBytes(description), description);
        return build(
                machine,
                (draft, parts) -> {
                    Path folder = description.getParent();
                    Checksums sums = Checksums.read(beside(description, ".mf"));
                    sums.verify(description, description.getFileName().toString(), description);
                    return fill(machine, new Package(description, folder, sums), draft, parts);
                },
                progress);
    }

    Imported fromArchive(Path archive, Progress progress) throws IOException {
        Tar.Entry description = Tar.firstDescription(archive, LONGEST_DESCRIPTION);
        OvfMachine machine = parse(description.contents(), archive);
        return build(
                machine,
                (draft, parts) -> {
                    Path folder = Files.createDirectory(draft.path().resolveSibling("package"));
                    Tar.unpack(archive, folder, parts.next(1));
                    Path file = TransferNames.existing(folder, description.name(), archive);
                    Checksums sums = Checksums.read(beside(file, ".mf"));
                    sums.verify(file, description.name(), archive);
                    return fill(machine, new Package(archive, file.getParent(), sums), draft, parts);
                },
                progress);
    }

    private static Path beside(Path description, String ending) {
        return description.resolveSibling(description.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ending);
    }

    private static OvfMachine parse(byte[] description, Path from) throws IOException {
        try {
            return OvfReader.read(XmlElement.parse(new ByteArrayInputStream(description)));
        } catch (IllegalArgumentException e) {
            throw new IOException(from + " cannot be imported: " + e.getMessage(), e);
        }
    }

    /** @param from what sentences name; @param folder where its files are */
    private record Package(Path from, Path folder, Checksums sums) {}

    private interface Contents {
        MachineSpec fill(MachineFolder draft, ProgressParts parts) throws IOException;
    }

    private Imported build(OvfMachine machine, Contents contents, Progress progress) throws IOException {
        String as = name == null ? TransferNames.machineName(machine.name()) : name;
        ProgressParts parts = new ProgressParts(progress, machine.disks().size() + 1);
        MachineFolder made = library.build(as, (draft, finished) -> contents.fill(draft, parts));
        return new Imported(made, machine.remarks());
    }

    private MachineSpec fill(OvfMachine machine, Package from, MachineFolder draft, ProgressParts parts)
            throws IOException {
        List<DiskSpec> disks = new ArrayList<>();
        for (OvfMachine.Disk disk : machine.disks()) {
            Path to = draft.disks().resolve("disk" + disks.size() + ".qcow2");
            if (disk.file() == null) {
                DiskFormats.create(to, CreateOptions.qcow2(disk.capacity()));
            } else {
                convert(file(from, disk, draft), disk, from, to, parts.next(1));
            }
            disks.add(new DiskSpec(draft.name(to), DiskFormat.QCOW2, disk.controller(), true));
        }
        MachineSpec spec = MachineSpec.of("imported")
                .withMemory(Math.clamp(machine.memoryMib(), MachineSpec.MIN_MEMORY, MachineSpec.MAX_MEMORY))
                .withDisks(disks)
                .withNotes(machine.notes()
                        .substring(0, Math.min(LONGEST_NOTES, machine.notes().length())))
                .withNics(cards(machine))
                .withSound(machine.sound() ? SoundSpec.HOST : SoundSpec.NONE);
        if (machine.cdFile() == null) {
            return spec;
        }
        Path cd = verified(from, machine.cdFile());
        Path to = draft.path().resolve("cd.iso");
        Room.require(draft.path(), Files.size(cd), cd.toString());
        Files.copy(cd, to);
        return spec.withCdrom(draft.name(to));
    }

    private List<NicSpec> cards(OvfMachine machine) {
        return machine.cards().stream()
                .limit(org.terrarium.vm.MachineBuilder.MAX_NICS)
                .map(card -> NicSpec.usual(random).withNet(card.connected() ? NetTarget.NAT : NetTarget.NONE))
                .toList();
    }

    private static Path verified(Package from, String file) throws IOException {
        Path found = TransferNames.existing(from.folder, file, from.from);
        from.sums.verify(found, file, from.from);
        return found;
    }

    /** The disk's file, unpacked where it was packed. */
    private static Path file(Package from, OvfMachine.Disk disk, MachineFolder draft) throws IOException {
        Path file = verified(from, disk.file());
        if (!disk.gzip() && DiskFormats.probe(file) != DiskFormat.GZIP) {
            return file;
        }
        Path folder = draft.path().resolveSibling("unpacked");
        Files.createDirectories(folder);
        Path unpacked = Files.createTempFile(folder, "disk", ".unpacked");
        byte[] piece = new byte[1 << 20];
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16);
                OutputStream out = Files.newOutputStream(unpacked, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                Room.require(folder, n, from.from + ": the file '" + disk.file() + "'");
                out.write(piece, 0, n);
            }
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new IOException(from.from + ": the file '" + disk.file() + "' is damaged: " + e.getMessage(), e);
        }
        return unpacked;
    }

    private static void convert(Path file, OvfMachine.Disk disk, Package from, Path to, Progress progress)
            throws IOException {
        DiskFormat format = DiskFormats.probe(file);
        if (format == DiskFormat.XZ || format == DiskFormat.ZSTD || format == DiskFormat.GZIP) {
            throw new IOException(from.from + ": the file '" + disk.file() + "' is packed; unpack it first");
        }
        OpenOptions how = OpenOptions.readOnly().withGate(Gate.OWN_FOLDER);
        try (VirtualDisk open = DiskFormats.open(file, how)) {
            CreateOptions options = CreateOptions.qcow2(0);
            Room.requireForContents(to.getParent(), open, from.from + ": the disk '" + disk.file() + "'");
            long size = Math.max(open.size(), disk.capacity());
            // A capacity far beyond the image is a mistake of the description.
            options = options.withSize(size <= 2 * open.size() ? size : open.size());
            DiskConvert.convert(open, to, options, false, DiskConvert.usualThreads(), progress);
        }
    }
}
