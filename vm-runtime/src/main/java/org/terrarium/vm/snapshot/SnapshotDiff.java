package org.terrarium.vm.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.RangeStatus;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.disk.Passphrases;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.fs.FileEntry;
import org.terrarium.vm.snapshot.fs.FileSystems;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.state.RamImage;

/**
 * What has changed from one snapshot to another. The images are opened for reading, so a snapshot can be compared while the
 * machine runs. Files are compared by their directories' metadata (size, time, place), not by their contents.
 *
 * @param settings fields of {@code machine.json} with what they were and are; disks' file names are left out
 * @param disks one for each disk that both have
 * @param memoryPages pages of 4 KiB that differ; -1 where not both have a memory
 * @param screen lines of text that were (-) and are (+) on the screen
 */
public record SnapshotDiff(List<Setting> settings, List<Disk> disks, int memoryPages, List<String> screen) {
    /** A setting; null for one that is not there. */
    public record Setting(String name, String before, String after) {}

    /**
     * A disk.
     *
     * @param bytes that differ, counted in sectors of 512
     * @param files changed files, each with + (new), - (gone) or * (changed) before its path; folders end in a slash
     */
    public record Disk(int number, long size, long bytes, List<String> files) {}

    private static final int PIECE = 1 << 20;
    private static final int SECTOR = 512;

    /** Compares; both snapshots stay as they are. */
    public static SnapshotDiff between(Snapshots s, SnapshotNode before, SnapshotNode after, Progress progress)
            throws IOException {
        List<Setting> settings = new ArrayList<>();
        settings("", MachineFile.toJson(s.machine(before)), MachineFile.toJson(s.machine(after)), settings);
        List<Disk> disks = new ArrayList<>();
        int count = Math.min(before.disks().size(), after.disks().size());
        for (int n = 0; n < count; n++) {
            disks.add(disk(
                    s.folder(),
                    n,
                    s.disks(before).get(n),
                    before.disks().get(n),
                    s.disks(after).get(n),
                    after.disks().get(n),
                    progress));
        }
        int pages = -1;
        if (before.ram() != null && after.ram() != null) {
            RamImage left = s.memory(before);
            RamImage right = s.memory(after);
            pages = Math.abs(left.pages() - right.pages());
            for (int n = 0; n < Math.min(left.pages(), right.pages()); n++) {
                pages += left.differs(right, n) ? 1 : 0;
            }
        }
        return new SnapshotDiff(settings, disks, pages, screen(s.screenText(before), s.screenText(after)));
    }

    private static void settings(String path, JsonNode before, JsonNode after, List<Setting> found) {
        if (Objects.equals(before, after) || path.matches("disks\\.\\d+\\.(file|format)")) {
            return;
        }
        boolean left = before != null && before.isContainerNode();
        boolean right = after != null && after.isContainerNode();
        if (!left && !right) {
            found.add(new Setting(path, text(before), text(after)));
            return;
        }
        // As deep as a description is: two levels.
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode side : new JsonNode[] {before, after}) {
            if (side != null && side.isObject()) {
                side.fieldNames().forEachRemaining(names::add);
            } else if (side != null) {
                for (int n = 0; n < side.size(); n++) {
                    names.add(Integer.toString(n));
                }
            }
        }
        for (String name : names) {
            settings(path.isEmpty() ? name : path + "." + name, part(before, name), part(after, name), found);
        }
    }

    private static JsonNode part(JsonNode of, String name) {
        if (of == null) {
            return null;
        }
        return of.isArray() ? of.get(Integer.parseInt(name)) : of.get(name);
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode() ? null : value.asText();
    }

    private static VirtualDisk open(MachineFolder folder, Path image, FrozenDisk disk) throws IOException {
        return DiskFormats.open(
                image,
                OpenOptions.readOnly()
                        .withFormat(DiskFormat.byLabel(disk.format()))
                        .withGate(AllowedFolders.gate(folder, System.getenv()))
                        .withPassphrases(Passphrases.of(System.getenv())));
    }

    private static Disk disk(
            MachineFolder folder,
            int number,
            Path left,
            FrozenDisk before,
            Path right,
            FrozenDisk after,
            Progress progress)
            throws IOException {
        try (VirtualDisk a = open(folder, left, before);
                VirtualDisk b = open(folder, right, after)) {
            long bytes = Math.abs(a.size() - b.size());
            long size = Math.min(a.size(), b.size());
            for (long at = 0; at < size; ) {
                progress.at(at, size);
                RangeStatus here = a.status(at, size - at);
                RangeStatus there = b.status(at, size - at);
                long length = Math.min(here.length(), there.length());
                if (!same(here, there)) {
                    length = Math.min(length, PIECE);
                    bytes += differing(a, b, at, (int) length);
                }
                at += length;
            }
            List<String> files = bytes == 0 ? List.of() : files(FileSystems.on(a), FileSystems.on(b));
            return new Disk(number, b.size(), bytes, files);
        }
    }

    /** Whether two stretches are the same without looking: no contents, or in one place. */
    private static boolean same(RangeStatus a, RangeStatus b) {
        return a.zero() && b.zero()
                || a.file() != null
                        && a.fileOffset() >= 0
                        && a.file().equals(b.file())
                        && a.fileOffset() == b.fileOffset();
    }

    private static long differing(VirtualDisk a, VirtualDisk b, long at, int length) throws IOException {
        ByteBuffer left = ByteBuffer.allocate(length);
        ByteBuffer right = ByteBuffer.allocate(length);
        a.read(at, left);
        b.read(at, right);
        long bytes = 0;
        for (int n = 0; n < length; n += SECTOR) {
            int part = Math.min(SECTOR, length - n);
            if (!left.slice(n, part).equals(right.slice(n, part))) {
                bytes += part;
            }
        }
        return bytes;
    }

    private static List<String> files(List<FileSystems.Found> before, List<FileSystems.Found> after) {
        List<String> changes = new ArrayList<>();
        int most = Math.max(before.size(), after.size());
        for (int n = 0; n < most; n++) {
            Map<String, FileEntry> left = n < before.size() ? before.get(n).files() : Map.of();
            Map<String, FileEntry> right = n < after.size() ? after.get(n).files() : Map.of();
            String prefix =
                    most == 1 ? "" : (n < after.size() ? after : before).get(n).where() + ":";
            Set<String> paths = new TreeSet<>(left.keySet());
            paths.addAll(right.keySet());
            for (String path : paths) {
                FileEntry old = left.get(path);
                FileEntry now = right.get(path);
                if (!Objects.equals(old, now)) {
                    FileEntry one = now == null ? old : now;
                    changes.add((old == null ? "+ " : now == null ? "- " : "* ")
                            + prefix
                            + path
                            + (one.folder() ? "/" : ""));
                }
            }
        }
        return changes;
    }

    private static List<String> screen(String before, String after) {
        List<String> lines = new ArrayList<>();
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        old.stream().filter(l -> !l.isBlank() && !now.contains(l)).forEach(l -> lines.add("- " + l));
        now.stream().filter(l -> !l.isBlank() && !old.contains(l)).forEach(l -> lines.add("+ " + l));
        return lines;
    }
}
