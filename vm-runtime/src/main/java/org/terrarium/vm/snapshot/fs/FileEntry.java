package org.terrarium.vm.snapshot.fs;

/**
 * A file or folder as its directory describes it.
 *
 * @param path from the file system's root, with slashes
 * @param size bytes; 0 for a folder
 * @param modified whatever the file system keeps of the time it was changed: only good for comparing
 * @param place whatever it keeps of where the contents are, likewise
 */
public record FileEntry(String path, boolean folder, long size, long modified, long place) {}
