package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.snapshot.SnapshotNode.State;
import org.terrarium.vm.snapshot.Snapshots.Wish;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;

/** The steps in which a snapshot comes into being: its files, the instant, and of a running machine the end of its writing. */
final class SnapshotTaking {
    static final int MAX_NAME = 200;

    private final SnapshotStore store;
    private final InstantSource clock;
    private final MachineFolder folder;

    SnapshotTaking(SnapshotStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        folder = store.folder();
    }

    static void requireName(String name) throws IOException {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IOException("a snapshot needs a name of 1 to " + MAX_NAME + " characters");
        }
    }

    private void requireRoom(Wish wish) throws IOException {
        requireName(wish.name());
        SnapshotTree tree = store.tree();
        if (tree.sizeWithOneMore(wish.automatic()) > tree.policy().most()) {
            throw new IOException("the machine " + folder.name() + " has "
                    + tree.nodes().size() + " snapshots already, as many as its limit allows; delete some first");
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
        requireRoom(wish);
        return begin(Overlays.id(store.random()), wish, spec, state, paused);
    }

    /** The same for one that goes when whoever copies from it is done; it needs no name and counts for no limit. */
    Begun beginTemporary(MachineSpec spec, State state, boolean paused) throws IOException {
        String id = SnapshotNode.TEMPORARY + Overlays.id(store.random());
        return begin(id, new Wish("(being copied)", "", false), spec, state, paused);
    }

    private Begun begin(String id, Wish wish, MachineSpec spec, State state, boolean paused) throws IOException {
        StateFolder to = store.at(id);
        List<DiskSpec> overlays = List.of();
        try {
            to.create();
            MachineFile.save(to.machine(), spec);
            if (Files.exists(folder.nvram())) {
                Files.copy(folder.nvram(), to.nvram(), StandardCopyOption.REPLACE_EXISTING);
            }
            overlays = Overlays.over(folder, spec.disks(), store.random());
            SnapshotNode node = new SnapshotNode(
                    id,
                    store.tree().current(),
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
            throw HostTrouble.during("no snapshot of the machine " + folder.name() + " could be taken", e);
        }
    }

    /** Second step, while the disks are at rest: from now on the machine's disks are the overlays. */
    void finish(Begun begun) throws IOException {
        List<FrozenDisk> disks = new ArrayList<>();
        for (DiskSpec d : begun.spec.disks()) {
            disks.add(frozen(d));
        }
        SnapshotNode node = begun.node.withDisks(disks);
        store.commit(store.tree().with(node).at(node.id(), null), begun.overlays, null);
    }

    private FrozenDisk frozen(DiskSpec d) throws IOException {
        Path file = folder.resolve(d.file());
        DiskFormat format = d.format() == null ? DiskFormats.info(file).format() : d.format();
        return FrozenDisk.of(d.file().toString().replace('\\', '/'), file, format.label());
    }

    /** Instead of the second step. */
    void abandon(Begun begun) throws IOException {
        if (!store.tree().nodes().containsKey(begun.node.id())) {
            Overlays.drop(folder, begun.overlays.disks());
            store.at(begun.node.id()).delete();
        }
    }

    /** Third step of a running machine's snapshot that is to have no state. */
    void withoutState() throws IOException {
        store.settle();
    }

    /** Third step of a running machine's snapshot: its state is written. */
    void saved(String id, long bytes) throws IOException {
        store.store(store.tree().with(store.tree().nodes().get(id).saved(StateFolder.RAM, bytes)));
        store.settle();
    }

    /** Instead of the third step: the snapshot has never been, though the machine goes on in its overlays. */
    void forget(String id) throws IOException {
        store.store(store.tree().without(id));
        store.settle();
        store.at(id).delete();
    }
}
