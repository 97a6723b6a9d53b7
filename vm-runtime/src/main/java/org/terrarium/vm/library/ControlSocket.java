package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.terrarium.vm.HostSpace;

/**
 * Where a running machine listens: a Unix domain socket in a folder that only its user can enter. Not in the machine's own
 * folder, because such a path may have 107 bytes at most, and not every file system has sockets.
 */
final class ControlSocket {
    private static final Set<PosixFilePermission> ONLY_OWNER = PosixFilePermissions.fromString("rwx------");
    private static final int NAME_BYTES = 8;

    private ControlSocket() {}

    /** The socket for a machine's folder; its own folder exists and is private when this returns. */
    static Path of(MachineFolder folder, Map<String, String> environment) throws IOException {
        byte[] hash = sha256(folder.path().toRealPath().toString().getBytes(StandardCharsets.UTF_8));
        return folder(environment).resolve(HexFormat.of().formatHex(hash, 0, NAME_BYTES) + ".sock");
    }

    /** The folder for this user's sockets; it exists and is private when this returns. */
    static Path folder(Map<String, String> environment) throws IOException {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path base = !runtime.isEmpty() && Files.isWritable(Path.of(runtime))
                ? Path.of(runtime).resolve("terrarium")
                : Path.of(System.getProperty("java.io.tmpdir"), "terrarium-" + System.getProperty("user.name"));
        makePrivate(base);
        return base;
    }

    private static void makePrivate(Path base) throws IOException {
        boolean posix = HostSpace.posix(base);
        try {
            if (posix) {
                Files.createDirectory(base, PosixFilePermissions.asFileAttribute(ONLY_OWNER));
            } else {
                Files.createDirectory(base);
            }
        } catch (FileAlreadyExistsException e) {
            if (posix && !isPrivate(base)) {
                throw new IOException(
                        "the folder " + base + " for control sockets is not private to you; remove it", e);
            }
        }
    }

    private static boolean isPrivate(Path base) throws IOException {
        if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)
                || !Files.getPosixFilePermissions(base, LinkOption.NOFOLLOW_LINKS)
                        .equals(ONLY_OWNER)) {
            return false;
        }
        // Whoever can create a file in a folder of mode 0700 is its owner, or root.
        Path own = Files.createTempFile(base, ".owner", "");
        try {
            return Files.getOwner(own).equals(Files.getOwner(base));
        } finally {
            Files.delete(own);
        }
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
