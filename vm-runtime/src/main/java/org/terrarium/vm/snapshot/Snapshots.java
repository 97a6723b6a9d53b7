package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    private final SnapshotStore store;
    private final MachineFolder folder;
    private final SnapshotTaking taking;

    private Snapshots(SnapshotStore store, InstantSource clock) {
        this.store = store;
        folder = store.folder();
        taking = new SnapshotTaking(store, clock);
    }

    /** The snapshots of a machine; reading needs no lock. */
    public static Snapshots of(MachineFolder folder) throws IOException {
        return of(folder, InstantSource.system(), new SecureRandom());
    }

    /** The same with the clock and the source of names given. */
    public static Snapshots of(MachineFolder folder, InstantSource clock, RandomGenerator random) throws IOException {
        return new Snapshots(new SnapshotStore(folder, random), clock);
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

    /**
     * Finishes what a process was killed in: called by whoever has just got the machine's lock, before anything else. A machine
     * without snapshots costs one look.
     */
    public static void recover(MachineFolder folder) throws IOException {
        if (Files.exists(SnapshotStore.file(folder))) {
            new SnapshotStore(folder, new SecureRandom()).recover();
        }
    }

    /** The steps of taking a snapshot, for {@link LiveSnapshots}. */
    SnapshotTaking taking() {
        return taking;
    }

    StateFolder at(String id) {
        return store.at(id);
    }

    MachineFolder folder() {
        return folder;
    }

    RandomGenerator random() {
        return store.random();
    }

    /** The machine goes on in other images, made of its own. */
    void adopt(MachineSpec machine) throws IOException {
        String old = tree().suspended();
        store.commit(tree().suspendedIn(null).at(tree().current(), null), machine, null);
        store.settle();
        if (old != null) {
            at(old).delete();
        }
    }

    /** The tree as it is now. */
    public SnapshotTree tree() {
        return store.tree();
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
        return tree().memoryChain(id).stream().map(this::ram).toList();
    }

    private Path ram(SnapshotNode node) {
        return at(node.id()).path().resolve(node.ram());
    }

    /** Bytes that a snapshot takes: its state, and its disks' images where no older snapshot shows the same one. */
    public long bytes(SnapshotNode node) throws IOException {
        Set<String> older = new HashSet<>();
        for (String at = node.parent(); at != null; at = tree().nodes().get(at).parent()) {
            tree().nodes().get(at).disks().forEach(d -> older.add(d.file()));
        }
        long sum = node.bytes();
        for (FrozenDisk d : node.disks()) {
            if (!older.contains(d.file())) {
                sum += d.length();
            }
        }
        return sum;
    }

    /** What is to be taken. */
    public record Wish(String name, String note, boolean automatic) {}

    /** Takes a snapshot of a machine that is off; an automatic one takes the place of the oldest of its kind. */
    public SnapshotNode take(Wish wish) throws IOException {
        if (tree().suspended() != null || tree().resume() != null) {
            throw new IOException("the machine " + folder.name()
                    + " is suspended; resume it, or start it with --discard-state, before taking a snapshot");
        }
        MachineSpec spec = changeable();
        SnapshotTaking.Begun begun = taking.begin(wish, spec, State.OFF, false);
        try {
            taking.finish(begun);
            store.settle();
        } catch (IOException | RuntimeException e) {
            taking.abandon(begun);
            throw e;
        }
        if (wish.automatic()) {
            for (SnapshotNode old : tree().superfluous()) {
                delete(old.id(), Progress.NONE);
            }
        }
        return tree().nodes().get(begun.node().id());
    }

    /** The machine's description; a template stays as it is. */
    private MachineSpec changeable() throws IOException {
        MachineSpec spec = folder.load();
        if (spec.template()) {
            throw new IOException("the machine " + folder.name()
                    + " is a template, which cannot be changed; make it an ordinary machine first");
        }
        return spec;
    }

    /** The memory that a new snapshot's is compared with; null where there is none. */
    RamImage parentMemory(SnapshotNode node) throws StateException {
        List<SnapshotNode> chain = tree().memoryAbove(node.parent());
        return chain.isEmpty() ? null : memory(chain.getFirst());
    }

    /**
     * Puts a machine that is off back to a snapshot; what it was before, where no snapshot keeps it, is gone. The next start goes
     * on from the snapshot's state, if it has one.
     */
    public void restore(String id) throws IOException {
        changeable();
        SnapshotNode node = finished(id);
        if (node.temporary()) {
            throw new IOException("the snapshot '" + node.name() + "' goes by itself; take one to return to");
        }
        requireUsable(node);
        MachineSpec now = folder.load();
        MachineSpec then = machine(node).withUuid(now.uuid());
        List<DiskSpec> overlays = List.of();
        SnapshotTree before = tree();
        try {
            overlays = Overlays.over(folder, then.disks(), store.random());
            store.commit(
                    tree().at(node.id(), node.state() == State.SAVED ? node.id() : null)
                            .suspendedIn(null),
                    then.withDisks(overlays),
                    node.id());
        } catch (IOException | RuntimeException e) {
            if (tree() != before) {
                return; // it has happened; what is behind follows when the lock is taken next
            }
            Overlays.drop(folder, overlays);
            throw HostTrouble.during("the machine " + folder.name() + " stays as it is", e);
        }
        store.settle();
        store.sweep();
        DiskLayers.sweep(this);
    }

    /** A snapshot that is written; a sentence otherwise. */
    SnapshotNode finished(String idOrName) throws IOException {
        SnapshotNode node = tree().find(idOrName);
        if (node.state() == State.SAVING) {
            throw new IOException("the snapshot '" + node.name() + "' is still being written; wait until it is done");
        }
        return node;
    }

    /** Whether everything that a snapshot needs is there and unchanged; a sentence otherwise. */
    void requireUsable(SnapshotNode node) throws IOException {
        Map<Path, FrozenDisk> known = new LinkedHashMap<>();
        tree().all().forEach(n -> n.disks().forEach(d -> known.put(folder.resolve(Path.of(d.file())), d)));
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
            RamImage memory = memory(node);
            at(node.id()).requireOwn(memory);
            memory.requireWhole();
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
        if (tree().suspended() != null) {
            StateFolder f = at(tree().suspended());
            RamImage ram = RamImage.open(List.of(f.ram()));
            f.requireOwn(ram);
            return Optional.of(new Resumable(StateFile.read(f.state()), ram, false, describedIn(f)));
        }
        if (tree().resume() != null) {
            SnapshotNode n = tree().nodes().get(tree().resume());
            StateFolder f = at(n.id());
            RamImage ram = memory(n);
            f.requireOwn(ram);
            return Optional.of(new Resumable(StateFile.read(f.state()), ram, n.paused(), describedIn(f)));
        }
        return Optional.empty();
    }

    /** The next start boots: the state has been taken over, or is not wanted. */
    public void dropState() throws IOException {
        if (tree().suspended() != null || tree().resume() != null) {
            String old = tree().suspended();
            store.store(tree().suspendedIn(null).at(tree().current(), null));
            if (old != null) {
                at(old).delete();
            }
        }
    }

    /** Keeps a machine's state, whose folder is filled, for its next start. */
    void suspendedIn(StateFolder filled) throws IOException {
        store.store(tree().suspendedIn(filled.path().getFileName().toString()).at(tree().current(), null));
    }

    /** A folder for a state; nothing refers to it yet. */
    StateFolder newFolder(String prefix) throws IOException {
        StateFolder f = at(prefix + Overlays.id(store.random()));
        f.create();
        return f;
    }

    /** Gives a snapshot another name and note. */
    public void describe(String id, String name, String note) throws IOException {
        SnapshotTaking.requireName(name);
        store.store(tree().with(tree().find(id).withText(name, note)));
    }

    public void setPolicy(SnapshotPolicy policy) throws IOException {
        store.store(tree().withPolicy(policy));
    }

    /**
     * Takes a snapshot out of the tree: those taken after it go on from its parent and show what they did. Its memory is merged
     * into theirs first; its disks' images stay until {@link #merge} has merged them too.
     */
    public void delete(String id, Progress progress) throws IOException {
        SnapshotNode node = finished(id);
        if (node.id().equals(tree().resume())) {
            throw new IOException("the machine " + folder.name() + " is to go on from the snapshot '" + node.name()
                    + "' when it is started next; start it, or restore another one, first");
        }
        SnapshotTree next = tree().without(node.id());
        List<Path> written = new ArrayList<>();
        try {
            if (node.state() == State.SAVED) {
                List<SnapshotNode> chain = next.memoryAbove(node.parent());
                for (SnapshotNode child : tree().memoryChildren(node.id())) {
                    RamImage parent = chain.isEmpty() ? null : memory(chain.getFirst());
                    String name = StateFolder.RAM + "-" + Overlays.id(store.random());
                    Path file = at(child.id()).path().resolve(name);
                    written.add(file);
                    RamFile.write(file, memory(child).source(), parent, progress);
                    long bytes = child.bytes() - Files.size(ram(child)) + Files.size(file);
                    next = next.with(next.nodes().get(child.id()).saved(name, bytes));
                }
            }
            store.store(next);
        } catch (IOException | RuntimeException e) {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        at(node.id()).delete();
        store.sweep();
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
        store.store(next);
    }

    /** The same together with the machine's own. */
    void changeDisks(SnapshotTree next, MachineSpec machine) throws IOException {
        store.commit(next, machine, null);
        store.settle();
    }
}
