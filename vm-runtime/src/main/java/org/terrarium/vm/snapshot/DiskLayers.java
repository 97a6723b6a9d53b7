package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.DiskCommit;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.disk.DiskMerge;
import org.terrarium.disk.DiskRebase;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.library.LinkedDisks;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/**
 * The images behind a machine's disks, as their own headers chain them. One that neither a snapshot nor the machine shows by
 * itself, and that one image only lies on, can go: an image at the bottom takes over what lies on it, any other gives its
 * contents to the one on it. Where several lie on it, it stays: merging would store its contents several times. What linked clones
 * show, and all below, stays as well.
 *
 * <p>In both directions what every disk shows stays the same at every instant: contents move to where they are covered, or are
 * covered already, before a name changes.
 */
final class DiskLayers {
    private final Snapshots snapshots;
    private final MachineFolder folder;
    private final Map<Path, Path> below = new LinkedHashMap<>();
    private final Set<Path> shown = new LinkedHashSet<>();
    private final Set<Path> clones;

    private DiskLayers(Snapshots snapshots) throws IOException {
        this.snapshots = snapshots;
        folder = snapshots.folder();
        clones = shownByClones();
        for (DiskSpec d : folder.load().disks()) {
            shown.add(folder.resolve(d.file()));
        }
        for (String file : snapshots.tree().frozenFiles()) {
            shown.add(folder.resolve(Path.of(file)));
        }
        for (Path top : shown) {
            List<Path> chain = chain(top);
            for (int n = 0; n < chain.size(); n++) {
                below.put(chain.get(n), n + 1 < chain.size() ? chain.get(n + 1) : null);
            }
        }
    }

    /** An image and those it is an overlay of, to the bottom. */
    static List<Path> chain(Path top) throws IOException {
        Set<Path> chain = new LinkedHashSet<>();
        for (Path at = top; at != null && chain.add(at); ) {
            if (!Files.exists(at)) {
                throw new IOException("the disk image " + at + ", which a snapshot needs, is missing");
            }
            DiskInfo info = DiskFormats.info(at);
            at = info.backingFile() == null
                    ? null
                    : at.resolveSibling(info.backingFile()).normalize();
        }
        return List.copyOf(chain);
    }

    /** Deletes overlays that nothing leads to. */
    static void sweep(Snapshots snapshots) throws IOException {
        new DiskLayers(snapshots).sweep();
    }

    /** Images that linked clones show, and all below those: they stay as they are. */
    private Set<Path> shownByClones() throws IOException {
        MachineLibrary library = new MachineLibrary(folder.path().getParent());
        Set<Path> needed = new LinkedHashSet<>();
        for (MachineEntry entry : library.list()) {
            if (!entry.folder().equals(folder)) {
                needed.addAll(LinkedDisks.of(entry.folder()).files());
            }
        }
        return needed;
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.disks())) {
            for (Path file : files) {
                if (Overlays.isOverlay(file) && !below.containsKey(file) && !needed(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private boolean needed(Path file) throws IOException {
        return clones.contains(file.toRealPath());
    }

    /** How images are merged: while nobody uses them, or under a guest. */
    interface Way {
        /** While nobody uses the machine. */
        Way OFF = new Way() {
            @Override
            public boolean may(Path lower, Path upper) {
                return true;
            }

            @Override
            public boolean prepare(Path upper) {
                return false;
            }

            @Override
            public boolean inUse(Path image) {
                return false;
            }

            @Override
            public void copyDown(MachineFolder folder, Path lower, Path upper, Progress progress) throws IOException {
                DiskCommit.commit(upper, opening(folder), null, true, progress);
            }

            @Override
            public void change(Path upper, Step step) throws IOException {
                step.run();
            }
        };

        /** Whether these two may be merged now. */
        boolean may(Path lower, Path upper) throws IOException;

        /** Gets ready for merging {@code upper}; true when images have changed, so that it is decided anew what to merge. */
        boolean prepare(Path upper) throws IOException;

        /** Whether a guest uses an image. */
        boolean inUse(Path image) throws IOException;

        /** Stores in {@code lower} what {@code upper}, which lies on it, holds. */
        void copyDown(MachineFolder folder, Path lower, Path upper, Progress progress) throws IOException;

        /** Changes names of images that lie on {@code upper}; nobody has them open meanwhile. */
        void change(Path upper, Step step) throws IOException;
    }

    /** A part of a merge that takes no time. */
    interface Step {
        void run() throws IOException;
    }

    static OpenOptions opening(MachineFolder folder) {
        return OpenOptions.readWrite().withGate(AllowedFolders.gate(folder, System.getenv()));
    }

    static void merge(Snapshots snapshots, Way way, Progress progress) throws IOException {
        while (true) {
            DiskLayers layers = new DiskLayers(snapshots);
            layers.sweep();
            if (!layers.mergeOne(way, progress)) {
                return;
            }
        }
    }

    private List<Path> on(Path image) {
        List<Path> on = new ArrayList<>();
        below.forEach((file, backing) -> {
            if (image.equals(backing)) {
                on.add(file);
            }
        });
        return on;
    }

    /** Takes one image out; false when there is none to take out. */
    private boolean mergeOne(Way way, Progress progress) throws IOException {
        for (Path hidden : below.keySet()) {
            List<Path> on = on(hidden);
            if (!shown.contains(hidden)
                    && on.size() == 1
                    && hidden.startsWith(folder.path())
                    && !needed(hidden)
                    && !needed(on.getFirst())
                    && way.may(hidden, on.getFirst())) {
                if (way.prepare(on.getFirst())) {
                    return true;
                }
                if (below.get(hidden) == null || way.inUse(on.getFirst())) {
                    takeIn(hidden, on.getFirst(), way, progress);
                } else {
                    giveUp(hidden, on.getFirst(), way, progress);
                }
                return true;
            }
        }
        return false;
    }

    /** An image takes over what the only one on it holds, and its place. */
    private void takeIn(Path lower, Path upper, Way way, Progress progress) throws IOException {
        way.copyDown(folder, lower, upper, progress);
        DiskFormat format = DiskFormat.byLabel(DiskFormats.info(upper).backingFormat());
        way.change(upper, () -> putInPlace(lower, format, upper));
    }

    /** Both show the same by now, so only names change: those of images on the upper one, of snapshots, of the machine. */
    private void putInPlace(Path lower, DiskFormat format, Path upper) throws IOException {
        Set<String> renamed = new LinkedHashSet<>();
        on(upper).forEach(x -> renamed.add(named(x)));
        uncheck(renamed);
        for (Path x : on(upper)) {
            DiskRebase.rebase(
                    x,
                    opening(folder),
                    BackingReference.to(Overlays.reference(folder, x, lower), format),
                    true,
                    Progress.NONE);
        }
        FrozenDisk now = FrozenDisk.of(named(lower), lower, format.label());
        Map<String, FrozenDisk> changed = new LinkedHashMap<>();
        changed.put(named(upper), now);
        for (Path x : on(upper)) {
            changed.put(named(x), FrozenDisk.of(named(x), x, DiskFormat.QCOW2.label()));
        }
        SnapshotTree tree = snapshots.tree().withDisks(d -> changed.getOrDefault(d.file(), d));
        MachineSpec machine = folder.load();
        List<DiskSpec> disks = machine.disks().stream()
                .map(d -> folder.resolve(d.file()).equals(upper)
                        ? new DiskSpec(folder.name(lower), format, d.controller(), d.discard())
                        : d)
                .toList();
        snapshots.changeDisks(tree, machine.withDisks(disks));
        Files.deleteIfExists(upper);
    }

    /** An image in the middle gives its contents to the one on it. */
    private void giveUp(Path middle, Path upper, Way way, Progress progress) throws IOException {
        DiskInfo info = DiskFormats.info(middle);
        BackingReference next =
                new BackingReference(Overlays.reference(folder, upper, below.get(middle)), info.backingFormat());
        String name = named(upper);
        way.change(upper, () -> uncheck(Set.of(name)));
        DiskMerge.takeOver(upper, opening(folder), next, progress);
        FrozenDisk now = FrozenDisk.of(name, upper, DiskFormat.QCOW2.label());
        way.change(
                upper,
                () -> snapshots.changeDisks(
                        snapshots.tree().withDisks(d -> d.file().equals(name) ? now : d)));
        Files.deleteIfExists(middle);
    }

    /** Files that change though they show the same: until their new sums are noted, none are. */
    private void uncheck(Set<String> names) throws IOException {
        snapshots.changeDisks(snapshots.tree().withDisks(d -> names.contains(d.file()) ? d.unchecked() : d));
    }

    private String named(Path file) {
        return folder.name(file).toString().replace('\\', '/');
    }
}
