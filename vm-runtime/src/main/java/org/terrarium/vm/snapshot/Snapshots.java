package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.LockOwner;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.snapshot.SnapshotNode.State;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SpecException;
import org.terrarium.vm.state.RamFile;
import org.terrarium.vm.state.RamImage;
import org.terrarium.vm.state.StateException;
import org.terrarium.vm.state.StateFile;
import org.terrarium.vm.state.StateSection;

/**
 * A machine's snapshots: looked at by anybody, changed by whoever has the machine's lock. The window and the command line use
 * this for machines that are off and {@code MachineSession} for running ones. Operations take the lock's holder for granted.
 *
 * <p>An image that a snapshot shows is never written to again: the machine goes on in an overlay, which {@code machine.json} names
 * as its disk. An operation first makes new files, then replaces {@code tree.json} (the instant at which it has happened), then
 * deletes what is no longer needed; whoever takes the lock next finishes what was cut short. So at any moment the old or the new
 * state is there whole. {@code docs/snapshots.md} tells more.
 */
public final class Snapshots {
    private static final int MAX_NAME = 200;

    private final MachineFolder folder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile SnapshotTree tree;

    private Snapshots(MachineFolder folder, InstantSource clock, RandomGenerator random, SnapshotTree tree) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.tree = tree;
    }

    /** The snapshots of a machine; reading needs no lock. */
    public static Snapshots of(MachineFolder folder) throws IOException {
        return of(folder, InstantSource.system(), new java.security.SecureRandom());
    }

    /** The same with the clock and the source of names given. */
    public static Snapshots of(MachineFolder folder, InstantSource clock, RandomGenerator random) throws IOException {
        return new Snapshots(folder, clock, random, SnapshotFile.load(file(folder)));
    }

    /**
     * What to offer for a machine whose last run ended with its host or with Terrarium: the newest snapshot of that run, to which
     * the machine can be put back. Empty when the last run ended as it should, or has no snapshot. Asked before anybody takes
     * the machine's lock, which is what tells.
     */
    public static Optional<SnapshotNode> lastStateOfLostRun(MachineFolder folder) throws IOException {
        Optional<LockOwner> lost = MachineLock.lost(folder);
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        SnapshotTree tree = of(folder).tree();
        return tree.suspended() != null || tree.resume() != null
                ? Optional.empty()
                : tree.lastState().filter(n -> n.created().isAfter(lost.get().started()));
    }

    private static Path file(MachineFolder folder) {
        return folder.snapshots().resolve("tree.json");
    }

    /**
     * Finishes what a process was killed in: called by whoever has just got the machine's lock, before anything else. A machine
     * without snapshots costs one look.
     */
    public static void recover(MachineFolder folder) throws IOException {
        if (!Files.exists(file(folder))) {
            return;
        }
        Snapshots s = of(folder);
        SnapshotTree tree = s.tree;
        boolean unfinished = false;
        for (SnapshotNode n : List.copyOf(tree.all())) {
            if (n.state() == State.SAVING || n.temporary()) {
                tree = tree.without(n.id());
                unfinished = true;
            }
        }
        if (tree.pending() != null) {
            s.applyPending(tree);
            tree = tree.pending(null, null);
            unfinished = true;
        }
        if (unfinished) {
            s.store(tree);
        }
        s.sweep();
    }

    private void store(SnapshotTree next) throws IOException {
        Files.createDirectories(folder.snapshots());
        SnapshotFile.save(file(folder), next);
        tree = next;
    }

    private void applyPending(SnapshotTree of) throws IOException {
        byte[] machine;
        try {
            machine = Files.readAllBytes(folder.snapshots().resolve(of.pending()));
        } catch (NoSuchFileException e) {
            return; // it was applied, and the file deleted, before the tree could say so
        }
        if (of.pendingNvram() != null) {
            Path nvram = at(of.pendingNvram()).nvram();
            if (Files.exists(nvram)) {
                AtomicFile.write(folder.nvram(), Files.readAllBytes(nvram));
            } else {
                Files.deleteIfExists(folder.nvram());
            }
        }
        AtomicFile.write(folder.machineJson(), machine);
    }

    /** The instant of an operation that changes the machine's description too. */
    private void commit(SnapshotTree next, MachineSpec machine, String nvramOf) throws IOException {
        Files.createDirectories(folder.snapshots());
        String pending = "machine-" + Overlays.id(random) + ".json";
        MachineFile.save(folder.snapshots().resolve(pending), machine);
        store(next.pending(pending, nvramOf));
        applyPending(tree);
        // That this has been done is noted by settle(), when the guest does not wait: doing it twice does no harm till
        // then.
    }

    /** Notes that what was committed is done, lest it be done over what somebody changes later. */
    void settle() throws IOException {
        if (tree.pending() != null) {
            Path done = folder.snapshots().resolve(tree.pending());
            store(tree.pending(null, null));
            Files.deleteIfExists(done);
        }
    }

    /** Deletes folders and files in {@code snapshots} that nothing refers to. */
    private void sweep() throws IOException {
        Set<String> needed = new HashSet<>(tree.nodes().keySet());
        needed.add("tree.json");
        needed.add(OutsideDisks.NAME);
        needed.add(tree.suspended());
        needed.add(tree.pending());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.snapshots())) {
            for (Path file : files) {
                if (!needed.contains(file.getFileName().toString())) {
                    if (Files.isDirectory(file)) {
                        new StateFolder(file).delete();
                    } else {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
        for (SnapshotNode n : tree.all()) {
            sweepNode(n);
        }
    }

    private void sweepNode(SnapshotNode n) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(at(n.id()).path(), StateFolder.RAM + "*")) {
            for (Path file : files) {
                if (n.state() != State.SAVING && !file.getFileName().toString().equals(n.ram())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    StateFolder at(String id) {
        return new StateFolder(folder.snapshots().resolve(id));
    }

    MachineFolder folder() {
        return folder;
    }

    RandomGenerator random() {
        return random;
    }

    /** The machine goes on in other images, made of its own. */
    void adopt(MachineSpec machine) throws IOException {
        String old = tree.suspended();
        commit(tree.suspendedIn(null).at(tree.current(), null), machine, null);
        settle();
        if (old != null) {
            at(old).delete();
        }
    }

    /** The tree as it is now. */
    public SnapshotTree tree() {
        return tree;
    }

    /** The picture of the screen when a snapshot was taken (PNG), if it has one. */
    public Optional<Path> picture(SnapshotNode node) {
        Path file = at(node.id()).picture();
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** The text on the screen then; empty for graphics and machines that were off. */
    public String screenText(SnapshotNode node) throws IOException {
        Path file = at(node.id()).text();
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The machine's settings when a snapshot was taken; its disks as their images are called now. */
    public MachineSpec machine(SnapshotNode node) throws IOException {
        MachineSpec then = MachineFile.load(at(node.id()).machine(), folder.name());
        List<DiskSpec> disks = new ArrayList<>();
        for (int n = 0; n < Math.min(then.disks().size(), node.disks().size()); n++) {
            FrozenDisk frozen = node.disks().get(n);
            DiskSpec disk = then.disks().get(n);
            disks.add(new DiskSpec(
                    Path.of(frozen.file()), DiskFormat.byLabel(frozen.format()), disk.controller(), disk.discard()));
        }
        return then.withDisks(disks);
    }

    /** The images that a snapshot's disks are, opened read-only by the caller, who also keeps the lock meanwhile. */
    public List<Path> disks(SnapshotNode node) {
        return node.disks().stream().map(d -> folder.resolve(Path.of(d.file()))).toList();
    }

    /** A snapshot's memory. */
    public RamImage memory(SnapshotNode node) throws StateException {
        return RamImage.open(ramChain(node.id()));
    }

    /** The files of a snapshot's memory, its own first. */
    List<Path> ramChain(String id) {
        return tree.memoryChain(id).stream().map(this::ram).toList();
    }

    private Path ram(SnapshotNode node) {
        return at(node.id()).path().resolve(node.ram());
    }

    /** Bytes that a snapshot takes: its state, and its disks' images where no older snapshot shows the same one. */
    public long bytes(SnapshotNode node) throws IOException {
        Set<String> older = new HashSet<>();
        for (String at = node.parent(); at != null; at = tree.nodes().get(at).parent()) {
            tree.nodes().get(at).disks().forEach(d -> older.add(d.file()));
        }
        long sum = node.bytes();
        for (FrozenDisk d : node.disks()) {
            if (!older.contains(d.file())) {
                sum += d.length();
            }
        }
        return sum;
    }

    private void requireRoom(String name) throws IOException {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IOException("a snapshot needs a name of 1 to " + MAX_NAME + " characters");
        }
        if (tree.nodes().size() >= tree.policy().most()) {
            throw new IOException("the machine " + folder.name() + " has "
                    + tree.nodes().size() + " snapshots already, as many as its limit allows; delete some first");
        }
    }

    /** What is to be taken. */
    public record Wish(String name, String note, boolean automatic) {}

    /** Takes a snapshot of a machine that is off. */
    public SnapshotNode take(Wish wish) throws IOException {
        if (tree.suspended() != null || tree.resume() != null) {
            throw new IOException("the machine " + folder.name()
                    + " is suspended; resume it, or start it with --discard-state, before taking a snapshot");
        }
        MachineSpec spec = folder.load();
        Begun begun = begin(wish, spec, State.OFF, false);
        try {
            finish(begun);
            settle();
            return tree.nodes().get(begun.node.id());
        } catch (IOException | RuntimeException e) {
            abandon(begun);
            throw e;
        }
    }

    /**
     * A snapshot that has files but is not in the tree yet.
     *
     * @param overlays the machine's description from then on
     */
    record Begun(SnapshotNode node, MachineSpec spec, MachineSpec overlays) {}

    /** First step: makes folder and overlays. Nothing has happened to the machine. */
    Begun begin(Wish wish, MachineSpec spec, State state, boolean paused) throws IOException {
        requireRoom(wish.name());
        return begin(Overlays.id(random), wish, spec, state, paused);
    }

    /** The same for one that goes when whoever copies from it is done; it needs no name and counts for no limit. */
    Begun beginTemporary(MachineSpec spec, State state, boolean paused) throws IOException {
        String id = SnapshotNode.TEMPORARY + Overlays.id(random);
        return begin(id, new Wish("(being copied)", "", false), spec, state, paused);
    }

    private Begun begin(String id, Wish wish, MachineSpec spec, State state, boolean paused) throws IOException {
        StateFolder to = at(id);
        List<DiskSpec> overlays = List.of();
        try {
            to.create();
            MachineFile.save(to.machine(), spec);
            if (Files.exists(folder.nvram())) {
                Files.copy(folder.nvram(), to.nvram(), StandardCopyOption.REPLACE_EXISTING);
            }
            overlays = Overlays.over(folder, spec.disks(), random);
            SnapshotNode node = new SnapshotNode(
                    id,
                    tree.current(),
                    wish.name(),
                    wish.note(),
                    clock.instant(),
                    wish.automatic(),
                    state,
                    paused,
                    List.of(),
                    null,
                    to.bytes());
            return new Begun(node, spec, spec.withDisks(overlays));
        } catch (IOException | RuntimeException e) {
            Overlays.drop(folder, overlays);
            to.delete();
            throw explain("no snapshot of the machine " + folder.name() + " could be taken", e);
        }
    }

    private static IOException explain(String what, Exception e) {
        return new IOException(what + ": " + HostTrouble.sentence(e), e);
    }

    /** Second step, while the disks are at rest: from now on the machine's disks are the overlays. */
    void finish(Begun begun) throws IOException {
        List<FrozenDisk> disks = new ArrayList<>();
        for (DiskSpec d : begun.spec.disks()) {
            disks.add(frozen(d));
        }
        SnapshotNode node = begun.node.withDisks(disks);
        commit(tree.with(node).at(node.id(), null), begun.overlays, null);
    }

    private FrozenDisk frozen(DiskSpec d) throws IOException {
        Path file = folder.resolve(d.file());
        DiskFormat format =
                d.format() == null ? org.terrarium.disk.DiskFormats.info(file).format() : d.format();
        return FrozenDisk.of(d.file().toString().replace('\\', '/'), file, format.label());
    }

    /** Instead of the second step. */
    void abandon(Begun begun) throws IOException {
        if (!tree.nodes().containsKey(begun.node.id())) {
            Overlays.drop(folder, begun.overlays.disks());
            at(begun.node.id()).delete();
        }
    }

    /** Third step of a running machine's snapshot: its state is written. */
    void saved(String id, long bytes) throws IOException {
        store(tree.with(tree.nodes().get(id).saved(StateFolder.RAM, bytes)));
        settle();
    }

    /** Instead of the third step: the snapshot has never been, though the machine goes on in its overlays. */
    void forget(String id) throws IOException {
        store(tree.without(id));
        settle();
        at(id).delete();
    }

    /** The memory that a new snapshot's is compared with; null where there is none. */
    RamImage parentMemory(SnapshotNode node) throws StateException {
        List<SnapshotNode> chain = tree.memoryAbove(node.parent());
        return chain.isEmpty() ? null : memory(chain.getFirst());
    }

    /**
     * Puts a machine that is off back to a snapshot; what it was before, where no snapshot keeps it, is gone. The next start goes
     * on from the snapshot's state, if it has one.
     */
    public void restore(String id) throws IOException {
        SnapshotNode node = finished(id);
        if (node.temporary()) {
            throw new IOException("the snapshot '" + node.name() + "' goes by itself; take one to return to");
        }
        requireUsable(node);
        MachineSpec now = folder.load();
        MachineSpec then = machine(node).withUuid(now.uuid());
        List<DiskSpec> overlays = List.of();
        SnapshotTree before = tree;
        try {
            overlays = Overlays.over(folder, then.disks(), random);
            commit(
                    tree.at(node.id(), node.state() == State.SAVED ? node.id() : null)
                            .suspendedIn(null),
                    then.withDisks(overlays),
                    node.id());
        } catch (IOException | RuntimeException e) {
            if (tree != before) {
                return; // it has happened; what is behind follows when the lock is taken next
            }
            Overlays.drop(folder, overlays);
            throw explain("the machine " + folder.name() + " stays as it is", e);
        }
        settle();
        sweep();
        DiskLayers.sweep(this);
    }

    /** A snapshot that is written; a sentence otherwise. */
    SnapshotNode finished(String idOrName) throws IOException {
        SnapshotNode node = tree.find(idOrName);
        if (node.state() == State.SAVING) {
            throw new IOException("the snapshot '" + node.name() + "' is still being written; wait until it is done");
        }
        return node;
    }

    /** Whether everything that a snapshot needs is there and unchanged; a sentence otherwise. */
    void requireUsable(SnapshotNode node) throws IOException {
        Map<Path, FrozenDisk> known = new LinkedHashMap<>();
        tree.all().forEach(n -> n.disks().forEach(d -> known.put(folder.resolve(Path.of(d.file())), d)));
        for (Path disk : disks(node)) {
            for (Path file : DiskLayers.chain(disk)) {
                FrozenDisk frozen = known.get(file);
                if (frozen != null) {
                    frozen.requireUnchanged(file);
                }
            }
        }
        if (node.state() == State.SAVED) {
            StateFile.read(at(node.id()).state());
            memory(node);
        }
    }

    /**
     * A saved state that a machine is to take over.
     *
     * @param described the machine's description when it was saved; empty where it was not kept
     */
    public record Resumable(
            Map<String, StateSection> sections, RamImage memory, boolean paused, Optional<MachineSpec> described) {}

    private Optional<MachineSpec> describedIn(StateFolder f) {
        try {
            return Optional.of(MachineFile.load(f.machine(), folder.name()));
        } catch (SpecException e) {
            return Optional.empty(); // not kept, or not needed
        }
    }

    /** What the next start is to go on from, if anything. */
    public Optional<Resumable> resumable() throws StateException {
        if (tree.suspended() != null) {
            StateFolder f = at(tree.suspended());
            RamImage ram = RamImage.open(List.of(f.ram()));
            return Optional.of(new Resumable(StateFile.read(f.state()), ram, false, describedIn(f)));
        }
        if (tree.resume() != null) {
            SnapshotNode n = tree.nodes().get(tree.resume());
            StateFolder f = at(n.id());
            return Optional.of(new Resumable(StateFile.read(f.state()), memory(n), n.paused(), describedIn(f)));
        }
        return Optional.empty();
    }

    /** The next start boots: the state has been taken over, or is not wanted. */
    public void dropState() throws IOException {
        if (tree.suspended() != null || tree.resume() != null) {
            String old = tree.suspended();
            store(tree.suspendedIn(null).at(tree.current(), null));
            if (old != null) {
                at(old).delete();
            }
        }
    }

    /** Keeps a machine's state, whose folder is filled, for its next start. */
    void suspendedIn(StateFolder filled) throws IOException {
        store(tree.suspendedIn(filled.path().getFileName().toString()).at(tree.current(), null));
    }

    /** A folder for a state; nothing refers to it yet. */
    StateFolder newFolder(String prefix) throws IOException {
        StateFolder f = at(prefix + Overlays.id(random));
        f.create();
        return f;
    }

    /** Gives a snapshot another name and note. */
    public void describe(String id, String name, String note) throws IOException {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IOException("a snapshot needs a name of 1 to " + MAX_NAME + " characters");
        }
        store(tree.with(tree.find(id).withText(name, note)));
    }

    public void setPolicy(SnapshotPolicy policy) throws IOException {
        store(tree.withPolicy(policy));
    }

    /**
     * Takes a snapshot out of the tree: those taken after it go on from its parent and show what they did. Its memory is merged
     * into theirs first; its disks' images stay until {@link #merge} has merged them too.
     */
    public void delete(String id, Progress progress) throws IOException {
        SnapshotNode node = finished(id);
        if (node.id().equals(tree.resume())) {
            throw new IOException("the machine " + folder.name() + " is to go on from the snapshot '" + node.name()
                    + "' when it is started next; start it, or restore another one, first");
        }
        SnapshotTree next = tree.without(node.id());
        List<Path> written = new ArrayList<>();
        try {
            if (node.state() == State.SAVED) {
                List<SnapshotNode> chain = next.memoryAbove(node.parent());
                for (SnapshotNode child : tree.memoryChildren(node.id())) {
                    RamImage parent = chain.isEmpty() ? null : memory(chain.getFirst());
                    String name = StateFolder.RAM + "-" + Overlays.id(random);
                    Path file = at(child.id()).path().resolve(name);
                    written.add(file);
                    RamFile.write(file, memory(child).source(), parent, progress);
                    long bytes = child.bytes() - Files.size(ram(child)) + Files.size(file);
                    next = next.with(next.nodes().get(child.id()).saved(name, bytes));
                }
            }
            store(next);
        } catch (IOException | RuntimeException e) {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        at(node.id()).delete();
        sweep();
    }

    /**
     * Merges images that no snapshot and not the machine itself shows by themselves into those above or below, and deletes those
     * that nothing needs. Only while the machine is off ({@link LiveSnapshots#merge} does it under a guest). May be stopped, or killed, at any time.
     */
    public DiskJob<Void> merge() {
        return DiskJob.start("Merging the disks of " + folder.name(), progress -> {
            DiskLayers.merge(this, DiskLayers.Way.OFF, progress);
            return null;
        });
    }

    /** Replaces the tree's disks; for {@link DiskLayers}. */
    void changeDisks(SnapshotTree next) throws IOException {
        store(next);
    }

    /** The same together with the machine's own. */
    void changeDisks(SnapshotTree next, MachineSpec machine) throws IOException {
        commit(next, machine, null);
        settle();
    }
}
