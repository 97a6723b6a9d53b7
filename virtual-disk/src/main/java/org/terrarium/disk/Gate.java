package org.terrarium.disk;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Which files an image may make us open: its backing file, its data, its extents. An image from somewhere else must not be able to
 * show a guest any file of the host.
 */
@FunctionalInterface
public interface Gate {
    /** The files in the image's own folder and below. */
    Gate OWN_FOLDER = (folder, file) -> file.startsWith(folder);

    /** Every file. */
    Gate ANY = (folder, file) -> true;

    /**
     * @param folder of the image that names the file, without symbolic links
     * @param file absolute and normalized; asked once as it is named and once without symbolic links
     */
    boolean mayOpen(Path folder, Path file);

    /** The image's own folder and those the user allowed, with what is below. */
    static Gate ownFolderAnd(Collection<Path> allowed) {
        List<Path> folders = allowed.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        return (folder, file) -> file.startsWith(folder) || folders.stream().anyMatch(file::startsWith);
    }
}
