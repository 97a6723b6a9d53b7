package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Files that are being created together: all of them are kept, or none. */
final class NewFiles implements AutoCloseable {
    private final List<FileStorage> files = new ArrayList<>();
    private boolean kept;

    /** A new file; one of that name must not exist. */
    FileStorage create(Path path) throws IOException {
        FileStorage file = FileStorage.create(path);
        files.add(file);
        return file;
    }

    /** All of them so far. */
    Set<Path> paths() {
        return files.stream().map(FileStorage::path).collect(Collectors.toSet());
    }

    /** They are whole. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        for (FileStorage file : files) {
            file.close();
            if (!kept) {
                Files.deleteIfExists(file.path());
            }
        }
    }
}
