package org.terrarium.vm;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what went wrong on the host's side into one plain sentence for the user. */
public final class HostTrouble {
    private HostTrouble() {}

    /** One sentence, without a stack trace; names the file where the cause does. */
    public static String sentence(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException e -> "There is no file " + e.getFile() + ".";
            case AccessDeniedException e -> "Access to " + e.getFile() + " is denied.";
            case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason() + ".";
            case FileNotFoundException e -> e.getMessage();
            case OutOfMemoryError e -> "The host has not enough free memory for this machine (" + e.getMessage() + ").";
            default -> cause.getMessage() == null ? "Internal error: " + cause : cause.getMessage();
        };
    }
}
