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
import org.terrarium.vm.disk.Passphrases;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/**
 * The images behind a machine's disks, as their own headers chain them. One that neither a snapshot nor the machine shows by
 * itself, and that one image only lies on, can go: an image at the bottom takes over what lies on it, any other gives its
 * contents to the one on it. Where several lie on it, it stays: merging would store its contents several times.
 *
 * <p>In both directions what every disk shows stays the same at every instant: contents move to where they are covered, or are
 * covered already, before a name changes.
 */
final class DiskLayers {
    private final Snapshots snapshots;
    private final MachineFolder folder;
    private final Map<Path, Path> below = new LinkedHashMap<>();
    private final Set<Path> shown = new LinkedHashSet<>();

    private DiskLayers(Snapshots snapshots) throws IOException {
        this.snapshots = snapshots;
        folder = snapshots.folder();
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

    private static OpenOptions opening() {
        return OpenOptions.readWrite()
                .withGate(AllowedFolders.gate(System.getenv()))
                .withPassphrases(Passphrases.of(System.getenv()));
    }

    /** Deletes overlays that nothing leads to. */
    static void sweep(Snapshots snapshots) throws IOException {
        new DiskLayers(snapshots).sweep();
    }

    private boolean sharedWithClones() throws IOException {
        return !new MachineLibrary(folder.path().getParent())
                .linkedClones(folder)
                .isEmpty();
    }

    private void sweep() throws IOException {
        if (sharedWithClones()) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.disks())) {
            for (Path file : files) {
                if (Overlays.isOverlay(file) && !below.containsKey(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    static void merge(Snapshots snapshots, Progress progress) throws IOException {
        while (true) {
            DiskLayers layers = new DiskLayers(snapshots);
            if (layers.sharedWithClones()) {
                return;
            }
            layers.sweep();
            if (!layers.mergeOne(progress)) {
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
    private boolean mergeOne(Progress progress) throws IOException {
        for (Path hidden : below.keySet()) {
            List<Path> on = on(hidden);
            if (!shown.contains(hidden) && on.size() == 1 && hidden.startsWith(folder.path())) {
                if (below.get(hidden) == null) {
                    takeIn(hidden, on.getFirst(), progress);
                } else {
                    giveUp(hidden, on.getFirst(), progress);
                }
                return true;
            }
        }
        return false;
    }

    /** An image at the bottom takes over what the one on it holds, and its place. */
    private void takeIn(Path bottom, Path upper, Progress progress) throws IOException {
        DiskCommit.commit(upper, opening(), null, true, progress);
        DiskInfo info = DiskFormats.info(upper);
        DiskFormat format = DiskFormat.byLabel(info.backingFormat());
        Set<String> renamed = new LinkedHashSet<>();
        on(upper).forEach(x -> renamed.add(named(x)));
        uncheck(renamed);
        for (Path x : on(upper)) {
            // Both show the same now, so only the name changes.
            DiskRebase.rebase(
                    x,
                    opening(),
                    new BackingReference(Overlays.relative(x, bottom), format.label()),
                    true,
                    Progress.NONE);
        }
        FrozenDisk now = FrozenDisk.of(named(bottom), bottom, format.label());
        Map<String, FrozenDisk> changed = new LinkedHashMap<>();
        changed.put(named(upper), now);
        for (Path x : on(upper)) {
            changed.put(named(x), FrozenDisk.of(named(x), x, DiskFormat.QCOW2.label()));
        }
        SnapshotTree tree = snapshots.tree().withDisks(d -> changed.getOrDefault(d.file(), d));
        MachineSpec machine = folder.load();
        List<DiskSpec> disks = machine.disks().stream()
                .map(d -> folder.resolve(d.file()).equals(upper)
                        ? new DiskSpec(folder.name(bottom), format, d.controller(), d.discard())
                        : d)
                .toList();
        snapshots.changeDisks(tree, machine.withDisks(disks));
        Files.deleteIfExists(upper);
    }

    /** An image in the middle gives its contents to the one on it. */
    private void giveUp(Path middle, Path upper, Progress progress) throws IOException {
        DiskInfo info = DiskFormats.info(middle);
        BackingReference next = new BackingReference(Overlays.relative(upper, below.get(middle)), info.backingFormat());
        String name = named(upper);
        uncheck(Set.of(name));
        DiskMerge.takeOver(upper, opening(), next, progress);
        FrozenDisk now = FrozenDisk.of(name, upper, DiskFormat.QCOW2.label());
        snapshots.changeDisks(snapshots.tree().withDisks(d -> d.file().equals(name) ? now : d));
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
