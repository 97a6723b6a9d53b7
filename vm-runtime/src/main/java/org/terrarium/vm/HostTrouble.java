package org.terrarium.vm;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns what went wrong on the host's side into one plain sentence for the user. */
public final class HostTrouble {
    private HostTrouble() {}

    /** One sentence, without a stack trace; names the file where the cause does. */
    public static String sentence(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException e -> missing(Path.of(e.getFile()));
            case AccessDeniedException e -> "Access to " + e.getFile() + " is denied.";
            case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + plain(e.getReason()) + ".";
            case FileNotFoundException e -> e.getMessage();
            case OutOfMemoryError e -> "The host has not enough free memory for this machine (" + e.getMessage() + ").";
            default -> cause.getMessage() == null ? "Internal error: " + cause : plain(cause.getMessage());
        };
    }

    /** What was to be done, or what has become of it, and why, in one sentence. */
    public static IOException during(String what, Exception cause) {
        return new IOException(what + ": " + sentence(cause), cause);
    }

    /** What the host's system says in words that tell what to do. */
    private static String plain(String reason) {
        return reason.replace("No space left on device", "the host disk is full; make some space there and try again");
    }

    private static String missing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder)
                ? "There is no file " + file + "."
                : "There is no folder " + folder + ".";
    }
}
