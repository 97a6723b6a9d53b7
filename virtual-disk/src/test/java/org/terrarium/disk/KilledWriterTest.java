package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed by SIGKILL at random moments, over and over: all that it said was flushed is in the image, and
 * QEMU's check finds leaks at most.
 *
 * <p>{@code -Dterrarium.disk.kills=N} for more than 300 kills.
 */
class KilledWriterTest {
    private static final int KILLS = Integer.getInteger("terrarium.disk.kills", 300);
    private static final long SEED = Long.getLong("terrarium.disk.seed", System.nanoTime());
    private static final int WORKERS = 2;

    @TempDir
    Path folder;

    private record Case(String name, CreateOptions options, boolean snapshots) {}

    private List<Case> cases() {
        CreateOptions small =
                CreateOptions.qcow2((long) CrashPlan.BLOCK * CrashPlan.BLOCKS).withClusterSize(CrashPlan.BLOCK);
        Qcow2Options usual = Qcow2Options.DEFAULT;
        // QEMU takes a relative name as seen from where it runs.
        String data = folder.resolve("data/killed.data").toString();
        return List.of(
                new Case("plain", small, false),
                new Case("lazy", small.withLazyRefcounts(), false),
                new Case("tiny", small.withClusterSize(512), false),
                new Case("large", small.withClusterSize(65536), false),
                new Case("zstd", small.withQcow2(usual.withZstd()), false),
                new Case("old", small.withQcow2(usual.withVersion(2)), false),
                new Case("extended", small.withClusterSize(16384).withQcow2(usual.withExtendedL2()), false),
                new Case("data", small.withQcow2(usual.withDataFile(data, false)), false),
                new Case("snapshots", small, true),
                new Case("lazysnaps", small.withLazyRefcounts(), true));
    }

    @Test
    void killedWriterLosesNothingFlushed() throws Exception {
        List<String> java = fastJava();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            List<Case> cases = cases();
            for (int i = 0; i < cases.size(); i++) {
                int kills = KILLS / cases.size() + (i < KILLS % cases.size() ? 1 : 0);
                running.add(workers.submit(new Worker(java, cases.get(i), kills, SEED + i)));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + SEED + ": " + e.getCause().getMessage(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /** A command line for the writer that starts in a few hundredths of a second. */
    private List<String> fastJava() throws Exception {
        Path jar = folder.resolve("writer.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : List.of(VirtualDisk.class, CrashWriter.class)) {
                addClasses(folderOf(type), out);
            }
        }
        Path archive = folder.resolve("writer.jsa");
        String path = jar + ":" + folderOf(com.github.luben.zstd.Zstd.class);
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for a few hundredths of a second: compiling anything costs more than it saves.
                "-Xint",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xshare:auto",
                "-Xlog:disable",
                "-XX:SharedArchiveFile=" + archive,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                path,
                CrashWriter.class.getName()));
        // One whole run shows which classes are needed.
        Path image = folder.resolve("first.qcow2");
        DiskFormats.create(image, cases().getFirst().options);
        List<String> first = new ArrayList<>(java);
        first.set(first.indexOf("-XX:SharedArchiveFile=" + archive), "-XX:ArchiveClassesAtExit=" + archive);
        first.addAll(List.of(image.toString(), "1", "1", "true", "10"));
        Qemu.ok(first);
        return java;
    }

    private static void addClasses(Path classes, JarOutputStream out) throws IOException {
        try (var files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static Path folderOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private final class Worker implements Callable<Void> {
        private final List<String> java;
        private final Case what;
        private final int kills;
        private final long seed;
        private final Path image;
        private final Random random;
        /** For each block the versions that it may show: the flushed one first. */
        private final List<List<Integer>> allowed = new ArrayList<>();

        private int next = 1;

        Worker(List<String> java, Case what, int kills, long seed) throws IOException {
            this.java = java;
            this.what = what;
            this.kills = kills;
            this.seed = seed;
            this.random = new Random(seed);
            this.image = Files.createDirectory(folder.resolve(what.name)).resolve("killed.qcow2");
            for (int i = 0; i < CrashPlan.BLOCKS; i++) {
                allowed.add(new ArrayList<>(List.of(0)));
            }
        }

        @Override
        public Void call() throws Exception {
            DiskFormats.create(image, what.options);
            for (int kill = 0; kill < kills; kill++) {
                int safe = writeUntilKilled();
                look(safe, what.name + ", kill " + kill + ", seed " + seed);
            }
            return null;
        }

        /** The last round that the writer said was flushed. */
        private int writeUntilKilled() throws Exception {
            List<String> command = new ArrayList<>(java);
            command.addAll(List.of(
                    image.toString(),
                    String.valueOf(seed),
                    String.valueOf(next),
                    String.valueOf(what.snapshots),
                    String.valueOf(next + 100_000)));
            Process writer = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int safe = next - 1;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                if (line == null) {
                    fail(what.name + ": the writer did nothing");
                }
                Thread.sleep(random.nextInt(25), random.nextInt(1_000_000));
                // Not Process.destroyForcibly, which would close the pipe with what was said last.
                writer.toHandle().destroyForcibly();
                for (; line != null; line = lines.readLine()) {
                    safe = Integer.parseInt(line);
                }
            }
            assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
            return safe;
        }

        private void look(int safe, String failure) throws IOException {
            boolean trusted = !DiskFormats.info(image).dirty();
            if (trusted) {
                Qemu.checkAtMostLeaks(image);
            }
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                int found = Collections.min(CrashPlan.sectorVersions(0, read(disk, 0)));
                assertTrue(found >= safe, failure + ": round " + safe + " was flushed, found " + found);
                for (int round = next; round <= safe; round++) {
                    for (CrashPlan.Step step : CrashPlan.round(seed, round)) {
                        if (step.kind() == CrashPlan.Step.Kind.DISCARD) {
                            // Less than a cluster may stay as it was.
                            allowed.get(step.block()).add(step.version());
                        } else {
                            allowed.set(step.block(), new ArrayList<>(List.of(step.version())));
                        }
                    }
                }
                // What was under way may be there or not, sector by sector, and no reader is told which.
                Set<Integer> underWay = new HashSet<>();
                for (int round = safe + 1; round <= safe + 2; round++) {
                    for (CrashPlan.Step step : CrashPlan.round(seed, round)) {
                        allowed.get(step.block()).add(step.version());
                        underWay.add(step.block());
                    }
                }
                for (int block = 0; block < CrashPlan.BLOCKS; block++) {
                    Set<Integer> shown = new HashSet<>(CrashPlan.sectorVersions(block, read(disk, block)));
                    assertTrue(
                            allowed.get(block).containsAll(shown) && (shown.size() == 1 || underWay.contains(block)),
                            failure + ": block " + block + " shows " + shown + ", allowed " + allowed.get(block)
                                    + ", safe " + safe + ", under way " + underWay.contains(block));
                    if (block == 0 || shown.size() > 1) {
                        disk.write((long) block * CrashPlan.BLOCK, CrashPlan.contents(block, safe + 2));
                        shown = Set.of(safe + 2);
                    }
                    allowed.set(block, new ArrayList<>(shown));
                }
                disk.flush();
                next = safe + 3;
            }
            if (!trusted) {
                Qemu.checkAtMostLeaks(image);
            }
        }

        private ByteBuffer read(VirtualDisk disk, int block) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(CrashPlan.BLOCK);
            disk.read((long) block * CrashPlan.BLOCK, bytes);
            return bytes.clear();
        }
    }
}
