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
import java.util.random.RandomGenerator;
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
        return new MachineLibrary(home.isEmpty() ? Preferences.home(environment).resolve("Terrarium") : Path.of(home));
    }

    public Path home() {
        return home;
    }

    /** The file with the networks that machines name. */
    public Path networks() {
        return home.resolve(NetworksFile.NAME);
    }

    /**
     * All machines by name: those in the library's folder and those that were opened elsewhere. A broken one is listed with
     * its trouble; a library that does not exist yet is empty.
     */
    public List<MachineEntry> list() throws IOException {
        if (!Files.exists(home)) {
            return List.of();
        }
        List<MachineEntry> entries = new ArrayList<>();
        try {
            for (MachineFolder folder : folders()) {
                entries.add(entry(folder));
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

    private List<MachineFolder> folders() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(home)) {
            files.filter(path -> MachineFolder.isMachine(path) && Files.isDirectory(path))
                    .forEach(found::add);
        }
        LibraryFile known = LibraryFile.load(home);
        found.removeAll(known.hidden());
        found.addAll(known.opened());
        return found.stream().map(MachineFolder::new).toList();
    }

    /** Another machine of the library that has the identity of this one: one of the two was copied from the other. */
    public Optional<MachineEntry> twin(MachineFolder folder) throws IOException {
        UUID uuid = folder.load().uuid();
        if (uuid == null) {
            return Optional.empty();
        }
        return list().stream()
                .filter(e -> !e.folder().equals(folder)
                        && !e.broken()
                        && uuid.equals(e.spec().uuid()))
                .findFirst();
    }

    /**
     * Takes a machine's folder that is elsewhere into the library, or one of its own that was taken off the list. The folder
     * stays where it is.
     *
     * @param copied whether it is a copy: it then gets an identity and network addresses of its own
     */
    public MachineFolder open(MachineFolder folder, boolean copied, RandomGenerator random) throws IOException {
        MachineSpec spec = folder.load();
        for (MachineEntry entry : list()) {
            if (entry.name().equalsIgnoreCase(folder.name()) && !entry.folder().equals(folder)) {
                throw new IOException("there is a machine " + entry.name() + " already in "
                        + entry.folder().path() + "; rename the folder " + folder.path() + " first");
            }
        }
        if (copied) {
            try (MachineLock _ = MachineLock.acquire(folder)) {
                folder.save(spec.withUuid(UUID.randomUUID())
                        .withNics(spec.nics().stream()
                                .map(nic -> nic.withNewAddress(random))
                                .toList()));
            }
        }
        LibraryFile known = LibraryFile.load(home);
        known.hidden().remove(folder.path());
        if (!folder.path().getParent().equals(home)) {
            known.opened().add(folder.path());
        }
        known.save(home);
        return folder;
    }

    /** Takes a machine that is not in use off the list; its folder stays as it is, and {@link #open} brings it back. */
    public void forget(MachineFolder folder) throws IOException {
        if (Files.isDirectory(folder.path())) {
            MachineLock.acquire(folder).close();
        }
        LibraryFile known = LibraryFile.load(home);
        known.opened().remove(folder.path());
        if (home.equals(folder.path().getParent())) {
            known.hidden().add(folder.path());
        }
        known.save(home);
    }

    /** Puts the description before its last change back; the present one, good or spoiled, is kept as {@code machine.json.broken}. */
    public void revert(MachineFolder folder) throws IOException {
        try (MachineLock _ = MachineLock.acquire(folder)) {
            MachineSpec previous = folder.previous()
                    .orElseThrow(() -> new IOException(
                            "there is no earlier description of " + folder.name() + " that could be put back"));
            if (Files.exists(folder.machineJson())) {
                Files.copy(
                        folder.machineJson(),
                        folder.path().resolve("machine.json.broken"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            folder.save(previous);
        }
    }

    /** The disks that the description names and that are not there. */
    public static List<DiskSpec> missingDisks(MachineFolder folder, MachineSpec spec) {
        return spec.disks().stream()
                .filter(disk -> !Files.exists(folder.resolve(disk.file())))
                .toList();
    }

    private IOException unreadable(IOException e) {
        return new IOException("the library " + home + " cannot be read: " + HostTrouble.sentence(e), e);
    }

    private static MachineEntry entry(MachineFolder folder) {
        Optional<LockOwner> owner = Optional.empty();
        if (!Files.isDirectory(folder.path())) {
            String trouble = "the folder " + folder.path() + " is not there; connect its drive, or remove the machine";
            return new MachineEntry(folder, null, trouble, owner);
        }
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
            for (Path opened : Files.isDirectory(path)
                    ? List.<Path>of()
                    : LibraryFile.load(home).opened()) {
                path = new MachineFolder(opened).name().equals(name) ? opened : path;
            }
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
        if (diskBytes <= 0) {
            return create(spec, Map.of());
        }
        Path file = Path.of("disks", "disk0.qcow2");
        List<DiskSpec> disks = new ArrayList<>();
        disks.add(new DiskSpec(file, DiskFormat.QCOW2));
        disks.addAll(spec.disks());
        return create(spec.withDisks(disks), Map.of(file, diskBytes));
    }

    /**
     * Makes a machine with the disks that are new in its description.
     *
     * @param newDisks sizes in bytes of the disks to be made, by the files in the machine's folder that the description names
     */
    public MachineFolder create(MachineSpec spec, Map<Path, Long> newDisks) throws IOException {
        requireFits(spec);
        return build(spec.name(), (draft, finished) -> {
            makeDisks(draft, newDisks);
            return spec;
        });
    }

    /** Makes new disks in a machine's folder; what has been made when one fails is for the caller to delete. */
    static void makeDisks(MachineFolder folder, Map<Path, Long> newDisks) throws IOException {
        for (Map.Entry<Path, Long> disk : newDisks.entrySet()) {
            DiskFormats.create(folder.resolve(disk.getKey()), CreateOptions.qcow2(disk.getValue()));
        }
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
                .withFirmware(named(folder, spec.firmware()))
                .withNics(spec.nics().stream()
                        .map(nic -> nic.withBoot(nic.boot()
                                .withRom(named(folder, nic.boot().rom()))
                                .withTftp(named(folder, nic.boot().tftp()))))
                        .toList());
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

    /**
     * Replaces a machine's description and makes the disks that are new in it; it must not be in use. When that fails, neither
     * the description has changed nor is anything of the disks left.
     *
     * @param newDisks sizes in bytes of the disks to be made, by the files that the description names
     */
    public void update(MachineFolder folder, MachineSpec spec, Map<Path, Long> newDisks) throws IOException {
        List<Path> made = new ArrayList<>();
        try {
            for (Map.Entry<Path, Long> disk : newDisks.entrySet()) {
                Path file = folder.resolve(disk.getKey());
                if (Files.exists(file)) {
                    throw new IOException("there is a file " + file + " already");
                }
                made.add(file);
                DiskFormats.create(file, CreateOptions.qcow2(disk.getValue()));
            }
            update(folder, spec);
            made.clear();
        } finally {
            for (Path file : made) {
                Files.deleteIfExists(file);
            }
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

    void requireFree(String name) throws IOException {
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
            moved(folder.path(), target);
            rewriteName(renamed);
            return renamed;
        } catch (FileAlreadyExistsException e) {
            throw new IOException("there is a file " + target + " already", e);
        }
    }

    private void moved(Path from, Path to) throws IOException {
        LibraryFile known = LibraryFile.load(home);
        if (known.opened().remove(from)) {
            known.opened().add(to);
            known.save(home);
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
            LibraryFile known = LibraryFile.load(home);
            if (known.opened().remove(folder.path())) {
                known.save(home);
            }
        } catch (IOException e) {
            throw explain("the machine " + folder.name() + " cannot be deleted", e);
        }
    }

    private static IOException explain(String what, IOException e) {
        String sentence = HostTrouble.sentence(e);
        return sentence.startsWith(what) ? e : new IOException(what + ": " + sentence, e);
    }
}
