package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Progress;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;

/** A host's disk that becomes full in the middle: a small file system in memory. Skipped where none can be mounted. */
class FullHostTest {
    @TempDir
    Path folder;

    private Path home;
    private boolean mounted;
    private final Random random = new Random(9);

    @BeforeEach
    void mount() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        Process p = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=12m", "terrarium-test", home.toString())
                .redirectErrorStream(true)
                .start();
        p.getInputStream().readAllBytes();
        mounted = p.waitFor() == 0;
        Assumptions.assumeTrue(mounted, "file systems can only be mounted by root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            new ProcessBuilder("umount", "-l", home.toString()).start().waitFor();
        }
    }

    /** Takes all space but a little. */
    private Path fillUp(int leave) throws IOException {
        Path ballast = home.resolve("ballast");
        long free = Files.getFileStore(home).getUsableSpace();
        Files.write(ballast, new byte[(int) Math.max(0, free - leave)]);
        return ballast;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void takingAndDeletingTellAndChangeNothing() throws Exception {
        MachineFolder box = Library.empty(home);
        byte[][] shown = new byte[3][];
        String[] ids = new String[3];
        for (int n = 0; n < 3; n++) {
            Library.write(box, n * 100_000L, noise(600_000));
            shown[n] = Library.contents(Library.disk(box));
            try (MachineLock _ = MachineLock.acquire(box)) {
                ids[n] = Snapshots.of(box)
                        .take(new Snapshots.Wish("s" + n, "", false))
                        .id();
            }
        }
        for (int leave : new int[] {0, 8 << 10, 100 << 10, 300 << 10}) {
            Path ballast;
            // whether it has space or not, nothing is lost
            try (MachineLock _ = MachineLock.acquire(box)) {
                ballast = fillUp(leave);
                Snapshots s = Snapshots.of(box);
                try {
                    s.merge().await();
                    SnapshotNode node = s.take(new Snapshots.Wish("full", "", false));
                    s.delete(node.id(), Progress.NONE);
                    s.merge().await();
                } catch (IOException e) {
                    assertTrue(e.getMessage().contains("full"), e.getMessage());
                }
            }
            Files.delete(ballast);
            compare(box, ids, shown);
        }
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots s = Snapshots.of(box);
            s.delete(ids[1], Progress.NONE);
            Path ballast = fillUp(64 << 10);
            IOException e = assertThrows(IOException.class, () -> s.merge().await());
            assertTrue(e.getMessage().contains("full"), e.getMessage());
            Files.delete(ballast);
            assertArrayEquals(
                    shown[2],
                    Library.contents(s.disks(s.tree().nodes().get(ids[2])).getFirst()));
            s.merge().await();
            assertArrayEquals(
                    shown[2],
                    Library.contents(s.disks(s.tree().nodes().get(ids[2])).getFirst()));
        }
        for (Path image : Library.images(box)) {
            Library.check(image, "at the end");
        }
    }

    private static void compare(MachineFolder box, String[] ids, byte[][] shown) throws IOException {
        Snapshots s = Snapshots.of(box);
        for (int n = 0; n < ids.length; n++) {
            assertArrayEquals(
                    shown[n],
                    Library.contents(s.disks(s.tree().nodes().get(ids[n])).getFirst()),
                    "s" + n);
        }
    }

    @Test
    void aRunningMachineRunsOn() throws Exception {
        MachineFolder box = Library.booting("steady-work", home, folder);
        try (MachineSession session = Library.open(box)) {
            session.start();
            assertTrue(session.machine().debugPort().await("..", 60_000_000_000L));
            Path ballast = fillUp(4 << 10);
            LiveSnapshots live = session.snapshots().orElseThrow();
            IOException e = assertThrows(
                    IOException.class,
                    () -> live.take(new Snapshots.Wish("full", "", false))
                            .saving()
                            .await());
            assertTrue(e.getMessage().contains("full"), e.getMessage());
            assertEquals(0, live.tree().nodes().size());
            IOException suspended = assertThrows(IOException.class, () -> live.suspend(Progress.NONE));
            assertTrue(suspended.getMessage().contains("runs on"), suspended.getMessage());
            Files.delete(ballast);
            session.machine().resume(); // it may wait for space
            assertTrue(session.machine().debugPort().await("....", 60_000_000_000L), session.machine()::screenText);
            assertEquals(MachineState.RUNNING, session.machine().state());
            live.take(new Snapshots.Wish("now", "", false)).saving().await();
            assertEquals(1, live.tree().nodes().size());
        }
    }
}
