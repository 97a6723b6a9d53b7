package org.terrarium.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files beside its own that an image names, opened through the gate and closed together with it. */
final class ImageFiles implements ImageContext {
    private final FileHost host;
    private final OpenOptions options;
    private final Path image;
    private final int depth;
    private final boolean overBase;
    private String snapshot;
    private final List<Storage> opened = new ArrayList<>();

    /**
     * @param options how this one image is opened
     * @param depth images above it in the chain
     * @param overBase see {@link ImageContext#overBase}
     */
    ImageFiles(FileHost host, OpenOptions options, Path image, int depth, boolean overBase) {
        this.host = host;
        this.options = options;
        this.image = image;
        this.depth = depth;
        this.overBase = overBase;
    }

    /** For an overlay of our own that names no backing file and shows one nevertheless. */
    static ImageFiles overBase(Path image) {
        return new ImageFiles(
                FileHost.LOCAL, OpenOptions.readWrite().withGate((folder, file) -> false), image, 0, true);
    }

    @Override
    public boolean writable() {
        return options.writable();
    }

    @Override
    public boolean overBase() {
        return overBase;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public String snapshot() {
        return snapshot;
    }

    void showSnapshot(String idOrName) {
        snapshot = idOrName;
    }

    @Override
    public char[] passphrase() throws IOException {
        char[] passphrase;
        try {
            passphrase = options.passphrases().apply(image);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (passphrase == null) {
            throw new DiskException(image, "is encrypted; give its passphrase (--passphrase-file)");
        }
        return passphrase;
    }

    @Override
    public Storage companion(String name, String role) throws IOException {
        Path path = resolve(name, role);
        try {
            Storage storage = host.open(path, options.writable() ? OpenFiles.Access.WRITE : OpenFiles.Access.READ);
            opened.add(storage);
            return storage;
        } catch (DiskException e) {
            throw new DiskException(image, DiskException.NO_OFFSET, "its " + role + " " + e.getMessage(), e);
        }
    }

    @Override
    public Storage temporary() throws IOException {
        Storage storage = host.temporary();
        opened.add(storage);
        return storage;
    }

    /** A file that the image names, relative to its own folder, if the gate lets it through. */
    Path resolve(String name, String role) throws IOException {
        if (name.startsWith("json:") || name.matches("[a-z][a-z0-9+.-]+:.*") && !name.startsWith("file:")) {
            throw new DiskException(image, "names " + name + " as its " + role + "; only local files can be opened");
        }
        Path real = host.real(image);
        Path path;
        try {
            String local = name.startsWith("file:") ? name.substring("file:".length()) : name;
            path = real.resolveSibling(local).normalize();
        } catch (InvalidPathException e) {
            throw new DiskException(image, "names a " + role + " whose name this host does not allow: " + name);
        }
        Path folder = real.getParent();
        if (!options.gate().mayOpen(folder, path) || !options.gate().mayOpen(folder, host.real(path))) {
            throw new DiskException(
                    image,
                    "names " + path + " as its " + role
                            + ", which it is not allowed to open; allow its folder if you trust the image");
        }
        return path;
    }

    List<Storage> opened() {
        return opened;
    }

    void close() throws IOException {
        for (Storage storage : opened) {
            storage.close();
        }
    }
}
