package org.terrarium.net.host;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files of a folder and the folders in it. What leads out of it, by its name or by a link, is not there. */
public final class FolderFiles implements BootFiles {
    private final Path folder;

    public FolderFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public BootFile open(String name) throws IOException {
        // Boot loaders write names as they like: with a slash in front, or with backslashes.
        String relative = name.replace('\\', '/').replaceFirst("^/+", "");
        Path file;
        try {
            Path root = folder.toRealPath();
            file = root.resolve(relative).toRealPath();
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                return null;
            }
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException | InvalidPathException e) {
            return null; // no such file, a file where a folder should be, a name too long: nothing is there
        }
        return new Opened(FileChannel.open(file, StandardOpenOption.READ));
    }

    private static final class Opened implements BootFile {
        private final FileChannel channel;
        private final long size;

        Opened(FileChannel channel) throws IOException {
            this.channel = channel;
            size = channel.size();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public byte[] read(long at, int length) throws IOException {
            ByteBuffer b = ByteBuffer.allocate(length);
            while (b.hasRemaining()) {
                if (channel.read(b, at + b.position()) < 0) {
                    throw new EOFException("the file has become shorter");
                }
            }
            return b.array();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
