package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.net.MacAddress;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.x86.Cpu;

/**
 * A process that takes, restores and deletes snapshots and suspends the machine is killed by SIGKILL at random moments, over and
 * over. Afterwards there is what was before the operation it was in, or what that makes; every snapshot shows its disk and memory.
 *
 * <p>{@code -Dterrarium.snapshot.kills=N} for more than 200 kills.
 */
class KilledSnapshotsTest {
    private static final int KILLS = Integer.getInteger("terrarium.snapshot.kills", 200);
    private static final int WORKERS = 2;
    private static final long SEED = Long.getLong("terrarium.seed", 77L);
    private static final int NUMBERS = 10_000;

    @TempDir
    Path folder;

    @Test
    void afterEveryKillTheOldOrTheNewStateIsThere() throws Exception {
        List<String> java = fastJava();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                running.add(workers.submit(new Worker(java, w)));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** A command line for a process that starts fast: one that ended by itself has shown which classes are needed. */
    private List<String> fastJava() throws Exception {
        Path jar = folder.resolve("victim.jar");
        Set<Path> libraries = new LinkedHashSet<>();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : List.of(
                    Snapshots.class,
                    SnapshotVictim.class,
                    VirtualDisk.class,
                    Cpu.class,
                    MacAddress.class,
                    com.github.luben.zstd.Zstd.class,
                    com.fasterxml.jackson.databind.JsonNode.class,
                    com.fasterxml.jackson.core.JsonParser.class,
                    com.fasterxml.jackson.annotation.JsonProperty.class,
                    com.sun.jna.Native.class)) {
                Path place = Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI());
                if (Files.isDirectory(place)) {
                    addClasses(place, out);
                } else {
                    libraries.add(place);
                }
            }
        }
        StringBuilder path = new StringBuilder(jar.toString());
        libraries.forEach(l -> path.append(':').append(l));
        Path archive = folder.resolve("victim.aot");
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Xlog:disable",
                "-XX:AOTCache=" + archive,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                path.toString(),
                SnapshotVictim.class.getName()));
        List<String> first = new ArrayList<>(java);
        first.set(first.indexOf("-XX:AOTCache=" + archive), "-XX:AOTCacheOutput=" + archive);
        MachineFolder box = Library.empty(folder.resolve("first"));
        first.addAll(List.of(box.path().toString(), "1", "1", "12"));
        Process p = new ProcessBuilder(first).redirectErrorStream(true).start();
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor(), said);
        return java;
    }

    private static void addClasses(Path classes, JarOutputStream out) throws IOException {
        try (var files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (name.startsWith("META-INF")) {
                    continue;
                }
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private final class Worker implements Callable<Void> {
        private final List<String> java;
        private final Random random;
        private final MachineFolder box;
        private final String home;
        private String known = "||false";
        private String doing = "nothing x";

        Worker(List<String> java, int number) throws IOException {
            this.java = java;
            random = new Random(SEED + number);
            home = "home" + number;
            box = Library.empty(folder.resolve(home));
        }

        @Override
        public Void call() throws Exception {
            for (int kill = 0; kill < KILLS / WORKERS; kill++) {
                String when = "seed " + SEED + ", " + home + ", kill " + kill;
                workUntilKilled(kill, when);
                look(when + ", in '" + doing + "' after " + known);
            }
            try (MachineLock _ = MachineLock.acquire(box)) {
                Snapshots.of(box).merge().await();
            }
            for (Path image : Library.images(box)) {
                Library.check(image, "at the end");
            }
            return null;
        }

        private void workUntilKilled(int kill, String when) throws Exception {
            List<String> command = new ArrayList<>(java);
            command.addAll(List.of(
                    box.path().toString(),
                    Integer.toString(random.nextInt()),
                    Integer.toString(1 + kill * NUMBERS),
                    Integer.toString(NUMBERS)));
            Process victim = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                assertNotNull(line, when + ": the process did nothing");
                Thread.sleep(random.nextInt(100));
                // Not Process.destroyForcibly, which would close the pipe with what was said last.
                victim.toHandle().destroyForcibly();
                for (; line != null; line = lines.readLine()) {
                    if (line.startsWith("try ")) {
                        doing = line.substring(4);
                    } else if (line.startsWith("now ")) {
                        known = line.substring(4);
                        doing = "nothing x";
                    }
                }
            }
            assertTrue(victim.waitFor(30, TimeUnit.SECONDS), when);
        }

        /** What an operation may have made of what was known before. */
        private Set<String> possible() {
            String[] parts = known.split("\\|", -1);
            Set<String> names = new TreeSet<>(List.of(parts[0].split(",")));
            names.remove("");
            String[] what = doing.split(" ");
            Set<String> all = new LinkedHashSet<>();
            all.add(known);
            // The state is dropped before most operations, and when the machine starts.
            all.add(parts[0] + "|" + parts[1] + "|false");
            switch (what[0]) {
                case "take" -> {
                    names.add(what[1]);
                    all.add(String.join(",", names) + "|" + what[1].replace("+", "") + "|false");
                }
                case "restore" -> all.add(parts[0] + "|" + what[1] + "|false");
                case "suspend" -> all.add(parts[0] + "|" + parts[1] + "|true");
                default -> {}
            }
            return all;
        }

        private void look(String when) throws Exception {
            try (MachineLock _ = MachineLock.acquire(box)) {
                Snapshots s = Snapshots.of(box);
                String found = SnapshotVictim.summary(s.tree());
                if (doing.startsWith("delete ")) {
                    String name = doing.substring("delete ".length());
                    Set<String> before = names(known);
                    Set<String> after = names(found);
                    if (!after.equals(before)) {
                        before.removeIf(n -> n.replace("+", "").equals(name));
                        assertEquals(before, after, when);
                    }
                } else {
                    assertTrue(possible().contains(found), when + ": found " + found + ", possible " + possible());
                }
                for (SnapshotNode n : s.tree().nodes().values()) {
                    assertEquals(
                            Integer.parseInt(n.name()),
                            SnapshotVictim.numberOf(s.disks(n).getFirst()),
                            when + ": disk of " + n.name());
                    if (n.state() == SnapshotNode.State.SAVED) {
                        s.memory(n);
                    }
                }
                SnapshotVictim.numberOf(Library.disk(box));
                s.resumable();
                known = found;
                doing = "nothing x";
            }
        }

        private static Set<String> names(String summary) {
            Set<String> names = new TreeSet<>(List.of(summary.split("\\|", -1)[0].split(",")));
            names.remove("");
            return names;
        }
    }
}
