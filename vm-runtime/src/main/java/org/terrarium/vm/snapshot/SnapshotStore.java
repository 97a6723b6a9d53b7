package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.SnapshotNode.State;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;

/**
 * The tree as it lies on disk. Replacing {@code tree.json} is the instant of every operation; here is also what has to follow it, now
 * or, when the process is killed before, by whoever takes the machine's lock next.
 */
final class SnapshotStore {
    private final MachineFolder folder;
    private final RandomGenerator random;
    private volatile SnapshotTree tree;

    /** Reading needs no lock; everything that changes files does. */
    SnapshotStore(MachineFolder folder, RandomGenerator random) throws IOException {
        this.folder = folder;
        this.random = random;
        tree = SnapshotFile.load(file(folder));
    }

    static Path file(MachineFolder folder) {
        return folder.snapshots().resolve("tree.json");
    }

    /** The tree as it is now. */
    SnapshotTree tree() {
        return tree;
    }

    MachineFolder folder() {
        return folder;
    }

    RandomGenerator random() {
        return random;
    }

    StateFolder at(String id) {
        return new StateFolder(folder.snapshots().resolve(id));
    }

    /** Finishes what a process was killed in. */
    void recover() throws IOException {
        SnapshotTree next = tree;
        boolean unfinished = false;
        for (SnapshotNode n : List.copyOf(next.all())) {
            if (n.state() == State.SAVING || n.temporary()) {
                next = next.without(n.id());
                unfinished = true;
            }
        }
        if (next.pending() != null) {
            applyPending(next);
            next = next.pending(null, null);
            unfinished = true;
        }
        if (unfinished) {
            store(next);
        }
        sweep();
    }

    /** The instant of an operation that changes the tree alone. */
    void store(SnapshotTree next) throws IOException {
        Files.createDirectories(folder.snapshots());
        SnapshotFile.save(file(folder), next);
        tree = next;
    }

    /** The instant of an operation that changes the machine's description too. */
    void commit(SnapshotTree next, MachineSpec machine, String nvramOf) throws IOException {
        Files.createDirectories(folder.snapshots());
        String pending = "machine-" + Overlays.id(random) + ".json";
        MachineFile.save(folder.snapshots().resolve(pending), machine);
        store(next.pending(pending, nvramOf));
        applyPending(tree);
        // That this has been done is noted by settle(), when the guest does not wait: doing it twice does no harm till
        // then.
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

    /** Notes that what was committed is done, lest it be done over what somebody changes later. */
    void settle() throws IOException {
        if (tree.pending() != null) {
            Path done = folder.snapshots().resolve(tree.pending());
            store(tree.pending(null, null));
            Files.deleteIfExists(done);
        }
    }

    /** Deletes folders and files in {@code snapshots} that nothing refers to. */
    void sweep() throws IOException {
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
}
