package org.terrarium.vm.disk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.terrarium.disk.Gate;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;
import org.terrarium.vm.snapshot.OutsideDisks;

/** Where disk images may have their backing files and other parts, beside their own folders. */
public final class AllowedFolders {
    /** The environment variable: folders with the host's path separator between them. */
    public static final String VARIABLE = "TERRARIUM_ALLOW";

    private AllowedFolders() {}

    /** The library of machines, whose disks may be overlays of one another's, and what the user allows in the environment and the preferences. */
    public static Gate gate(Map<String, String> environment) {
        return gate(environment, List.of());
    }

    /**
     * What the disks of a machine may open: the same, and the disks of the machines beside it, wherever its library is, of which
     * it may be a linked clone, and disks elsewhere that its own snapshots stand on.
     */
    public static Gate gate(MachineFolder machine, Map<String, String> environment) {
        Gate usual = gate(environment);
        Path library = machine.path().getParent();
        Set<Path> outside = OutsideDisks.of(machine);
        return (folder, file) -> usual.mayOpen(folder, file) || isInMachine(library, file) || outside.contains(file);
    }

    private static boolean isInMachine(Path library, Path file) {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            if (MachineFolder.isMachine(at) && isSame(at.getParent(), library)) {
                return true;
            }
        }
        return false;
    }

    /** Asked with links and without, so that both ways to write a folder's name must do. */
    private static boolean isSame(Path folder, Path library) {
        try {
            return folder.equals(library) || folder.equals(library.toRealPath());
        } catch (IOException e) {
            return false; // one that is not there has no machines
        }
    }

    /** What every image may open, with folders that the user names for this once. */
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
