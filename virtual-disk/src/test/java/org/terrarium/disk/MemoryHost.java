package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A host whose files are in memory, and that remembers which were opened. */
final class MemoryHost implements FileHost {
    static final Path FOLDER = Path.of("/images");

    private final Map<Path, MemoryStorage> files = new HashMap<>();
    private final Set<Path> opened = new HashSet<>();

    /** A file in {@link #FOLDER}. */
    MemoryStorage add(String name, byte[] contents) {
        MemoryStorage file = new MemoryStorage(FOLDER.resolve(name), contents);
        files.put(file.path(), file);
        return file;
    }

    Set<Path> opened() {
        return opened;
    }

    @Override
    public Storage open(Path path, OpenFiles.Access access) throws IOException {
        opened.add(path);
        MemoryStorage file = files.get(path);
        if (file == null) {
            throw DiskException.host(path, "open it", new NoSuchFileException(path.toString()));
        }
        return file;
    }

    @Override
    public Path real(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public Storage temporary() {
        return new MemoryStorage(FOLDER.resolve("temporary"), new byte[0]);
    }
}
