package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.Assembled;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;
import org.terrarium.vm.spec.AccelSpec;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.MachineSpec;

/** Small machines with one disk for tests of snapshots. */
public final class Library {
    public static final int DISK = 2 << 20;

    private Library() {}

    public static MachineSpec small(String name) {
        return MachineSpec.of(name)
                .withMemory(4)
                .withAccel(AccelSpec.INTERPRETER)
                .withDisplay(new DisplaySpec(DisplaySpec.DEFAULT.scaling(), false, 1));
    }

    /** A machine with an empty disk. */
    public static MachineFolder empty(Path home) throws IOException {
        return new MachineLibrary(home).create(small("box"), DISK);
    }

    /** A machine that boots a guest program. */
    public static MachineFolder booting(String program, Path home, Path scratch) throws Exception {
        Path image = Assembled.image(program, scratch);
        MachineFolder folder = empty(home);
        Path disk = folder.resolve(folder.load().disks().getFirst().file());
        Files.delete(disk);
        try (VirtualDisk source = DiskFormats.open(image, OpenOptions.readOnly().withFormat(DiskFormat.RAW))) {
            DiskConvert.convert(source, disk, CreateOptions.qcow2(0), false, 1, Progress.NONE);
        }
        return folder;
    }

    public static MachineSession open(MachineFolder folder) throws IOException {
        return MachineSession.open(folder, folder.load(), RunOptions.plain(OutputStream.nullOutputStream()));
    }

    /** The image that the machine's first disk is now. */
    public static Path disk(MachineFolder folder) throws IOException {
        return folder.resolve(folder.load().disks().getFirst().file());
    }

    public static byte[] contents(Path image) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            ByteBuffer all = ByteBuffer.allocate((int) disk.size());
            disk.read(0, all);
            return all.array();
        }
    }

    public static void write(MachineFolder folder, long at, byte[] bytes) throws IOException {
        try (MachineLock _ = MachineLock.acquire(folder);
                VirtualDisk disk = DiskFormats.open(disk(folder), OpenOptions.readWrite())) {
            disk.write(at, ByteBuffer.wrap(bytes));
        }
    }

    /** qemu-img has nothing to complain about an image. */
    public static void check(Path image, String when) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/qemu-img")), "qemu-utils is not installed");
        Process p = new ProcessBuilder("qemu-img", "check", "-q", "-f", "qcow2", image.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(p.waitFor(60, TimeUnit.SECONDS), "qemu-img hangs");
        assertEquals(0, p.exitValue(), when + ": " + image + ": " + said);
    }

    /** All images in the machine's folder. */
    public static List<Path> images(MachineFolder folder) throws IOException {
        try (var files = Files.list(folder.disks())) {
            return files.filter(f -> f.toString().endsWith(".qcow2")).sorted().toList();
        }
    }
}
