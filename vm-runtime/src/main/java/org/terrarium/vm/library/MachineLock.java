package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.terrarium.disk.ThisHost;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.snapshot.Snapshots;
import org.terrarium.vm.spec.AtomicFile;

/**
 * The right to use a machine. The file {@code lock} in its folder names the owner; a link to a finished file makes it appear
 * at once and only where there is none.
 */
public final class MachineLock implements AutoCloseable {
    private static final long HEARTBEAT_SECONDS = ThisHost.HEARTBEAT.toSeconds();
    private static final int ATTEMPTS = 50;
    private static final Duration TAKEOVER_PATIENCE = Duration.ofSeconds(10);
    private static final long TAKEOVER_POLL_MILLIS = 5;

    /** Names that {@link #create} and {@link AtomicFile} give to files until they are whole. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\.lock\\d+\\.tmp|\\.(lock|machine\\.json(\\.previous)?|nvram)-[0-9a-f-]{36}\\.tmp");

    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "machine-lock");
        thread.setDaemon(true);
        return thread;
    });
    private final InstantSource clock;
    private Path file;
    private LockOwner owner;
    private boolean released;

    private MachineLock(Path file, LockOwner owner, InstantSource clock) {
        this.file = file;
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * Takes the lock, over from an owner that is gone if need be.
     *
     * @throws IOException in one sentence when somebody else has it or it cannot be written
     */
    public static MachineLock acquire(MachineFolder folder) throws IOException {
        return acquire(folder, InstantSource.system());
    }

    static MachineLock acquire(MachineFolder folder, InstantSource clock) throws IOException {
        Path file = folder.lock();
        LockOwner self = LockOwner.self(clock.instant(), "");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (create(file, self)) {
                MachineLock lock = new MachineLock(file, self, clock);
                lock.heart.scheduleWithFixedDelay(lock::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                try {
                    removeUnfinished(file.getParent(), clock.instant());
                    Snapshots.recover(folder);
                } catch (IOException | RuntimeException e) {
                    lock.close();
                    throw e;
                }
                return lock;
            }
            byte[] seen = contents(file);
            if (seen != null) {
                LockOwner other = LockOwner.fromJson(seen);
                if (!other.stale(clock.instant())) {
                    throw inUse(folder, other);
                }
                removeStale(file, seen);
            }
        }
        throw new IOException(
                "the machine " + folder.name() + " is being opened by several programs at once; try again");
    }

    private static IOException inUse(MachineFolder folder, LockOwner other) {
        return new IOException(
                "the machine " + folder.name() + " is in use by " + (other.isSelf() ? "this program" : other.text()));
    }

    /** False when there is a lock file already. */
    private static boolean create(Path file, LockOwner owner) throws IOException {
        Path finished = null;
        try {
            finished = Files.createTempFile(file.getParent(), ".lock", ".tmp");
            Files.write(finished, owner.toJson());
            link(finished, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        } finally {
            if (finished != null) {
                Files.deleteIfExists(finished);
            }
        }
    }

    private static void link(Path finished, Path file) throws IOException {
        try {
            Files.createLink(file, finished);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            // A file system without links (FAT, some network ones): creating is exclusive too, only not filled at once.
            Files.write(file, Files.readAllBytes(finished), StandardOpenOption.CREATE_NEW);
        }
    }

    private static byte[] contents(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Takes a stale lock out of the way. Only one may do so at a time, or the second would remove the lock that somebody has
     * put there after the first: whoever creates the takeover file looks once more whether the stale lock is still there.
     */
    private static void removeStale(Path file, byte[] stale) throws IOException {
        Path takeover = file.resolveSibling(".lock-takeover");
        try {
            Files.createFile(takeover);
        } catch (FileAlreadyExistsException e) {
            waitFor(takeover);
            return;
        }
        try {
            if (Arrays.equals(stale, contents(file))) {
                Files.deleteIfExists(file);
            }
        } finally {
            Files.deleteIfExists(takeover);
        }
    }

    /** Somebody else is at it, which takes no time; a takeover file that stays was left by a program that was killed. */
    private static void waitFor(Path takeover) throws IOException {
        try {
            Instant since = Files.getLastModifiedTime(takeover).toInstant();
            if (since.plus(TAKEOVER_PATIENCE).isBefore(Instant.now())) {
                Files.deleteIfExists(takeover);
            }
            Thread.sleep(TAKEOVER_POLL_MILLIS);
        } catch (NoSuchFileException e) {
            // It is done already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(takeover + ": interrupted while another program takes a lock over", e);
        }
    }

    /** What programs that were killed while they wrote a lock, a description or settings of the firmware have left there. */
    private static void removeUnfinished(Path folder, Instant now) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
            for (Path file : files) {
                // A newer one may belong to a program that is about to ask for the lock, too.
                if (UNFINISHED.matcher(file.getFileName().toString()).matches() && older(file, now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean older(Path file, Instant now) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TAKEOVER_PATIENCE));
        } catch (NoSuchFileException e) {
            return false; // gone meanwhile
        }
    }

    /** Who has the machine now, if anybody alive. */
    public static Optional<LockOwner> owner(MachineFolder folder) throws IOException {
        byte[] seen = contents(folder.lock());
        return Optional.ofNullable(seen == null ? null : LockOwner.fromJson(seen))
                .filter(owner -> !owner.stale(Instant.now()));
    }

    /** Who ran the machine last, if that ended with the host or the process instead of the machine: the lock is still there. */
    public static Optional<LockOwner> lost(MachineFolder folder) throws IOException {
        byte[] seen = contents(folder.lock());
        return Optional.ofNullable(seen == null ? null : LockOwner.fromJson(seen))
                .filter(owner -> owner.stale(Instant.now()) && !owner.control().isEmpty());
    }

    private synchronized void beat() {
        if (!released) {
            try {
                owner = owner.alive(clock.instant());
                AtomicFile.write(file, owner.toJson());
            } catch (IOException e) {
                // A full disk: the next beat tries again, and on this host the process itself is the sign of life.
                return;
            }
        }
    }

    /** Says in the lock file through which socket the machine can be reached. */
    synchronized void publish(Path control) throws IOException {
        owner = owner.reachedBy(control.toString());
        AtomicFile.write(file, owner.toJson());
    }

    /** The folder has been renamed. */
    synchronized void movedTo(MachineFolder folder) {
        file = folder.lock();
    }

    @Override
    public synchronized void close() throws IOException {
        if (!released) {
            released = true;
            heart.shutdownNow();
            Files.deleteIfExists(file);
        }
    }
}
