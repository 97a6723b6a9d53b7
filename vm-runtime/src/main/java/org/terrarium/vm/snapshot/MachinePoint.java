package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.disk.Passphrases;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.LockOwner;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.state.RamFile;
import org.terrarium.vm.state.RamImage;

/**
 * A machine as it was at one instant, to make copies from: one of its snapshots, or its present state. A machine that is off
 * cannot be used by others meanwhile. One that runs, here or in another process, runs on: its present state is a temporary
 * snapshot, which goes when this is closed, when the process that copies ends, or, after a crash, when the machine is used next.
 */
public final class MachinePoint implements AutoCloseable {
    /** What is to be copied of a machine. */
    public enum Part {
        /** The disks, as if its plug were pulled at that instant. */
        DISKS,
        /** What it was doing as well, if it was on. */
        ALL
    }

    private final MachineFolder folder;
    private final Gate gate;
    private final AutoCloseable hold;
    private final boolean frozen;
    private Snapshots snapshots;
    private SnapshotNode node;
    private MachineSpec machine;
    private final List<VirtualDisk> disks = new ArrayList<>();

    private MachinePoint(MachineFolder folder, Gate gate, AutoCloseable hold, boolean frozen) {
        this.folder = folder;
        this.gate = gate;
        this.hold = hold;
        this.frozen = frozen;
    }

    /**
     * Opens a point.
     *
     * @param snapshot a snapshot's id or name, or null for the present state
     * @param part what will be copied; the state of a running machine takes as long to save as its memory is large
     * @param gate what the disks' images may open; see {@code AllowedFolders}
     */
    public static MachinePoint open(MachineFolder folder, String snapshot, Part part, Gate gate) throws IOException {
        LockOwner owner = MachineLock.owner(folder).orElse(null);
        boolean runs = owner != null && !owner.control().isEmpty();
        MachinePoint point = runs
                ? running(folder, snapshot, part, gate, owner)
                : new MachinePoint(folder, gate, MachineLock.acquire(folder), snapshot != null);
        try {
            point.snapshots = Snapshots.of(folder);
            if (!runs && snapshot != null) {
                point.use(point.snapshots.finished(snapshot));
            } else if (!runs) {
                point.machine = folder.load();
            } else {
                point.use(point.snapshots
                        .tree()
                        .find(((ControlClient.Held) point.hold)
                                .answer()
                                .path("id")
                                .asText()));
            }
            return point;
        } catch (IOException | RuntimeException e) {
            point.close();
            throw e;
        }
    }

    private static MachinePoint running(MachineFolder folder, String snapshot, Part part, Gate gate, LockOwner owner)
            throws IOException {
        ControlClient client = ControlClient.of(new MachineEntry(folder, null, null, Optional.of(owner)));
        Map<String, String> order = snapshot == null
                ? Map.of("state", Boolean.toString(part == Part.ALL))
                : Map.of("id", Snapshots.of(folder).tree().find(snapshot).id());
        return new MachinePoint(folder, gate, client.hold("snapshotHold", order), true);
    }

    private void use(SnapshotNode found) throws IOException {
        snapshots.requireUsable(found);
        node = found;
        machine = snapshots.machine(found);
        for (int n = 0; n < machine.disks().size(); n++) {
            disk(n); // open, nobody can write to them whatever becomes of the machine
        }
    }

    /** The machine's folder, which the paths in {@link #machine()} are relative to. */
    public MachineFolder folder() {
        return folder;
    }

    /** The machine's description at that instant. */
    public MachineSpec machine() {
        return machine;
    }

    /** Whether the machine writes to other images than these: those of a snapshot are never written to again. */
    public boolean frozen() {
        return frozen;
    }

    /** The firmware's settings; there may be no such file. */
    public Path nvram() {
        return node == null ? folder.nvram() : snapshots.at(node.id()).nvram();
    }

    /** A disk as it was, open for reading until this is closed. */
    public VirtualDisk disk(int number) throws IOException {
        Gate own = AllowedFolders.gate(folder, System.getenv());
        while (disks.size() <= number) {
            DiskSpec d = machine.disks().get(disks.size());
            disks.add(DiskFormats.open(
                    folder.resolve(d.file()),
                    OpenOptions.readOnly()
                            .withGate((from, file) -> gate.mayOpen(from, file) || own.mayOpen(from, file))
                            .withFormat(d.format())
                            .withPassphrases(Passphrases.of(System.getenv()))));
        }
        return disks.get(number);
    }

    /** What the guest sees of all disks together, bytes. */
    public long diskBytes() throws IOException {
        long sum = 0;
        for (DiskSpec d : machine.disks()) {
            sum += DiskFormats.info(folder.resolve(d.file())).size();
        }
        return sum;
    }

    /** Whether the machine was on, or suspended, so that a copy can go on from there. */
    public boolean hasState() {
        return node == null
                ? snapshots.tree().suspended() != null || snapshots.tree().resume() != null
                : node.state() == SnapshotNode.State.SAVED;
    }

    /**
     * Makes another machine one that is suspended where this one was; nothing happens without {@link #hasState}.
     *
     * @param draft a machine without snapshots that nobody uses yet
     */
    public void copyState(MachineFolder draft, RandomGenerator random, Progress progress) throws IOException {
        if (!hasState()) {
            return;
        }
        SnapshotTree tree = snapshots.tree();
        boolean suspended = node == null && tree.suspended() != null;
        StateFolder from = snapshots.at(suspended ? tree.suspended() : node == null ? tree.resume() : node.id());
        Snapshots copy = Snapshots.of(draft, java.time.InstantSource.system(), random);
        StateFolder to = copy.newFolder(StateFolder.SUSPENDED);
        for (Path file : List.of(from.state(), from.picture(), from.text())) {
            if (Files.exists(file)) {
                Files.copy(file, to.path().resolve(file.getFileName()));
            }
        }
        // What its network cards were called then, so that new ones are noticed.
        MachineFile.save(to.machine(), suspended && Files.exists(from.machine()) ? savedIn(from) : machine);
        Path ram = to.path().resolve(StateFolder.RAM);
        List<Path> chain = suspended
                ? List.of(from.ram())
                : snapshots.ramChain(from.path().getFileName().toString());
        if (chain.size() == 1) {
            Files.copy(chain.getFirst(), ram);
        } else {
            RamFile.write(ram, RamImage.open(chain).source(), null, progress);
        }
        to.seal(RamImage.idOf(ram));
        copy.suspendedIn(to);
    }

    private MachineSpec savedIn(StateFolder state) throws IOException {
        return MachineFile.load(state.machine(), folder.name());
    }

    @Override
    public void close() throws IOException {
        IOException trouble = null;
        for (VirtualDisk disk : disks) {
            try {
                disk.close();
            } catch (IOException e) {
                trouble = e;
            }
        }
        try {
            hold.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (trouble != null) {
            throw trouble;
        }
    }
}
