package org.terrarium.vm.snapshot.fs;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader of a file system has found; a guest cannot make it larger than {@link #MOST}. */
final class FileList {
    /** Files and folders of one file system. */
    static final int MOST = 200_000;

    private static final int MAX_PATH = 4096;

    private final Map<String, FileEntry> files = new LinkedHashMap<>();

    /** False when there is no room for more. */
    boolean add(FileEntry entry) {
        if (files.size() >= MOST || entry.path().length() > MAX_PATH) {
            return false;
        }
        files.putIfAbsent(entry.path(), entry);
        return true;
    }

    Map<String, FileEntry> files() {
        return files;
    }
}
