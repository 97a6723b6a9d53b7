package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open what at the same time, in other processes: QEMU's and our own. */
class LockTest {
    @TempDir
    Path folder;

    private Path image;
    private Path note;

    @BeforeEach
    void makeImage() throws IOException {
        image = folder.resolve("image.qcow2");
        note = folder.resolve("image.qcow2.lock");
        DiskFormats.create(image, CreateOptions.qcow2(1 << 20));
    }

    /** A QEMU process that has the image open until it is told to end. */
    private final class QemuHolder implements AutoCloseable {
        private final Process process;

        QemuHolder(String... options) throws IOException {
            List<String> line = Qemu.line("qemu-io", List.of(options), image);
            process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().write("length\n".getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            // It answers once it has the image open.
            for (String one = said.readLine(); !one.contains("1 MiB"); one = said.readLine()) {
                assertFalse(one.contains("lock"), one);
            }
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }

        void stillThere() {
            assertTrue(process.isAlive());
        }
    }

    @Test
    void whatQemuWritesIsLeftAlone() throws Exception {
        try (QemuHolder writer = new QemuHolder("-f", "qcow2")) {
            DiskException writing =
                    assertThrows(DiskException.class, () -> DiskFormats.open(image, OpenOptions.readWrite()));
            assertTrue(writing.getMessage().contains("is in use"), writing.getMessage());
            DiskException reading =
                    assertThrows(DiskException.class, () -> DiskFormats.open(image, OpenOptions.readOnly()));
            assertTrue(reading.getMessage().contains("being written"), reading.getMessage());
            assertFalse(Files.exists(note));
            writer.stillThere();
        }
        DiskFormats.open(image, OpenOptions.readWrite()).close();
    }

    @Test
    void whatQemuReadsWeReadToo() throws Exception {
        try (QemuHolder reader = new QemuHolder("-r", "-f", "qcow2")) {
            DiskFormats.open(image, OpenOptions.readOnly()).close();
            assertThrows(DiskException.class, () -> DiskFormats.open(image, OpenOptions.readWrite()));
            reader.stillThere();
        }
        DiskFormats.open(image, OpenOptions.readWrite()).close();
    }

    @Test
    void qemuLeavesAloneWhatWeWriteAndSharesWhatWeRead() throws IOException {
        Path overlay = folder.resolve("overlay.qcow2");
        DiskFormats.create(overlay, CreateOptions.overlay("image.qcow2", DiskFormat.QCOW2));
        try (VirtualDisk disk = DiskFormats.open(overlay, OpenOptions.readWrite())) {
            assertFalse(disk.readOnly());
            assertTrue(Qemu.run("qemu-io", "-c", "write 0 512", overlay.toString())
                    .output()
                    .contains("lock"));
            assertTrue(Qemu.run("qemu-img", "info", overlay.toString()).output().contains("lock"));
            // Looking at it past all locks is possible, as with QEMU's own.
            Qemu.ok("qemu-img", "info", "-U", overlay.toString());
            Qemu.ok("qemu-img", "check", image.toString());
            assertTrue(Qemu.run("qemu-io", "-c", "write 0 512", image.toString())
                    .output()
                    .contains("lock"));
            // Others may have it as their backing file too.
            DiskFormats.open(image, OpenOptions.readOnly()).close();
        }
        Qemu.ok("qemu-io", "-c", "write 0 512", image.toString());
    }

    /** Keeps an image open for writing until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (VirtualDisk disk = DiskFormats.open(Path.of(args[0]), OpenOptions.readWrite())) {
                System.out.println(disk.size());
                while (System.in.read() >= 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void anotherOfOurProcessesIsNamedAndItsDeathFreesTheImage() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        image.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        assertEquals(String.valueOf(1 << 20), said.readLine());
        String text = Files.readString(note);
        assertTrue(text.contains("pid=" + holder.pid()) && text.contains("heartbeat="), text);
        for (OpenOptions how : new OpenOptions[] {OpenOptions.readWrite(), OpenOptions.readOnly()}) {
            DiskException e = assertThrows(DiskException.class, () -> DiskFormats.open(image, how));
            assertTrue(e.getMessage().contains("process " + holder.pid()), e.getMessage());
        }
        holder.toHandle().destroyForcibly();
        assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
        assertTrue(Files.exists(note), "a killed process leaves its note");
        DiskFormats.open(image, OpenOptions.readOnly()).close();
        DiskFormats.open(image, OpenOptions.readWrite()).close();
        assertFalse(Files.exists(note));
    }

    /** A process that is just being started has copies of our descriptors; they must not keep an image that we have closed. */
    @Test
    void processesBeingStartedHoldNothing() throws Exception {
        Thread starter = new Thread(() -> {
            for (int i = 0; i < 60; i++) {
                try {
                    new ProcessBuilder("true").start().waitFor();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        starter.start();
        do {
            DiskFormats.open(image, OpenOptions.readWrite()).close();
        } while (starter.isAlive());
        starter.join();
    }

    private void noteOfAnotherHost(Instant heartbeat) throws IOException {
        Files.writeString(
                note, "owner=ann\npid=1\nhost=elsewhere\nstarted=" + Instant.EPOCH + "\nheartbeat=" + heartbeat + "\n");
    }

    @Test
    void ownerOnAnotherHostCountsAsLongAsItsHeartBeats() throws IOException {
        noteOfAnotherHost(Instant.now());
        DiskException e = assertThrows(DiskException.class, () -> DiskFormats.open(image, OpenOptions.readWrite()));
        assertTrue(e.getMessage().contains("in use by ann on elsewhere (process 1)"), e.getMessage());
        assertThrows(DiskException.class, () -> DiskFormats.open(image, OpenOptions.readOnly()));
        assertTrue(Files.exists(note));
        noteOfAnotherHost(Instant.now().minusSeconds(70));
        DiskFormats.open(image, OpenOptions.readOnly()).close();
        DiskFormats.open(image, OpenOptions.readWrite()).close();
        assertFalse(Files.exists(note));
    }

    @Test
    void noteCutShortByACrashIsNobodys() throws IOException {
        for (String text : new String[] {"", "owner=a\\u00", "pid=x\nhost=elsewhere\nheartbeat=then"}) {
            Files.writeString(note, text);
            DiskFormats.open(image, OpenOptions.readWrite()).close();
            assertFalse(Files.exists(note));
        }
    }
}
