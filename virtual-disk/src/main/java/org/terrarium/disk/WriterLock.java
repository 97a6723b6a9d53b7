package org.terrarium.disk;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The file {@code <image>.lock} that says who writes an image: owner, process, host and a heartbeat. It works where byte-range
 * locks do not, such as between hosts that share a folder, and tells a person whom to ask. Where none can be made, because the
 * folder is read-only, the byte-range locks must do.
 */
final class WriterLock {
    private static final Set<WriterLock> HELD = ConcurrentHashMap.newKeySet();
    private static ScheduledExecutorService heart;

    private final Path file;
    private final boolean made;

    private WriterLock(Path file, boolean made) {
        this.file = file;
        this.made = made;
    }

    private static Path fileOf(Path image) throws IOException {
        Path real = Files.exists(image)
                ? image.toRealPath()
                : image.toAbsolutePath().normalize();
        return real.resolveSibling(real.getFileName() + ".lock");
    }

    /** Who writes the image now, in words, or null for nobody; an owner that is gone is nobody. */
    static String owner(Path image) throws IOException {
        Properties owner = read(fileOf(image));
        return owner == null || gone(owner, Instant.now()) ? null : text(owner);
    }

    /**
     * Notes this process as the image's writer. The caller holds the byte-range locks, so nobody else on this host is at it.
     *
     * @throws DiskException when somebody on another host writes the image
     */
    static WriterLock take(Path image) throws IOException {
        Path file = fileOf(image);
        for (int attempt = 0; ; attempt++) {
            try {
                Files.createFile(file);
                if (!written(file)) {
                    return new WriterLock(file, false);
                }
                WriterLock lock = new WriterLock(file, true);
                HELD.add(lock);
                startHeart();
                return lock;
            } catch (FileAlreadyExistsException e) {
                Properties owner = read(file);
                if (owner != null && !gone(owner, Instant.now()) || attempt == 5) {
                    throw new DiskException(
                            image,
                            "is in use by " + (owner == null ? "another program" : text(owner))
                                    + ", so it cannot be opened for writing");
                }
                Files.deleteIfExists(file);
            } catch (IOException e) {
                return new WriterLock(file, false);
            }
        }
    }

    /** Where the host has no space for the note, nothing of it is left, and the byte-range locks alone must do. */
    private static boolean written(Path file) throws IOException {
        try {
            Files.write(file, contents(Instant.now()), StandardOpenOption.WRITE);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            return false;
        }
    }

    private static byte[] contents(Instant now) {
        String text = "owner=" + ThisHost.user()
                + "\npid=" + ThisHost.pid()
                + "\nhost=" + ThisHost.NAME
                + "\nstarted=" + ThisHost.started()
                + "\nheartbeat=" + now + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Properties read(Path file) throws IOException {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)));
            return properties;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException e) {
            // Cut short by a crash while it was written.
            return new Properties();
        }
    }

    private static boolean gone(Properties owner, Instant now) {
        String host = owner.getProperty("host", "");
        long pid = number(owner.getProperty("pid", "0"));
        // A lock of this process that nobody here holds is left over from an opening that failed.
        return host.equals(ThisHost.NAME) && pid == ThisHost.pid()
                || ThisHost.gone(host, pid, instant(owner, "started"), instant(owner, "heartbeat"), now);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Instant instant(Properties owner, String key) {
        try {
            return Instant.parse(owner.getProperty(key, ""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static String text(Properties owner) {
        return ThisHost.ownerText(
                owner.getProperty("owner", "somebody"),
                owner.getProperty("host", ""),
                owner.getProperty("pid", "unknown"));
    }

    private static synchronized void startHeart() {
        if (heart == null) {
            heart = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "disk-lock-heartbeat");
                thread.setDaemon(true);
                return thread;
            });
            heart.scheduleWithFixedDelay(
                    () -> HELD.forEach(WriterLock::beat),
                    ThisHost.HEARTBEAT.toSeconds(),
                    ThisHost.HEARTBEAT.toSeconds(),
                    TimeUnit.SECONDS);
        }
    }

    private synchronized void beat() {
        try {
            // Only while it is there: somebody may have deleted or moved the whole folder.
            if (HELD.contains(this)) {
                Files.write(
                        file, contents(Instant.now()), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            }
        } catch (IOException e) {
            // The next beat tries again; on this host the byte-range locks count anyway.
        }
    }

    /** The image is no longer written by this process. */
    synchronized void release() {
        HELD.remove(this);
        if (made) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Whoever finds it sees that its process has ended.
            }
        }
    }
}
