package org.terrarium.vm.disk;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.Gate;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;

/** Where disk images may have their backing files and other parts, beside their own folders. */
public final class AllowedFolders {
    /** The environment variable: folders with the host's path separator between them. */
    public static final String VARIABLE = "TERRARIUM_ALLOW";

    private AllowedFolders() {}

    /** The library of machines, whose disks may be overlays of one another's, and what the user allows in the environment and the preferences. */
    public static Gate gate(Map<String, String> environment) {
        return gate(environment, List.of());
    }

    /** The same with folders that the user names for this once. */
    public static Gate gate(Map<String, String> environment, Collection<Path> more) {
        List<Path> folders = new ArrayList<>(more);
        folders.add(MachineLibrary.of(environment).home());
        String allowed = environment.getOrDefault(VARIABLE, "")
                + File.pathSeparator
                + Preferences.of(environment).get(Preference.ALLOWED_FOLDERS);
        for (String folder : allowed.split(File.pathSeparator)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        return Gate.ownFolderAnd(folders);
    }
}
