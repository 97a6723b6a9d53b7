package org.terrarium.app.snapshots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Jobs;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Status;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.snapshot.SnapshotDiff;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.SnapshotPolicy;
import org.terrarium.vm.snapshot.SnapshotTree;
import org.terrarium.vm.snapshot.Snapshots;
import org.terrarium.vm.snapshot.Snapshots.Wish;
import org.terrarium.vm.spec.MachineSpec;

/** A machine's snapshots: the tree, which node is selected, and what can be done with it. Belongs to the JavaFX thread. */
public final class SnapshotsModel {
    /** The id that stands for what the machine is now. */
    public static final String PRESENT = "";

    /**
     * The tree as it was read last.
     *
     * @param items parents before their children
     * @param layout where they are drawn, {@link #PRESENT} among them
     * @param current the snapshot that the present state goes on from; null for none
     * @param suspended whether the next start goes on from a saved state
     * @param lastScreen the screen in that state, a PNG file; null where there is none
     */
    public record Shown(
            List<SnapshotItem> items,
            TreeLayout layout,
            String current,
            boolean suspended,
            Path lastScreen,
            SnapshotPolicy policy) {
        static final Shown NOTHING = of(List.of(), SnapshotTree.EMPTY, null);

        static Shown of(List<SnapshotItem> items, SnapshotTree tree, Path lastScreen) {
            List<TreeLayout.Entry> entries = new ArrayList<>();
            String current = lasting(tree, tree.current());
            items.forEach(i -> entries.add(
                    new TreeLayout.Entry(i.id(), lasting(tree, i.node().parent()))));
            entries.add(new TreeLayout.Entry(PRESENT, current));
            boolean saved = tree.suspended() != null || tree.resume() != null;
            return new Shown(List.copyOf(items), TreeLayout.of(entries), current, saved, lastScreen, tree.policy());
        }

        /** The snapshot of that id. */
        public Optional<SnapshotItem> item(String id) {
            return items.stream().filter(i -> i.id().equals(id)).findAny();
        }

        /** What all of them take on the host's disk. */
        public long bytes() {
            return items.stream().mapToLong(SnapshotItem::bytes).sum();
        }
    }

    private final MachineModel machine;
    private final Threads threads;
    private final Jobs jobs;
    private final Problems problems;
    private final SnapshotDesk desk;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NOTHING);
    private final ObjectProperty<String> selected = new SimpleObjectProperty<>(this, "selected", PRESENT);
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper(this, "trouble", "");
    private final StringProperty busy = new SimpleStringProperty(this, "busy", "");
    private Object seen = "";

    public SnapshotsModel(MachineModel machine, Threads threads, Jobs jobs, Problems problems) {
        this.machine = machine;
        this.threads = threads;
        this.jobs = jobs;
        this.problems = problems;
        this.desk = new SnapshotDesk(machine.folder(), machine::session, machine::awaitReleased);
    }

    public MachineModel machine() {
        return machine;
    }

    public ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    public Shown shown() {
        return shown.get();
    }

    /** The id of the selected node; {@link #PRESENT} for the present state. */
    public ObjectProperty<String> selectedProperty() {
        return selected;
    }

    /** The selected snapshot; empty when it is the present state that is selected. */
    public Optional<SnapshotItem> selected() {
        return shown.get().item(selected.get());
    }

    /** Why the tree cannot be read, one sentence; else empty. */
    public ReadOnlyStringProperty troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** What is being done with the snapshots now, a few words; empty for nothing. */
    public ReadOnlyStringProperty busyProperty() {
        return busy;
    }

    /** Reads the tree again, unless it is the file that was read last. */
    public void refresh() {
        Object last = seen;
        threads.background().execute(() -> {
            try {
                Object stamp = stamp(machine.folder().snapshots().resolve("tree.json"));
                if (stamp.equals(last)) {
                    return;
                }
                Shown now = read();
                threads.ui().execute(() -> show(now, stamp));
            } catch (IOException | RuntimeException e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> trouble.set(sentence));
            }
        });
    }

    /** The file is replaced as a whole, so that it is another one each time. */
    private static Object stamp(Path file) throws IOException {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(a.lastModifiedTime(), a.size(), Objects.toString(a.fileKey()));
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    private Shown read() throws IOException {
        Snapshots snapshots = Snapshots.of(machine.folder());
        SnapshotTree tree = snapshots.tree();
        Map<String, SnapshotItem> items = new HashMap<>();
        List<SnapshotItem> ordered = new ArrayList<>();
        for (SnapshotNode node : tree.nodes().values()) {
            if (node.temporary()) {
                continue; // somebody copies the machine as it runs
            }
            SnapshotItem item = new SnapshotItem(
                    node,
                    snapshots.bytes(node),
                    snapshots.picture(node).orElse(null),
                    node.id().equals(lasting(tree, tree.current())));
            items.put(node.id(), item);
            ordered.add(item);
        }
        return Shown.of(ordered, tree, lastScreen(tree, items));
    }

    /** The snapshot itself, or the nearest above it that is not a temporary one; null for none. */
    private static String lasting(SnapshotTree tree, String id) {
        String at = id;
        while (at != null && tree.nodes().get(at).temporary()) {
            at = tree.nodes().get(at).parent();
        }
        return at;
    }

    private Path lastScreen(SnapshotTree tree, Map<String, SnapshotItem> items) {
        if (tree.suspended() == null) {
            return tree.resume() == null ? null : items.get(tree.resume()).picture();
        }
        Path file = machine.folder().snapshots().resolve(tree.suspended()).resolve("screen.png");
        return Files.exists(file) ? file : null;
    }

    private void show(Shown now, Object stamp) {
        seen = stamp;
        trouble.set("");
        shown.set(now);
        if (now.layout().place(selected.get()).isEmpty()) {
            selected.set(PRESENT);
        }
    }

    /** Why no snapshot can be taken now, a few words; empty when one can. */
    public String whyNotTake() {
        String why = whyNotChange();
        if (!why.isEmpty()) {
            return why;
        }
        if (!machine.live().on() && machine.status() != Status.ELSEWHERE && shown.get().suspended) {
            return Text.of("snapshots.why.suspended");
        }
        return shown.get().items.size() >= shown.get().policy.most()
                ? Text.of("snapshots.why.limit", shown.get().policy.most())
                : "";
    }

    /** Why nothing can be done with the snapshots now; empty when something can. */
    public String whyNotChange() {
        MachineSpec spec = machine.specProperty().get();
        if (spec == null) {
            return Text.of("commands.why.broken");
        }
        if (spec.template()) {
            return Text.of("snapshots.why.template");
        }
        if (machine.status().busy()) {
            return Text.of("commands.why.busy");
        }
        if (machine.throwsAwayProperty().get()) {
            return Text.of("snapshots.why.throwAway");
        }
        if (machine.status() == Status.ELSEWHERE && !machine.controllable()) {
            return Text.of("commands.why.elsewhere");
        }
        return busy.get();
    }

    /** Why a snapshot cannot be changed, restored or deleted now; empty when it can. */
    public String whyNotUse(SnapshotItem item) {
        String why = whyNotChange();
        return why.isEmpty() && item.node().state() == SnapshotNode.State.SAVING
                ? Text.of("snapshots.why.saving")
                : why;
    }

    /** A name for the next snapshot that no other has. */
    public String freeName() {
        return freeName(shown.get().items.stream().map(SnapshotItem::name).toList());
    }

    /** A name for a snapshot that is none of these. */
    public static String freeName(List<String> taken) {
        int n = taken.size() + 1;
        while (taken.contains(Text.of("snapshots.take.usual", n))) {
            n++;
        }
        return Text.of("snapshots.take.usual", n);
    }

    /** Takes a snapshot of the machine as it is, and selects it. */
    public void take(String name, String note) {
        change(
                Text.of("snapshots.busy.take", name),
                Text.of("snapshots.trouble.take", machine.name()),
                progress -> desk.take(new Wish(name, note, false), progress),
                node -> selectWhenThere(node.id()));
    }

    private void selectWhenThere(String id) {
        if (shown.get().item(id).isPresent()) {
            selected.set(id);
        }
    }

    /**
     * Puts the machine back to a snapshot.
     *
     * @param first what a snapshot of the present state is to be called that is taken before; null for none
     * @param start whether the machine is started then
     */
    public void restore(SnapshotItem item, String first, boolean start) {
        Wish wish = first == null ? null : new Wish(first, "", false);
        change(
                Text.of("snapshots.busy.restore", item.name()),
                Text.of("snapshots.trouble.restore", item.name()),
                progress -> {
                    desk.restore(item.id(), wish, progress);
                    return item.id();
                },
                id -> {
                    selected.set(PRESENT);
                    machine.reload();
                    if (start) {
                        machine.start();
                    }
                });
    }

    /**
     * Puts a machine that is off back to a snapshot of a run that was lost.
     *
     * @param kept what an automatic snapshot is called that is taken before of what its disks hold now
     * @param done what is to be done then
     */
    public void goOnFrom(SnapshotNode node, String kept, Runnable done) {
        change(
                Text.of("snapshots.busy.restore", node.name()),
                Text.of("snapshots.trouble.restore", node.name()),
                progress -> {
                    desk.restore(node.id(), new Wish(kept, "", true), progress);
                    return node.id();
                },
                id -> {
                    machine.reload();
                    done.run();
                });
    }

    /** Deletes a snapshot; those after it stay as they are. */
    public void delete(SnapshotItem item) {
        change(
                Text.of("snapshots.busy.delete", item.name()),
                Text.of("snapshots.trouble.delete", item.name()),
                progress -> {
                    desk.delete(item.id(), progress);
                    return item.id();
                },
                id -> {});
    }

    /** Gives a snapshot another name and note. */
    public void describe(SnapshotItem item, String name, String note) {
        if (name.equals(item.name()) && note.equals(item.node().note())) {
            return;
        }
        change(
                Text.of("snapshots.busy.describe", name),
                Text.of("snapshots.trouble.describe", item.name()),
                progress -> {
                    desk.describe(item.id(), name, note);
                    return item.id();
                },
                id -> {});
    }

    /** Sets automatic snapshots and limits. */
    public void setPolicy(SnapshotPolicy policy) {
        change(
                Text.of("snapshots.busy.policy"),
                Text.of("snapshots.trouble.policy", machine.name()),
                progress -> {
                    desk.setPolicy(policy);
                    return policy;
                },
                p -> {});
    }

    /** The next start boots, though the machine is suspended. */
    public void dropState() {
        change(
                Text.of("snapshots.busy.dropState"),
                Text.of("library.trouble.change", machine.name()),
                progress -> {
                    desk.dropState();
                    return true;
                },
                done -> {});
    }

    /** Reads what the machine was in a snapshot; null where that cannot be read. */
    void describeHardware(SnapshotItem item, Consumer<MachineSpec> done) {
        threads.background().execute(() -> {
            MachineSpec spec;
            try {
                spec = Snapshots.of(machine.folder()).machine(item.node());
            } catch (IOException | RuntimeException e) {
                spec = null; // it is being deleted, or spoiled: restoring says so
            }
            MachineSpec found = spec;
            threads.ui().execute(() -> done.accept(found));
        });
    }

    /** Compares two snapshots; the job has the answer. */
    public DiskJob<SnapshotDiff> compare(SnapshotItem before, SnapshotItem after) {
        return DiskJob.start(
                Text.of("snapshots.busy.compare", before.name(), after.name()),
                progress ->
                        SnapshotDiff.between(Snapshots.of(machine.folder()), before.node(), after.node(), progress));
    }

    /** One change at a time; the tree is read again whatever became of it, before {@code done} is told. */
    private <T> void change(String title, String headline, DiskJob.Work<T> work, Consumer<T> done) {
        busy.set(title);
        jobs.follow(
                DiskJob.start(title, progress -> {
                    try {
                        return new Changed<>(work.run(progress), read());
                    } finally {
                        threads.ui().execute(() -> {
                            busy.set("");
                            seen = "";
                            refresh();
                        });
                    }
                }),
                changed -> {
                    show(changed.now, "");
                    done.accept(changed.result);
                },
                sentence -> problems.report(headline, sentence));
    }

    private record Changed<T>(T result, Shown now) {}
}
