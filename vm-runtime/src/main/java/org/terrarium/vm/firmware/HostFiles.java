package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that the user names for the firmware: ROMs, kernels, RAM disks. Trouble is one sentence that begins with the path. */
public final class HostFiles {
    private HostFiles() {}

    /** Makes sure that a file can be read. */
    static void check(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not a file");
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + " may not be read");
        }
    }

    /**
     * Reads a whole file.
     *
     * @param max more bytes than this are refused
     * @param what what a file of that size is too large for, such as "a firmware ROM"
     */
    public static byte[] read(Path file, long max, String what) throws IOException {
        check(file);
        try {
            if (Files.size(file) > max) {
                throw new IOException(file + " is too large for " + what + ": more than " + (max >> 10) + " KiB");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read", e);
        }
    }
}
