package org.terrarium.disk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What lock files need to know of this host and its processes: who this process is, whether the one that wrote a lock is still
 * there, and how to name it in a sentence. A process is told by number and start, since numbers are given again.
 */
public final class ThisHost {
    /** How often the owner of a lock says that it is alive. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** An owner on another host that has been silent for so long is gone. */
    public static final Duration SILENCE = Duration.ofSeconds(60);

    /** This host's name. */
    public static final String NAME = findName();

    private ThisHost() {}

    private static String findName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return nameByAddress();
        }
    }

    private static String nameByAddress() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The login name of whoever runs this process, or "". */
    public static String user() {
        return System.getProperty("user.name", "");
    }

    /** This process's number. */
    public static long pid() {
        return ProcessHandle.current().pid();
    }

    /** When this process was started, or the epoch where the host does not tell. */
    public static Instant started() {
        return started(ProcessHandle.current());
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Whether this host has a process of that number and start; a start at the epoch is one that nobody knew. */
    public static boolean runs(long pid, Instant started) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        started.equals(Instant.EPOCH) || started(process).equals(started))
                .filter(process -> !ended(process.pid()))
                .isPresent();
    }

    /** Whether a process has ended, though its parent has not asked how: Linux lists it until then (proc(5), stat: state Z). */
    private static boolean ended(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith(" Z ", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false; // another system, or it has gone just now
        }
    }

    /**
     * Whether the owner of a lock is gone: on this host when its process has ended, on another one when it has been silent for
     * {@link #SILENCE}.
     *
     * @param heartbeat when the owner last said that it is alive
     */
    public static boolean gone(String host, long pid, Instant started, Instant heartbeat, Instant now) {
        return host.equals(NAME) ? !runs(pid, started) : heartbeat.plus(SILENCE).isBefore(now);
    }

    /** Names the owner of a lock in a sentence; the host only when it is another one. */
    public static String ownerText(String user, String host, String pid) {
        return user + (host.equals(NAME) ? "" : " on " + host) + " (process " + pid + ")";
    }
}
