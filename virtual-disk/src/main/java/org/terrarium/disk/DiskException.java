package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Trouble with one image file: which file, where in it, and why, as one sentence a user can act on. */
public final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The trouble concerns the file as a whole. */
    public static final long NO_OFFSET = -1;

    // The C library's texts for ENOSPC and EDQUOT.
    private static final String NO_SPACE = "no space left";
    private static final String QUOTA_EXCEEDED = "quota exceeded";

    private final String file;
    private final long offset;
    private final String reason;

    public DiskException(Path file, String reason) {
        this(file, NO_OFFSET, reason, null);
    }

    /**
     * @param offset byte position in the file, or {@link #NO_OFFSET}
     * @param cause the host's own error, or null
     */
    public DiskException(Path file, long offset, String reason, Throwable cause) {
        super(file + ": " + reason + (offset == NO_OFFSET ? "" : " (at byte " + offset + " of the file)"), cause);
        this.file = file.toString();
        this.offset = offset;
        this.reason = reason;
    }

    /** The image whose own tables contradict themselves; nothing in it has been changed. */
    public static DiskException corrupt(Path file, long offset, String what) {
        return new DiskException(file, offset, "the image is damaged: " + what, null);
    }

    /** Turns the host's error into a sentence; {@code action} completes "cannot ...". */
    public static DiskException host(Path file, String action, IOException error) {
        return error instanceof DiskException already
                ? already
                : new DiskException(file, NO_OFFSET, "cannot " + action + ": " + explain(file, error), error);
    }

    private static String explain(Path file, IOException error) {
        String text = error instanceof FileSystemException inFile && inFile.getReason() != null
                ? inFile.getReason()
                : String.valueOf(error.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (error instanceof NoSuchFileException || lower.contains("not a directory")) {
            return missing(file);
        }
        if (error instanceof FileAlreadyExistsException) {
            return "a file of that name exists already";
        }
        if (error instanceof AccessDeniedException || lower.contains("permission denied")) {
            return "you have no permission for it";
        }
        if (lower.contains(NO_SPACE)) {
            return "the host disk that holds it is full; make some space there and try again";
        }
        if (lower.contains(QUOTA_EXCEEDED)) {
            return "your disk quota is used up; make some space and try again";
        }
        if (lower.contains("read-only file system")) {
            return "its file system is read-only";
        }
        if (lower.contains("file too large")) {
            return "its file system or your file size limit does not allow a file that large";
        }
        if (lower.contains("input/output error")) {
            return "the host disk reports an input/output error; check that disk";
        }
        return text;
    }

    private static String missing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(folder)) {
            return "the file does not exist";
        }
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder == null || Files.isDirectory(folder)
                ? "its folder does not exist"
                : folder + " is a file, not a folder";
    }

    /** The image file's path, as the user gave it. */
    public String file() {
        return file;
    }

    /** Byte position in the file, or {@link #NO_OFFSET}. */
    public long offset() {
        return offset;
    }

    /**
     * Whether the host has no room for what was to be written: its disk is full or the user's quota is used up. The same write
     * may succeed once there is some.
     */
    public boolean outOfSpace() {
        for (Throwable t = getCause(); t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
            if (t instanceof IOException && (text.contains(NO_SPACE) || text.contains(QUOTA_EXCEEDED))) {
                return true;
            }
        }
        return false;
    }

    /** The sentence without the file's name. */
    public String reason() {
        return reason;
    }
}
