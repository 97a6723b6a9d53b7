package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

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
        Set<Path> folders = new HashSet<>();
        for (Path folder : allowed) {
            folders.add(folder.toAbsolutePath().normalize());
            try {
                folders.add(folder.toRealPath());
            } catch (IOException e) {
                // A folder that is not there allows nothing.
            }
        }
        return (folder, file) -> file.startsWith(folder) || folders.stream().anyMatch(file::startsWith);
    }
}
