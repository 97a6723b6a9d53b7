package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;

/** Files that are not what they should be: one sentence that begins with the path, and nothing is changed. */
@Timeout(120)
class BadInputTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeFiles() throws IOException {
        cli = new Cli(folder.resolve("home"));
        byte[] random = new byte[131_072];
        new SplittableRandom(5).nextBytes(random);
        Files.write(folder.resolve("random"), random);
        Files.write(folder.resolve("odd"), new byte[3000]);
        Files.write(folder.resolve("large"), new byte[9 << 20]);
        Files.createFile(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("folder"));
        Path whole = folder.resolve("whole.qcow2");
        DiskFormats.create(whole, CreateOptions.qcow2(1 << 30));
        byte[] image = Files.readAllBytes(whole);
        Files.write(folder.resolve("headless"), java.util.Arrays.copyOf(image, 60));
        Files.write(folder.resolve("tableless"), java.util.Arrays.copyOf(image, 300));
        image[7] = 9;
        Files.write(folder.resolve("version9"), image);
        byte[] iso = new byte[40 << 10];
        System.arraycopy("\u0001CD001\u0001".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, iso, 32768, 7);
        iso[32768 + 80] = 100; // blocks
        iso[32768 + 129] = 8; // of 2048 bytes
        Files.write(folder.resolve("cut.iso"), iso);
    }

    private void refused(String option, String file, String complaint) throws IOException {
        Path path = folder.resolve(file);
        byte[] before = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
        Cli.Result result = cli.run("run", "--headless", "--memory", "16", "--timeout", "20", option, path.toString());
        assertEquals(1, result.status(), result.err());
        String sentence = result.err().strip();
        assertEquals(1, sentence.lines().count(), sentence);
        assertTrue(sentence.startsWith("terrarium: " + path), sentence);
        assertTrue(sentence.contains(complaint), sentence);
        if (Files.isRegularFile(path)) {
            assertArrayEquals(before, Files.readAllBytes(path), "the file was changed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--cdrom, none, does not exist",
        "--cdrom, none/at/all, its folder does not exist",
        "--cdrom, folder, is a folder",
        "--cdrom, empty, is empty",
        "--cdrom, random, is not a CD image",
        "--cdrom, cut.iso, 'truncated: it should have 204800 bytes and has 40960'",
        "--disk, none, does not exist",
        "--disk, folder, is a folder",
        "--disk, empty, is empty",
        "--disk, headless, the qcow2 image is truncated",
        "--disk, tableless, the qcow2 image is truncated",
        "--disk, version9, is qcow2 version 9",
        "--floppy, none, does not exist",
        "--floppy, folder, is a folder",
        "--floppy, large, more than any floppy holds",
        "--firmware, none, does not exist",
        "--firmware, folder, is a folder",
        "--firmware, empty, is not a multiple of 64 KiB",
        "--firmware, odd, is not a multiple of 64 KiB",
        "--firmware, large, is too large for a firmware ROM",
        "--firmware, random, there is no jump at its reset vector",
        "--kernel, none, does not exist",
        "--kernel, folder, is a folder",
        "--kernel, empty, is no kernel",
        "--kernel, random, is no kernel",
    })
    void badFilesAreRefusedInOneSentence(String option, String file, String complaint) throws IOException {
        refused(option, file, complaint);
    }

    @Test
    void memoryLargerThanTheHostsIsRefused() throws IOException {
        for (String[] line : List.of(
                new String[] {"run", "--headless", "--memory", "524288"},
                new String[] {"vm", "create", "big", "--memory", "524288"})) {
            Cli.Result result = cli.run(line);
            assertEquals(1, result.status(), result.err());
            assertTrue(result.err().contains("MiB of memory, but this host has"), result.err());
            assertEquals(1, result.err().strip().lines().count(), result.err());
        }
        assertFalse(Files.exists(folder.resolve("home/big.terrarium")));
    }

    /** On a file system of one mebibyte of its own; only root can have that. */
    @Test
    void aFullHostDiskIsSaidAndNothingIsHalfWritten() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
                "only root can make a small file system");
        try {
            Cli there = new Cli(small.resolve("home"));
            assertEquals(0, there.run("vm", "create", "a", "--memory", "16").status());
            Path description = small.resolve("home/a.terrarium/machine.json");
            byte[] before = Files.readAllBytes(description);
            fill(small.resolve("filler"));
            String home = small.resolve("home").toString();
            full(there, home, "vm", "create", "b", "--memory", "16", "--disk-size", "1G");
            full(there, home, "vm", "set", "a", "--memory", "17");
            full(there, home, "run", "a", "--headless", "--timeout", "20");
            full(there, "machine a", "vm", "start", "a", "--headless");
            full(
                    there,
                    small.toString(),
                    "disk",
                    "create",
                    small.resolve("d.qcow2").toString(),
                    "--size",
                    "1G");
            Path picture = small.resolve("x.png");
            full(
                    cli,
                    picture.toString(),
                    "run",
                    "--headless",
                    "--memory",
                    "16",
                    "--timeout",
                    "30",
                    "--until-screen",
                    "Terrarium",
                    "--screenshot",
                    picture.toString());
            assertArrayEquals(before, Files.readAllBytes(description));
            assertEquals(List.of("filler", "home"), names(small));
            assertEquals(List.of("a.terrarium"), names(small.resolve("home")));
        } finally {
            assertTrue(done("umount", small.toString()));
        }
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertTrue(Files.size(filler) > 500_000, "the disk is not full: " + e);
        }
    }

    private static void full(Cli cli, String named, String... line) {
        Cli.Result result = cli.run(line);
        String sentence = result.err().strip();
        assertEquals(1, result.status(), sentence);
        assertEquals(1, sentence.lines().count(), sentence);
        assertTrue(sentence.contains("full; make some space") && sentence.contains(named), sentence);
    }

    private static List<String> names(Path of) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(of)) {
            files.forEach(f -> names.add(f.getFileName().toString()));
        }
        return names.stream().sorted().toList();
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return p.waitFor(20, TimeUnit.SECONDS) && p.exitValue() == 0;
    }
}
