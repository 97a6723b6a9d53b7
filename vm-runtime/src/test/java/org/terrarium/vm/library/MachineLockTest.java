package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLockTest {
    @TempDir
    Path temporary;

    private MachineFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new MachineFolder(Files.createDirectory(temporary.resolve("m.terrarium")));
    }

    private void writeLock(String host, long pid, Instant started, Instant heartbeat) throws IOException {
        Files.write(folder.lock(), new LockOwner("ann", host, pid, started, heartbeat, "").toJson());
    }

    private static String thisHost() {
        return LockOwner.self(Instant.now(), "").host();
    }

    @Test
    void theSecondIsRefusedUntilTheFirstIsDone() throws IOException {
        MachineLock lock = MachineLock.acquire(folder);
        LockOwner owner = MachineLock.owner(folder).orElseThrow();
        assertEquals(ProcessHandle.current().pid(), owner.pid());
        assertEquals(System.getProperty("user.name"), owner.user());
        assertRefused("the machine m is in use by this program");
        lock.close();
        assertTrue(MachineLock.owner(folder).isEmpty());
        MachineLock.acquire(folder).close();
        lock.close();
    }

    @Test
    void aLivingProcessOfThisHostKeepsItsLockHoweverSilentItIs() throws IOException {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        Instant started = parent.info().startInstant().orElse(Instant.EPOCH);
        writeLock(thisHost(), parent.pid(), started, Instant.EPOCH);
        assertRefused("in use by ann (process " + parent.pid() + ")");
        // The same number, but a process that was started at another time: the owner is gone.
        writeLock(thisHost(), parent.pid(), started.minusSeconds(1000), Instant.now());
        MachineLock.acquire(folder).close();
    }

    @Test
    void theLockOfAnEndedProcessIsTakenOver() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        writeLock(thisHost(), process.pid(), Instant.now(), Instant.now());
        assertTrue(MachineLock.owner(folder).isEmpty());
        MachineLock.acquire(folder).close();
        assertFalse(Files.exists(folder.lock()));
    }

    @Test
    void anotherHostsLockCountsUntilItHasBeenSilentForAMinute() throws IOException {
        writeLock("elsewhere", 1, Instant.EPOCH, Instant.now().minusSeconds(30));
        assertRefused("in use by ann on elsewhere (process 1)");
        writeLock("elsewhere", 1, Instant.EPOCH, Instant.now().minusSeconds(90));
        try (MachineLock _ = MachineLock.acquire(folder)) {
            assertEquals(thisHost(), MachineLock.owner(folder).orElseThrow().host());
        }
    }

    @Test
    void whatKilledProgramsWereWritingIsRemoved() throws IOException {
        String id = "-123e4567-e89b-42d3-a456-426614174000.tmp";
        Path fresh = Files.createFile(folder.path().resolve(".lock77.tmp")); // of a program that asks for the lock now
        Path foreign = Files.createFile(folder.path().resolve(".notes.tmp"));
        List<Path> old = new ArrayList<>();
        for (String name :
                List.of(".lock12345.tmp", ".machine.json" + id, ".machine.json.previous" + id, ".nvram" + id)) {
            old.add(Files.createFile(folder.path().resolve(name)));
        }
        Instant beforeThat = Instant.now().minusSeconds(60);
        for (Path file : old) {
            Files.setLastModifiedTime(file, FileTime.from(beforeThat));
        }
        Files.setLastModifiedTime(foreign, FileTime.from(beforeThat));
        MachineLock.acquire(folder).close();
        old.forEach(file -> assertFalse(Files.exists(file), file + " is of no use to anybody"));
        assertTrue(Files.exists(fresh), "somebody may be writing it");
        assertTrue(Files.exists(foreign), "not ours");
    }

    @Test
    void anUnreadableLockIsStale() throws IOException {
        Files.writeString(folder.lock(), "rubbish");
        MachineLock.acquire(folder).close();
        Files.writeString(folder.lock(), "");
        MachineLock.acquire(folder).close();
    }

    @Test
    void onlyOneOfManyTakesAStaleLockOver() throws Exception {
        int contenders = 6;
        try (ExecutorService threads = Executors.newFixedThreadPool(contenders)) {
            for (int round = 0; round < 60; round++) {
                writeLock("elsewhere", 1, Instant.EPOCH, Instant.EPOCH);
                CountDownLatch go = new CountDownLatch(1);
                List<Future<MachineLock>> attempts = new ArrayList<>();
                for (int i = 0; i < contenders; i++) {
                    Callable<MachineLock> attempt = () -> {
                        go.await();
                        try {
                            return MachineLock.acquire(folder);
                        } catch (IOException e) {
                            return null;
                        }
                    };
                    attempts.add(threads.submit(attempt));
                }
                go.countDown();
                List<MachineLock> won = new ArrayList<>();
                for (Future<MachineLock> attempt : attempts) {
                    if (attempt.get() != null) {
                        won.add(attempt.get());
                    }
                }
                assertEquals(1, won.size(), "round " + round);
                won.get(0).close();
            }
        }
        try (var left = Files.list(folder.path())) {
            assertEquals(List.of(), left.toList());
        }
    }

    private void assertRefused(String words) {
        IOException e = assertThrows(IOException.class, () -> MachineLock.acquire(folder));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
