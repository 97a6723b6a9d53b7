package org.terrarium.vm.share;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.terrarium.vm.share.FileFacts.Moment;

/**
 * A folder of the host's and what is in it, and no way out: every path is walked name by name from the open folder, and no
 * symbolic link is ever followed, so it does not matter who changes what in the meantime. Only regular files and folders are
 * opened; a file is looked at before it is opened for use, by a descriptor that means the same file in both.
 *
 * <p>What a guest writes belongs to the user who runs the machine. Permissions of a new file are the guest's, without the bits
 * that make a program run as its owner.
 */
final class SharedFolder implements AutoCloseable {
    private static final int PERMISSIONS = 0x1FF; // 0777
    private static final int STICKY = 0x200;

    /** What may be asked of an opening beside reading and writing. */
    private static final int OPEN_FLAGS =
            HostCalls.O_TRUNC | HostCalls.O_APPEND | HostCalls.O_DSYNC | HostCalls.O_SYNC | HostCalls.O_ACCMODE;

    private static final int LOOK = HostCalls.O_PATH | HostCalls.O_NOFOLLOW;
    private static final int CAREFUL = HostCalls.O_NOFOLLOW | HostCalls.O_NONBLOCK | HostCalls.O_NOCTTY;

    private final Path folder;
    private final HostCalls host = new HostCalls();
    private int root = -1;
    private FileFacts rootFacts;

    SharedFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Descriptor of the shared folder itself, which is looked for when it is needed first. */
    private int root() throws Errno {
        if (root < 0) {
            byte[] bytes = folder.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
            String path = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            root = host.open(path, HostCalls.O_PATH | HostCalls.O_DIRECTORY);
            rootFacts = host.facts(root);
        }
        return root;
    }

    /** The file system that the shared folder itself is on. */
    long device() throws Errno {
        root();
        return rootFacts.device();
    }

    /** Lets the folder go; it is looked for again when it is needed. */
    @Override
    public void close() {
        if (root >= 0) {
            host.close(root);
            root = -1;
        }
    }

    private interface At<T> {
        T run(int parent, String name) throws Errno;
    }

    /** Does something with the last name of a path, in the folder that the other names lead to; not for the root. */
    private <T> T at(FolderPath path, At<T> work) throws Errno {
        int parent = walked(path.names().subList(0, path.names().size() - 1));
        try {
            return work.run(parent, path.name());
        } finally {
            release(parent);
        }
    }

    /** Descriptor of a folder; to be released. */
    private int walked(List<String> names) throws Errno {
        int at = root();
        for (String name : names) {
            int next;
            try {
                next = host.open(at, FolderPath.checked(name), LOOK | HostCalls.O_DIRECTORY, 0);
            } finally {
                release(at);
            }
            at = next;
        }
        return at;
    }

    private void release(int descriptor) {
        if (descriptor != root) {
            host.close(descriptor);
        }
    }

    /** A descriptor that only stands for the file, whatever it is; to be released. */
    private int look(FolderPath path) throws Errno {
        return path.root() ? root() : at(path, (parent, name) -> host.open(parent, name, LOOK, 0));
    }

    FileFacts facts(FolderPath path) throws Errno {
        return path.root() ? host.facts(root()) : at(path, host::facts);
    }

    /** An open file or folder. */
    final class Handle implements AutoCloseable {
        private final int descriptor;
        private final FileFacts facts;
        private boolean closed;

        private Handle(int descriptor, FileFacts facts) {
            this.descriptor = descriptor;
            this.facts = facts;
        }

        /** As they were when it was opened. */
        FileFacts opened() {
            return facts;
        }

        FileFacts facts() throws Errno {
            return host.facts(descriptor);
        }

        /** Reads until {@code count} bytes are there or the file ends; returns how many. */
        int read(long offset, byte[] to, int at, int count) throws Errno {
            int done = 0;
            while (done < count) {
                int n = host.read(descriptor, offset + done, to, at + done, count - done);
                if (n == 0) {
                    break;
                }
                done += n;
            }
            return done;
        }

        /** Writes all; after a failure in the middle it returns how many bytes went before. */
        int write(long offset, byte[] from, int at, int count) throws Errno {
            int done = 0;
            while (done < count) {
                try {
                    done += host.write(descriptor, offset + done, from, at + done, count - done);
                } catch (Errno e) {
                    if (done == 0) {
                        throw e;
                    }
                    break;
                }
            }
            return done;
        }

        void sync(boolean dataOnly) throws Errno {
            host.sync(descriptor, dataOnly);
        }

        boolean entries(long from, int about, HostCalls.EntrySink sink) throws Errno {
            return host.entries(descriptor, from, about, sink);
        }

        void permissions(int mode) throws Errno {
            host.permissions(descriptor, allowed(mode));
        }

        void times(Moment accessed, Moment modified) throws Errno {
            host.times(descriptor, accessed, modified);
        }

        void truncate(long size) throws Errno {
            host.truncate(descriptor, size);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                host.close(descriptor);
            }
        }
    }

    private static int allowed(int mode) {
        return mode & (PERMISSIONS | STICKY);
    }

    /** Opens a regular file or a folder that is there. */
    Handle open(FolderPath path, int flags) throws Errno {
        int found = look(path);
        try {
            FileFacts facts = host.facts(found);
            if (facts.link()) {
                throw new Errno(Errno.ELOOP);
            }
            if (!facts.regular() && !facts.directory()) {
                throw new Errno(Errno.EACCES); // pipes, sockets and devices are the host's own affair
            }
            int wanted = flags & OPEN_FLAGS;
            if (facts.directory()) {
                if ((wanted & (HostCalls.O_ACCMODE | HostCalls.O_TRUNC)) != HostCalls.O_RDONLY) {
                    throw new Errno(Errno.EISDIR);
                }
                wanted = HostCalls.O_RDONLY | HostCalls.O_DIRECTORY;
            } else if ((flags & HostCalls.O_DIRECTORY) != 0) {
                throw new Errno(Errno.ENOTDIR);
            }
            return new Handle(host.reopen(found, wanted | HostCalls.O_NOCTTY | HostCalls.O_NONBLOCK), facts);
        } finally {
            release(found);
        }
    }

    /** Makes a file and opens it; one that is there already is opened, unless the flags want a new one. */
    Handle create(FolderPath path, int flags, int mode) throws Errno {
        int descriptor;
        try {
            int how = flags & OPEN_FLAGS | CAREFUL | HostCalls.O_CREAT | HostCalls.O_EXCL;
            descriptor = at(path, (parent, name) -> host.open(parent, name, how, allowed(mode)));
        } catch (Errno e) {
            if (e.number() == Errno.EEXIST && (flags & HostCalls.O_EXCL) == 0) {
                return open(path, flags);
            }
            throw e;
        }
        try {
            host.permissions(descriptor, allowed(mode)); // whatever the host's mask takes away from new files
            return new Handle(descriptor, host.facts(descriptor));
        } catch (Errno e) {
            host.close(descriptor);
            throw e;
        }
    }

    FileFacts makeFolder(FolderPath path, int mode) throws Errno {
        return at(path, (parent, name) -> {
            host.makeFolder(parent, name, allowed(mode));
            int made = host.open(parent, name, LOOK | HostCalls.O_DIRECTORY, 0);
            try {
                host.permissionsOfPath(made, allowed(mode));
                return host.facts(made);
            } finally {
                host.close(made);
            }
        });
    }

    FileFacts symlink(FolderPath path, String target) throws Errno {
        if (target.isEmpty() || target.indexOf(0) >= 0) {
            throw new Errno(Errno.EINVAL);
        }
        return at(path, (parent, name) -> {
            host.symlink(target, parent, name);
            return host.facts(parent, name);
        });
    }

    String readLink(FolderPath path) throws Errno {
        if (path.root()) {
            throw new Errno(Errno.EINVAL);
        }
        return at(path, host::readLink);
    }

    void link(FolderPath file, FolderPath as) throws Errno {
        if (file.root()) {
            throw new Errno(Errno.EPERM);
        }
        between(file, as, host::link);
    }

    void rename(FolderPath from, FolderPath to) throws Errno {
        if (from.root() || to.root()) {
            throw new Errno(Errno.EINVAL);
        }
        between(from, to, host::rename);
    }

    private interface Between {
        void run(int folder, String name, int toFolder, String toName) throws Errno;
    }

    private void between(FolderPath from, FolderPath to, Between work) throws Errno {
        at(
                from,
                (folder, name) -> at(to, (toFolder, toName) -> {
                    work.run(folder, name, toFolder, toName);
                    return null;
                }));
    }

    /** @param directory it must be a folder, and an empty one; else it must not be one */
    void remove(FolderPath path, boolean directory) throws Errno {
        if (path.root()) {
            throw new Errno(Errno.EINVAL);
        }
        at(path, (parent, name) -> {
            host.unlink(parent, name, directory ? HostCalls.AT_REMOVEDIR : 0);
            return null;
        });
    }

    void permissions(FolderPath path, int mode) throws Errno {
        int found = look(path);
        try {
            FileFacts facts = host.facts(found);
            if (!facts.regular() && !facts.directory()) {
                throw new Errno(Errno.EOPNOTSUPP);
            }
            host.permissionsOfPath(found, allowed(mode));
        } finally {
            release(found);
        }
    }

    void times(FolderPath path, Moment accessed, Moment modified) throws Errno {
        if (path.root()) {
            try (Handle handle = open(path, HostCalls.O_RDONLY)) {
                handle.times(accessed, modified);
            }
            return;
        }
        at(path, (parent, name) -> {
            host.times(parent, name, accessed, modified);
            return null;
        });
    }

    void truncate(FolderPath path, long size) throws Errno {
        try (Handle handle = open(path, HostCalls.O_WRONLY)) {
            handle.truncate(size);
        }
    }

    HostCalls.Space space(FolderPath path) throws Errno {
        int found = look(path);
        try {
            return host.space(found);
        } finally {
            release(found);
        }
    }
}
