package org.terrarium.vm.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.Progress;
import org.terrarium.vm.disk.ProgressParts;
import org.terrarium.vm.library.LinkedDisks;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.MachinePoint;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;

/**
 * A machine's folder as a zip file. Where it is off and all of its images lie in it they go as they are, snapshots included; where
 * some do not, as a linked clone's or a disk elsewhere, and of a machine that runs or a snapshot, the disks go as whole copies.
 */
final class ZipExport {
    private final MachinePoint point;
    private final MachineFolder machine;
    private final MachineSpec spec;

    ZipExport(MachinePoint point) {
        this.point = point;
        this.machine = point.folder();
        this.spec = point.machine();
    }

    /** @param work a folder for what is needed meanwhile; the archive is made in it */
    Path write(Path work, Progress progress) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        MachineSpec packed = spec;
        ProgressParts parts;
        if (!point.frozen() && LinkedDisks.of(machine).stayIn(machine.path())) {
            addFolder(entries, machine.disks());
            addFolder(entries, machine.snapshots());
            parts = new ProgressParts(progress, 2);
            parts.next(1);
        } else {
            parts = new ProgressParts(progress, 2 * point.diskBytes() + 1);
            packed = copyDisks(work, entries, parts);
        }
        for (Path file : media()) {
            entries.put(machine.name(file).toString().replace('\\', '/'), file);
        }
        if (Files.exists(point.nvram())) {
            entries.put(machine.name(machine.nvram()).toString(), point.nvram());
        }
        entries.put("machine.json", work.resolve("machine.json"));
        MachineFile.save(work.resolve("machine.json"), packed);
        Path archive = work.resolve("machine.zip");
        pack(entries, archive, parts.next(Math.max(1, point.diskBytes())));
        return archive;
    }

    private MachineSpec copyDisks(Path work, Map<String, Path> entries, ProgressParts parts) throws IOException {
        List<ExportedDisk> copies = ExportedDisk.convert(
                point, work, TransferNames.fileBase(machine.name()), CreateOptions.qcow2(0), parts);
        List<DiskSpec> disks = new ArrayList<>();
        for (int n = 0; n < copies.size(); n++) {
            DiskSpec disk = spec.disks().get(n);
            String name = "disks/disk" + n + ".qcow2";
            entries.put(name, copies.get(n).file());
            disks.add(new DiskSpec(Path.of(name), DiskFormat.QCOW2, disk.controller(), disk.discard()));
        }
        return spec.withDisks(disks);
    }

    private void addFolder(Map<String, Path> entries, Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".lock"))
                        .forEach(file ->
                                entries.put(machine.name(file).toString().replace('\\', '/'), file));
            }
        }
        for (DiskSpec disk : spec.disks()) {
            Path file = machine.resolve(disk.file());
            entries.put(machine.name(file).toString().replace('\\', '/'), file);
        }
    }

    /** Everything else of the machine's own folder that its description names. */
    private List<Path> media() {
        List<Path> named = new ArrayList<>(spec.floppies());
        named.add(spec.cdrom());
        named.add(spec.firmware());
        return named.stream()
                .filter(file -> file != null)
                .map(machine::resolve)
                .filter(file -> file.startsWith(machine.path()) && Files.isRegularFile(file))
                .toList();
    }

    private void pack(Map<String, Path> entries, Path archive, Progress progress) throws IOException {
        long total = 0;
        for (Path file : entries.values()) {
            total += Files.size(file);
        }
        long before = 0;
        String top = machine.path().getFileName() + "/";
        try (OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(archive, StandardOpenOption.CREATE_NEW), 1 << 20);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                Path file = entry.getValue();
                ZipEntry header = new ZipEntry(top + entry.getKey());
                header.setLastModifiedTime(Files.getLastModifiedTime(file));
                zip.putNextEntry(header);
                long length = Files.size(file);
                long start = before;
                long all = total;
                try (InputStream in = Files.newInputStream(file)) {
                    Room.copy(in, zip, length, file.toString(), (done, of) -> progress.step(start + done, all));
                }
                zip.closeEntry();
                before += length;
            }
        }
    }
}
