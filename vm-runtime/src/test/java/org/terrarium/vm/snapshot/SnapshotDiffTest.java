package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.snapshot.fs.FileEntry;
import org.terrarium.vm.snapshot.fs.FileSystems;
import org.terrarium.vm.state.RamImage;

/** Comparing snapshots, and the readers of directories that it uses; the usual tools make the file systems. */
class SnapshotDiffTest {
    @TempDir
    Path folder;

    private static void run(String... command) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(command[0])),
                () -> command[0] + " is missing (for NTFS: install ntfs-3g; the others come with packaging/test.sh)");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8"); // for names that are not ASCII
        Process p = builder.start();
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor(), String.join(" ", command) + ": " + said);
    }

    /** Files with odd names and many of them in one folder. */
    private Path tree() throws IOException {
        Path root = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(root.resolve("short.txt"), "x");
        Files.writeString(root.resolve("a rather long name with blanks and Ümläute.text"), "yy");
        Path deep = Files.createDirectories(root.resolve("one/two/three"));
        Files.write(deep.resolve("large.bin"), new byte[300_000]);
        Path many = Files.createDirectory(root.resolve("many"));
        for (int n = 0; n < 600; n++) {
            Files.writeString(many.resolve("file number " + n), "z".repeat(n));
        }
        return root;
    }

    private static Map<String, Long> expected(Path root) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (var files = Files.walk(root)) {
            for (Path f : (Iterable<Path>) files::iterator) {
                if (!f.equals(root)) {
                    sizes.put("/" + root.relativize(f), Files.isDirectory(f) ? 0 : Files.size(f));
                }
            }
        }
        return sizes;
    }

    private static void shows(Path image, String kind, String where, Map<String, Long> expected) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly().withFormat(DiskFormat.RAW))) {
            List<FileSystems.Found> found = FileSystems.on(disk);
            assertEquals(1, found.size(), "file systems");
            assertEquals(kind, found.getFirst().kind());
            assertEquals(where, found.getFirst().where());
            Map<String, Long> sizes = new TreeMap<>();
            for (FileEntry e : found.getFirst().files().values()) {
                sizes.put(e.path(), e.size());
            }
            sizes.remove("/lost+found");
            assertEquals(expected, sizes);
        }
    }

    @Test
    void ext4() throws Exception {
        Path root = tree();
        for (String type : new String[] {"ext2", "ext4"}) {
            Path image = folder.resolve(type);
            run("/usr/sbin/mkfs.ext4", "-q", "-t", type, "-d", root.toString(), image.toString(), "16M");
            shows(image, "ext4", "the disk", expected(root));
        }
    }

    @Test
    void fatInAPartition() throws Exception {
        Path root = tree();
        for (String bits : new String[] {"12", "16", "32"}) {
            Path image = folder.resolve("fat" + bits);
            int mib = bits.equals("12") ? 6 : bits.equals("16") ? 20 : 40;
            Path part = folder.resolve("part" + bits);
            Files.write(part, new byte[mib << 20]);
            run("/usr/sbin/mkfs.vfat", "-F", bits, part.toString());
            List<String> copy = new ArrayList<>(List.of("/usr/bin/mcopy", "-s", "-i", part.toString()));
            try (var files = Files.list(root)) {
                files.sorted(Comparator.naturalOrder()).forEach(f -> copy.add(f.toString()));
            }
            copy.add("::");
            run(copy.toArray(String[]::new));
            ByteBuffer disk = ByteBuffer.allocate((mib + 1) << 20).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            disk.put(446 + 16 + 4, (byte) 0x0C).putInt(446 + 16 + 8, 2048).putInt(446 + 16 + 12, mib << 11);
            disk.put(510, (byte) 0x55).put(511, (byte) 0xAA).put(1 << 20, Files.readAllBytes(part));
            Files.write(image, disk.array());
            shows(image, "FAT", "partition 1", expected(root));
        }
    }

    @Test
    void iso9660() throws Exception {
        Path root = tree();
        Path image = folder.resolve("cd.iso");
        run(
                "/usr/bin/xorriso",
                "-as",
                "mkisofs",
                "-quiet",
                "-J",
                "-joliet-long",
                "-o",
                image.toString(),
                root.toString());
        shows(image, "ISO 9660", "the disk", expected(root));
    }

    @Test
    void ntfs() throws Exception {
        Path image = folder.resolve("ntfs");
        Files.write(image, new byte[16 << 20]);
        run("/usr/sbin/mkntfs", "-q", "-F", "-p", "0", "-H", "16", "-S", "63", image.toString());
        Map<String, Long> expected = new TreeMap<>();
        for (int n = 0; n < 80; n++) {
            Path file = folder.resolve("a file with a long name " + n);
            Files.write(file, new byte[n * 700]);
            run("/usr/sbin/ntfscp", "-q", image.toString(), file.toString(), "/" + file.getFileName());
            expected.put("/" + file.getFileName(), n * 700L);
        }
        shows(image, "NTFS", "the disk", expected);
    }

    /** A guest decides what is in its file systems: nonsense ends the reading, nothing else. */
    @Test
    void damagedFileSystemsAreReadAsFarAsTheyGo() throws Exception {
        Path root = tree();
        Path ext = folder.resolve("ext");
        run("/usr/sbin/mkfs.ext4", "-q", "-d", root.toString(), ext.toString(), "4M");
        Path iso = folder.resolve("iso");
        run("/usr/bin/xorriso", "-as", "mkisofs", "-quiet", "-J", "-o", iso.toString(), root.toString());
        Random random = new Random(Long.getLong("terrarium.seed", 6L));
        Path broken = folder.resolve("broken");
        for (Path image : new Path[] {ext, iso}) {
            byte[] good = Files.readAllBytes(image);
            for (int round = 0; round < 150; round++) {
                byte[] bad = good.clone();
                for (int n = 0; n < 400; n++) {
                    bad[random.nextInt(Math.min(bad.length, n % 2 == 0 ? 80_000 : bad.length))] =
                            (byte) random.nextInt();
                }
                Files.write(broken, bad);
                try (VirtualDisk disk =
                        DiskFormats.open(broken, OpenOptions.readOnly().withFormat(DiskFormat.RAW))) {
                    FileSystems.on(disk);
                }
            }
        }
    }

    @Test
    void whatChangedBetweenTwoSnapshots() throws Exception {
        Path root = tree();
        Path image = folder.resolve("image");
        run(
                "/usr/sbin/mkfs.ext4",
                "-q",
                "-b",
                "1024",
                "-N",
                "1024",
                "-O",
                "^has_journal",
                "-d",
                root.toString(),
                image.toString(),
                "2M");
        MachineFolder box = Library.empty(folder.resolve("home"));
        Library.write(box, 0, Files.readAllBytes(image));
        take(box, "before");
        Path debugfs = folder.resolve("commands");
        Files.writeString(debugfs, "rm short.txt\nwrite " + debugfs + " new.txt\nmkdir made\n");
        run("/usr/sbin/debugfs", "-w", "-f", debugfs.toString(), image.toString());
        byte[] old = Library.contents(Library.disk(box));
        byte[] now = Files.readAllBytes(image);
        long differ = 0;
        for (int n = 0; n < now.length; n += 512) {
            if (java.util.Arrays.mismatch(old, n, n + 512, now, n, n + 512) >= 0) {
                Library.write(box, n, java.util.Arrays.copyOfRange(now, n, n + 512));
                differ += 512;
            }
        }
        box.save(box.load().withMemory(8).withNotes("larger"));
        take(box, "after");
        Snapshots s = Snapshots.of(box);
        SnapshotDiff diff =
                SnapshotDiff.between(s, s.tree().find("before"), s.tree().find("after"), Progress.NONE);
        assertEquals(
                List.of(new SnapshotDiff.Setting("memory", "4", "8"), new SnapshotDiff.Setting("notes", "", "larger")),
                diff.settings());
        assertEquals(differ, diff.disks().getFirst().bytes());
        assertEquals(
                List.of("+ /made/", "+ /new.txt", "- /short.txt"),
                diff.disks().getFirst().files());
        assertEquals(-1, diff.memoryPages());
        SnapshotDiff none =
                SnapshotDiff.between(s, s.tree().find("after"), s.tree().find("after"), Progress.NONE);
        assertTrue(none.settings().isEmpty() && none.disks().getFirst().bytes() == 0, none.toString());
    }

    /** Memory and screen: the pages that differ byte by byte, and the lines that are on one screen only. */
    @Test
    void whatChangedWhileAMachineRan() throws Exception {
        MachineFolder box = Library.empty(folder.resolve("home"));
        try (MachineSession session = Library.open(box)) {
            session.machine().runInstructions(5); // long before it has looked for a system
            SteadyWork.take(session, "early");
            session.machine().resume();
            assertTrue(
                    session.machine().awaitScreen("No bootable", SteadyWork.PATIENCE),
                    () -> session.machine().screenText());
            SteadyWork.take(session, "late");
        }
        Snapshots s = Snapshots.of(box);
        SnapshotNode early = s.tree().find("early");
        SnapshotNode late = s.tree().find("late");
        SnapshotDiff diff = SnapshotDiff.between(s, early, late, Progress.NONE);
        List<String> then = lines(s.screenText(early));
        List<String> now = lines(s.screenText(late));
        assertTrue(diff.screen().toString().contains("+ "), "the screen has changed: " + diff.screen());
        assertTrue(now.toString().contains("No bootable") && !then.toString().contains("No bootable"), then.toString());
        List<String> gone = then.stream().filter(l -> !now.contains(l)).toList();
        List<String> come = now.stream().filter(l -> !then.contains(l)).toList();
        List<String> expected = new ArrayList<>();
        gone.forEach(l -> expected.add("- " + l));
        come.forEach(l -> expected.add("+ " + l));
        assertEquals(expected, diff.screen());
        List<String> back = new ArrayList<>();
        come.forEach(l -> back.add("- " + l));
        gone.forEach(l -> back.add("+ " + l));
        assertEquals(back, SnapshotDiff.between(s, late, early, Progress.NONE).screen());
        byte[] before = memory(s, early);
        byte[] after = memory(s, late);
        int pages = 0;
        for (int at = 0; at < before.length; at += 4096) {
            pages += java.util.Arrays.mismatch(before, at, at + 4096, after, at, at + 4096) >= 0 ? 1 : 0;
        }
        assertTrue(pages > 0, "the firmware has written nothing");
        assertEquals(pages, diff.memoryPages());
        assertEquals(0, diff.disks().getFirst().bytes());
    }

    private static List<String> lines(String screen) {
        return screen.lines().filter(l -> !l.isBlank()).toList();
    }

    private static byte[] memory(Snapshots s, SnapshotNode node) throws IOException {
        RamImage image = s.memory(node);
        byte[] bytes = new byte[image.pages() * 4096];
        image.copyTo(MemorySegment.ofArray(bytes));
        return bytes;
    }

    private static void take(MachineFolder box, String name) throws IOException {
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).take(new Snapshots.Wish(name, "", false));
        }
    }
}
