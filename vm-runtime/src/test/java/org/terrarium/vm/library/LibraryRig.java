package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;

/** A library of its own in a test's folder, and a machine "one" in it with a disk, two network cards, settings and a floppy. */
public final class LibraryRig {
    public static final int SIZE = 3 << 20;

    public final MachineLibrary library;
    public final MachineFolder machine;
    public final Gate gate;
    public final Random random = new Random(7);

    public LibraryRig(Path folder) throws IOException {
        library = new MachineLibrary(folder.resolve("home"));
        gate = Gate.ownFolderAnd(List.of(library.home()));
        MachineSpec spec = MachineSpec.of("one")
                .withMemory(64)
                .withNics(List.of(NicSpec.usual(random), NicSpec.usual(random)))
                .withNotes("first");
        machine = library.create(spec, SIZE);
        Files.write(machine.nvram(), new byte[] {1, 2, 3});
        Files.write(machine.path().resolve("boot.img"), new byte[1440 << 10]);
        library.update(machine, machine.load().withFloppies(List.of(Path.of("boot.img"))));
        write(machine, 0, 0, 'a', SIZE / 2);
    }

    /** The file of a machine's disk. */
    public static Path disk(MachineFolder machine, int number) throws IOException {
        return machine.resolve(machine.load().disks().get(number).file());
    }

    public OpenOptions how(boolean writable) {
        return OpenOptions.readOnly().withWritable(writable).withGate(gate);
    }

    /** Fills a stretch of a disk with one octet. */
    public void write(MachineFolder of, int number, long at, int octet, int length) throws IOException {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) octet);
        try (VirtualDisk disk = DiskFormats.open(disk(of, number), how(true))) {
            disk.write(at, ByteBuffer.wrap(bytes));
        }
    }

    /** What the guest sees of a disk. */
    public byte[] contents(MachineFolder of, int number) throws IOException {
        return contents(disk(of, number));
    }

    public byte[] contents(Path image) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, how(false))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) disk.size());
            disk.read(0, bytes);
            return bytes.array();
        }
    }

    /** Runs a tool of the host that has to succeed; what it said. */
    public static String tool(Object... words) throws IOException {
        List<String> line = Arrays.stream(words).map(Object::toString).toList();
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.onExit().join().exitValue(), () -> line + ": " + output);
        return output;
    }

    /** It fails with one sentence that has these words in it. */
    public static void refused(String words, Executable what) {
        String sentence = assertThrows(IOException.class, what).getMessage();
        assertTrue(sentence.contains(words), sentence);
        assertEquals(1, sentence.lines().count(), sentence);
    }

    /** Only these machines are in the library, and nothing else, hidden or not; machine "one" is in nobody's hands. */
    public void requireOnly(String... machines) throws IOException {
        try (Stream<Path> files = Files.list(library.home())) {
            assertEquals(
                    Stream.of(machines)
                            .map(name -> name + ".terrarium")
                            .sorted()
                            .toList(),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.notExists(machine.lock()), "the lock is given back");
    }
}
