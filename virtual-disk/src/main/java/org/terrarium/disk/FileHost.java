package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where image files come from: the host's file systems, or a test's memory. */
interface FileHost {
    FileHost LOCAL = new Local(true);

    /** The same, but nothing is brought to stable storage until the host does so by itself. */
    FileHost UNSYNCED = new Local(false);

    /** The host's file systems. */
    record Local(boolean syncing) implements FileHost {
        @Override
        public Storage open(Path path, OpenFiles.Access access) throws IOException {
            FileStorage storage = FileStorage.open(path, access);
            return syncing ? storage : storage.withoutSync();
        }

        @Override
        public Path real(Path path) throws IOException {
            // A file that does not exist is reported when it is opened.
            return Files.exists(path)
                    ? path.toRealPath()
                    : path.toAbsolutePath().normalize();
        }

        @Override
        public Storage temporary() throws IOException {
            return FileStorage.temporary(Path.of(System.getProperty("java.io.tmpdir")));
        }
    }

    Storage open(Path path, OpenFiles.Access access) throws IOException;

    /** The path without symbolic links, which tells files apart. */
    Path real(Path path) throws IOException;

    /** A new empty file that is gone when it is closed. */
    Storage temporary() throws IOException;
}
