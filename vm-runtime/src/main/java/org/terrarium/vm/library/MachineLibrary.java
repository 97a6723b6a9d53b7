package org.terrarium.vm.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineName;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetworksFile;
import org.terrarium.vm.spec.SpecException;

/** The machines in one folder of the host. Errors are IOExceptions with one sentence for the user. */
public final class MachineLibrary {
    private final Path home;

    public MachineLibrary(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /**
     * The user's library: {@code $TERRARIUM_HOME}, else the folder chosen in the preferences, else {@code Terrarium} in the
     * home folder.
     */
    public static MachineLibrary of(Map<String, String> environment) {
        String home = environment.getOrDefault("TERRARIUM_HOME", "");
        if (home.isEmpty()) {
            home = Preferences.of(environment).get(Preference.LIBRARY_FOLDER);
        }
        return new MachineLibrary(
                home.isEmpty() ? Path.of(System.getProperty("user.home"), "Terrarium") : Path.of(home));
    }

    public Path home() {
        return home;
    }

    /** The file with the networks that machines name. */
    public Path networks() {
        return home.resolve(NetworksFile.NAME);
    }

    /** All machines by name. A broken one is listed with its trouble; a library that does not exist yet is empty. */
    public List<MachineEntry> list() throws IOException {
        if (!Files.exists(home)) {
            return List.of();
        }
        List<MachineEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(home)) {
            for (Path path : (Iterable<Path>) files::iterator) {
                if (MachineFolder.isMachine(path) && Files.isDirectory(path)) {
                    entries.add(entry(new MachineFolder(path)));
                }
            }
        } catch (NotDirectoryException e) {
            throw new IOException("the library " + home + " is a file, not a folder", e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (IOException e) {
            throw unreadable(e);
        }
        entries.sort(Comparator.comparing(MachineEntry::name, String.CASE_INSENSITIVE_ORDER));
        return entries;
    }

    private IOException unreadable(IOException e) {
        return new IOException("the library " + home + " cannot be read: " + HostTrouble.sentence(e), e);
    }

    private static MachineEntry entry(MachineFolder folder) {
        Optional<LockOwner> owner = Optional.empty();
        try {
            owner = MachineLock.owner(folder);
            return new MachineEntry(folder, folder.load(), null, owner);
        } catch (SpecException e) {
            return new MachineEntry(folder, null, e.getMessage(), owner);
        } catch (IOException e) {
            return new MachineEntry(folder, null, HostTrouble.sentence(e), owner);
        }
    }

    /** The machine of that name, broken or not; a path to a machine's folder elsewhere is found too. */
    public MachineEntry find(String name) throws IOException {
        Path path;
        if (name.contains("/") || name.endsWith(MachineFolder.SUFFIX)) {
            path = Path.of(name).toAbsolutePath().normalize();
            if (!MachineFolder.isMachine(path)) {
                throw new IOException(
                        path + " is no machine's folder: its name does not end in " + MachineFolder.SUFFIX);
            }
        } else {
            path = home.resolve(folderName(name));
        }
        if (!Files.isDirectory(path)) {
            throw new IOException("there is no machine " + name + " in " + path.getParent());
        }
        return entry(new MachineFolder(path));
    }

    /** The same, but a broken one is an error with its reason. */
    public MachineEntry findUsable(String name) throws IOException {
        MachineEntry entry = find(name);
        if (entry.broken()) {
            throw new IOException("the machine " + entry.name() + " is broken: " + entry.trouble());
        }
        return entry;
    }

    private static String folderName(String name) throws IOException {
        try {
            MachineName.check(name);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return name + MachineFolder.SUFFIX;
    }

    /** Puts files into the folder of a machine that nobody sees yet. */
    @FunctionalInterface
    public interface Filler {
        /**
         * @param draft the folder, with its empty subfolders, in another place
         * @param finished where it will be
         * @return the machine's description but for name and UUID, which it is given; files in the finished folder, named
         *     absolutely, are named relative to it
         */
        MachineSpec fill(MachineFolder draft, MachineFolder finished) throws IOException;
    }

    /**
     * Makes a machine, and a new disk for it as its first one when {@code diskBytes} is not 0. It appears in the library only
     * when everything of it is there.
     */
    public MachineFolder create(MachineSpec spec, long diskBytes) throws IOException {
        requireFits(spec);
        return build(spec.name(), (draft, finished) -> {
            List<DiskSpec> disks = new ArrayList<>();
            if (diskBytes > 0) {
                Path disk = draft.disks().resolve("disk0.qcow2");
                DiskFormats.create(disk, CreateOptions.qcow2(diskBytes));
                disks.add(new DiskSpec(draft.name(disk), DiskFormat.QCOW2));
            }
            disks.addAll(spec.disks());
            return spec.withDisks(disks);
        });
    }

    /**
     * Makes a machine of which somebody else knows what is in it. It appears in the library only when everything of it is
     * there; when that fails or is cancelled, nothing of it is left.
     */
    public MachineFolder build(String name, Filler filler) throws IOException {
        MachineFolder finished = new MachineFolder(home.resolve(folderName(name)));
        requireFree(name);
        Path building = null;
        try {
            Files.createDirectories(home);
            Drafts.sweep(home);
            building = Drafts.create(home);
            MachineFolder draft = new MachineFolder(building.resolve(folderName(name)));
            for (Path folder : List.of(draft.path(), draft.disks(), draft.snapshots(), draft.logs())) {
                Files.createDirectory(folder);
            }
            MachineSpec spec = filler.fill(draft, finished).withName(name).withUuid(UUID.randomUUID());
            draft.save(relative(finished, spec));
            requireFree(name);
            Files.move(draft.path(), finished.path(), StandardCopyOption.ATOMIC_MOVE);
            return finished;
        } catch (DiskCancelledException e) {
            throw e;
        } catch (IOException e) {
            throw explain("the machine " + name + " cannot be created in " + home, e);
        } finally {
            if (building != null) {
                Drafts.delete(building);
            }
        }
    }

    /** Names files that lie in the machine's folder relative to it. */
    private static MachineSpec relative(MachineFolder folder, MachineSpec spec) {
        return spec.withDisks(spec.disks().stream()
                        .map(disk -> disk.withFile(named(folder, disk.file())))
                        .toList())
                .withCdrom(named(folder, spec.cdrom()))
                .withFloppies(spec.floppies().stream()
                        .map(file -> named(folder, file))
                        .toList())
                .withFirmware(named(folder, spec.firmware()));
    }

    private static Path named(MachineFolder folder, Path file) {
        return file == null || !file.isAbsolute() ? file : folder.name(file);
    }

    /**
     * Replaces a machine's description; it must not be in use. A template can only be made an ordinary machine again, and that
     * only while no linked clone shows its disks.
     */
    public void update(MachineFolder folder, MachineSpec spec) throws IOException {
        requireFits(spec);
        try (MachineLock _ = MachineLock.acquire(folder)) {
            if (isTemplate(folder)) {
                if (spec.template()) {
                    throw new IOException("the machine " + folder.name()
                            + " is a template, which cannot be changed; make it an ordinary machine first");
                }
                requireNoLinkedClones(folder, "become an ordinary machine");
            }
            folder.save(relative(folder, spec));
        }
    }

    private static boolean isTemplate(MachineFolder folder) throws IOException {
        try {
            return folder.load().template();
        } catch (SpecException e) {
            return false; // a broken description is about to be mended
        }
    }

    /** The machines of the library that show the disks of this one and so need it where it is, by name. */
    public List<String> linkedClones(MachineFolder folder) throws IOException {
        List<String> names = new ArrayList<>();
        for (MachineEntry entry : list()) {
            if (!entry.folder().equals(folder) && LinkedDisks.of(entry.folder()).reachInto(folder.path())) {
                names.add(entry.name());
            }
        }
        return names;
    }

    private void requireNoLinkedClones(MachineFolder folder, String what) throws IOException {
        List<String> clones = linkedClones(folder);
        if (!clones.isEmpty()) {
            throw new IOException("the machine " + folder.name() + " cannot " + what
                    + " while linked clones show its disks: " + String.join(", ", clones)
                    + "; delete them, or make full clones of them, first");
        }
    }

    /** Refuses a machine that this host could not start. */
    private static void requireFits(MachineSpec spec) throws IOException {
        long host = HostMemory.totalMib();
        if (spec.memoryMib() > host) {
            throw new IOException("the machine wants " + spec.memoryMib() + " MiB of memory, but this host has " + host
                    + " MiB; give it less memory");
        }
    }

    private void requireFree(String name) throws IOException {
        for (MachineEntry entry : list()) {
            // Case does not tell names apart on every host.
            if (entry.name().equalsIgnoreCase(name)) {
                throw new IOException("there is a machine " + entry.name() + " already in " + home);
            }
        }
    }

    /** Gives a machine that is not in use another name. */
    public MachineFolder rename(MachineFolder folder, String name) throws IOException {
        Path target = folder.path().resolveSibling(folderName(name));
        if (!folder.name().equalsIgnoreCase(name)) {
            requireFree(name);
        }
        try (MachineLock lock = MachineLock.acquire(folder)) {
            requireNoLinkedClones(folder, "be renamed");
            MachineFolder renamed = new MachineFolder(target);
            Files.move(folder.path(), target, StandardCopyOption.ATOMIC_MOVE);
            lock.movedTo(renamed);
            rewriteName(renamed);
            return renamed;
        } catch (FileAlreadyExistsException e) {
            throw new IOException("there is a file " + target + " already", e);
        }
    }

    /** The folder's name counts; the one inside is for people, so a broken description stays as it is. */
    private static void rewriteName(MachineFolder renamed) throws IOException {
        MachineSpec spec;
        try {
            spec = renamed.load();
        } catch (SpecException e) {
            return;
        }
        renamed.save(spec);
    }

    /** Deletes a machine that is not in use, with everything in its folder; files elsewhere stay. */
    public void delete(MachineFolder folder) throws IOException {
        Path doomed = folder.path()
                .resolveSibling(".deleted-" + folder.name() + "-"
                        + ProcessHandle.current().pid());
        try (MachineLock _ = MachineLock.acquire(folder)) {
            requireNoLinkedClones(folder, "be deleted");
            // Gone from the list at once, whatever happens to the files one by one.
            Files.move(folder.path(), doomed, StandardCopyOption.ATOMIC_MOVE);
            Drafts.delete(doomed);
        } catch (IOException e) {
            throw explain("the machine " + folder.name() + " cannot be deleted", e);
        }
    }

    private static IOException explain(String what, IOException e) {
        String sentence = HostTrouble.sentence(e);
        return sentence.startsWith(what) ? e : new IOException(what + ": " + sentence, e);
    }
}
