package org.terrarium.app.library;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.MachineSpec;

/** The machines of the library folder, and which one is selected. Belongs to the JavaFX thread. */
public final class LibraryModel {
    private final MachineLibrary library;
    private final Threads threads;
    private final Problems problems;
    private final ObservableList<MachineModel> machines = FXCollections.observableArrayList();
    private final ObjectProperty<MachineModel> selected = new SimpleObjectProperty<>(this, "selected");
    private final ReadOnlyObjectWrapper<List<Placed>> placed = new ReadOnlyObjectWrapper<>(this, "placed", List.of());
    private MachineModel.RunEnd runEnd = (machine, keep) -> keep.accept(false);
    private String reported = "";
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(this, "loaded");

    private final AtomicLong readings = new AtomicLong();
    private long shown;

    /** What was selected because the selected machine had vanished; null once another is. */
    private MachineModel stopgap;

    /**
     * What the library was when it was read for the {@code number}th time. Readings overtake each other, and an earlier one must
     * not take away what a later one has shown.
     */
    private record Listing(long number, List<MachineEntry> entries) {}

    /** A machine in its group; empty for none. */
    public record Placed(String group, MachineModel machine) {}

    public LibraryModel(MachineLibrary library, Threads threads, Problems problems) {
        this.library = library;
        this.threads = threads;
        this.problems = problems;
        selected.addListener((o, was, is) -> stopgap = is == stopgap ? stopgap : null);
    }

    /** The machines by name. */
    public ObservableList<MachineModel> machines() {
        return FXCollections.unmodifiableObservableList(machines);
    }

    public ObjectProperty<MachineModel> selectedProperty() {
        return selected;
    }

    /** Whether the library was read at least once, so that an empty list means an empty library. */
    public ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }

    public MachineLibrary library() {
        return library;
    }

    /** Reads the library again. Trouble with it is reported once, not at every try, until it could be read again. */
    public void refresh() {
        threads.background().execute(() -> {
            try {
                Listing listing = read();
                threads.ui().execute(() -> show(listing));
            } catch (IOException e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> {
                    if (!sentence.equals(reported)) {
                        reported = sentence;
                        problems.report(Text.of("library.trouble.read"), sentence);
                    }
                });
            }
        });
    }

    private Listing read() throws IOException {
        long number = readings.incrementAndGet();
        return new Listing(number, library.list());
    }

    private void show(Listing listing) {
        reported = "";
        if (listing.number() < shown) {
            return;
        }
        shown = listing.number();
        List<MachineModel> now = new ArrayList<>();
        for (MachineEntry entry : listing.entries()) {
            Optional<MachineModel> known = machines.stream()
                    .filter(m -> m.folder().equals(entry.folder()))
                    .findAny();
            known.ifPresent(m -> m.refresh(entry));
            now.add(known.orElseGet(() -> make(entry)));
        }
        // A machine that still runs stays in the list even when its folder has vanished.
        machines.stream().filter(m -> m.live().on() && !now.contains(m)).forEach(now::add);
        now.sort(Comparator.comparing(MachineModel::name, String.CASE_INSENSITIVE_ORDER));
        if (!now.equals(machines)) {
            MachineModel before = selected.get();
            machines.setAll(now);
            if (!now.contains(before)) {
                stopgap = now.isEmpty() ? null : now.getFirst();
                selected.set(stopgap);
            }
        }
        arrange();
        loaded.set(true);
    }

    private MachineModel make(MachineEntry entry) {
        MachineModel made = new MachineModel(entry, library, threads, problems, this::refresh);
        made.setRunEnd((machine, keep) -> runEnd.ask(machine, keep));
        return made;
    }

    /** Who is asked what becomes of the changes at the end of a throw-away run; without anybody they are dropped. */
    public void setRunEnd(MachineModel.RunEnd asked) {
        runEnd = asked;
    }

    /** Says anew which machine is in which group, when that has changed. */
    private void arrange() {
        List<Placed> now = machines.stream()
                .map(m -> new Placed(m.group(), m))
                .sorted(Comparator.comparing((Placed p) -> p.group().isEmpty())
                        .reversed()
                        .thenComparing(Placed::group, String.CASE_INSENSITIVE_ORDER))
                .toList();
        if (!now.equals(placed.get())) {
            placed.set(now);
        }
    }

    /** The machines in the order of the list: those without a group first, then group by group. */
    public ReadOnlyObjectProperty<List<Placed>> placedProperty() {
        return placed.getReadOnlyProperty();
    }

    /** The groups there are, by name. */
    public List<String> groups() {
        return placed.get().stream()
                .map(Placed::group)
                .filter(g -> !g.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Looks how busy the machines are that are on.
     *
     * @param nanos a clock's reading now
     */
    public void sample(long nanos) {
        machines.forEach(m -> m.sample(nanos));
    }

    /**
     * A change of the library in the background; what goes wrong is reported under {@code headline}. The machine is selected
     * afterwards, unless the user has selected another meanwhile.
     */
    private void change(String headline, Change change) {
        MachineModel before = selected.get();
        threads.background().execute(() -> {
            try {
                MachineFolder folder = change.make();
                if (folder == null) {
                    refresh();
                } else {
                    refreshAndSelect(
                            folder.name(), () -> selected.get() == before || selected.get() == stopgap, m -> {});
                }
            } catch (IOException | RuntimeException e) {
                problems.report(headline, HostTrouble.sentence(e));
                refresh();
            }
        });
    }

    @FunctionalInterface
    private interface Change {
        /** The folder to select afterwards, or null. */
        MachineFolder make() throws IOException;
    }

    /** Gives a machine that is off another name. */
    public void rename(MachineModel machine, String name) {
        change(Text.of("library.trouble.rename", machine.name()), () -> library.rename(machine.folder(), name));
    }

    /** Takes a machine off the list; its files stay. */
    public void forget(MachineModel machine) {
        change(Text.of("library.trouble.forget", machine.name()), () -> {
            library.forget(machine.folder());
            return null;
        });
    }

    /** Changes what is only there for people, such as its group; also while the machine is on. */
    public void annotate(MachineModel machine, UnaryOperator<MachineSpec> change) {
        change(Text.of("library.trouble.change", machine.name()), () -> {
            machine.changeNow(change);
            return machine.folder();
        });
    }

    /** Puts the description before the last change back. */
    public void revert(MachineModel machine) {
        change(Text.of("library.trouble.change", machine.name()), () -> {
            library.revert(machine.folder());
            return machine.folder();
        });
    }

    /** Takes a machine's folder that is elsewhere into the library. */
    public void open(MachineFolder folder, boolean copied) {
        change(Text.of("library.trouble.open", folder.path()), () -> library.open(folder, copied, new SecureRandom()));
    }

    /** Makes a machine with a new disk of so many bytes (0 for none) and selects it; then {@code done} gets it. */
    public void create(MachineSpec spec, long diskBytes, Consumer<MachineModel> done) {
        threads.background().execute(() -> {
            try {
                library.create(spec, diskBytes);
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("library.trouble.create", spec.name()), HostTrouble.sentence(e));
                return;
            }
            refreshAndSelect(spec.name(), done);
        });
    }

    /** Reads the library again and selects the machine of that name; then {@code done} gets it. Any thread. */
    public void refreshAndSelect(String name, Consumer<MachineModel> done) {
        refreshAndSelect(name, () -> true, done);
    }

    private void refreshAndSelect(String name, BooleanSupplier select, Consumer<MachineModel> done) {
        threads.background().execute(() -> {
            try {
                Listing listing = read();
                threads.ui().execute(() -> {
                    boolean wanted = select.getAsBoolean();
                    show(listing);
                    find(name).ifPresent(m -> {
                        if (wanted) {
                            selected.set(m);
                        }
                        done.accept(m);
                    });
                });
            } catch (IOException e) {
                problems.report(Text.of("library.trouble.read"), HostTrouble.sentence(e));
            }
        });
    }

    /** Deletes a machine that is off, with its disks. */
    public void delete(MachineModel machine) {
        threads.background().execute(() -> {
            try {
                library.delete(machine.folder());
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("library.trouble.delete", machine.name()), HostTrouble.sentence(e));
            }
            refresh();
        });
    }

    /** The machine of that name. */
    public Optional<MachineModel> find(String name) {
        return machines.stream().filter(m -> m.name().equalsIgnoreCase(name)).findAny();
    }

    /** Machines that would lose what they are doing if the program ended now. */
    public List<MachineModel> live() {
        return machines.stream().filter(m -> m.live().on() || m.status().busy()).toList();
    }

    /** Powers everything off; not on the JavaFX thread. */
    public void shutDown() {
        for (MachineModel m : List.copyOf(machines)) {
            m.shutDown();
        }
    }
}
