package org.terrarium.app.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.MachineSpec;

/** The machines of the library folder, and which one is selected. Belongs to the JavaFX thread. */
public final class LibraryModel {
    private final MachineLibrary library;
    private final Threads threads;
    private final Problems problems;
    private final ObservableList<MachineModel> machines = FXCollections.observableArrayList();
    private final ObjectProperty<MachineModel> selected = new SimpleObjectProperty<>(this, "selected");
    private String reported = "";
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(this, "loaded");

    public LibraryModel(MachineLibrary library, Threads threads, Problems problems) {
        this.library = library;
        this.threads = threads;
        this.problems = problems;
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
                List<MachineEntry> entries = library.list();
                threads.ui().execute(() -> show(entries));
            } catch (IOException e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> {
                    if (!sentence.equals(reported)) {
                        reported = sentence;
                        problems.report("The library could not be read", sentence);
                    }
                });
            }
        });
    }

    private void show(List<MachineEntry> entries) {
        reported = "";
        List<MachineModel> now = new ArrayList<>();
        for (MachineEntry entry : entries) {
            Optional<MachineModel> known = machines.stream()
                    .filter(m -> m.folder().equals(entry.folder()))
                    .findAny();
            known.ifPresent(m -> m.refresh(entry));
            now.add(known.orElseGet(() -> new MachineModel(entry, threads, problems)));
        }
        // A machine that still runs stays in the list even when its folder has vanished.
        machines.stream().filter(m -> m.live().on() && !now.contains(m)).forEach(now::add);
        now.sort(Comparator.comparing(MachineModel::name, String.CASE_INSENSITIVE_ORDER));
        if (!now.equals(machines)) {
            MachineModel before = selected.get();
            machines.setAll(now);
            selected.set(now.contains(before) ? before : now.isEmpty() ? null : now.getFirst());
        }
        loaded.set(true);
    }

    /** Makes a machine with a new disk of so many bytes (0 for none) and selects it; then {@code done} gets it. */
    public void create(MachineSpec spec, long diskBytes, Consumer<MachineModel> done) {
        threads.background().execute(() -> {
            try {
                library.create(spec, diskBytes);
            } catch (IOException | RuntimeException e) {
                problems.report("“" + spec.name() + "” could not be created", HostTrouble.sentence(e));
                return;
            }
            refreshAndSelect(spec.name(), done);
        });
    }

    /** Reads the library again and selects the machine of that name; then {@code done} gets it. Any thread. */
    public void refreshAndSelect(String name, Consumer<MachineModel> done) {
        threads.background().execute(() -> {
            try {
                List<MachineEntry> entries = library.list();
                threads.ui().execute(() -> {
                    show(entries);
                    find(name).ifPresent(m -> {
                        selected.set(m);
                        done.accept(m);
                    });
                });
            } catch (IOException e) {
                problems.report("The library could not be read", HostTrouble.sentence(e));
            }
        });
    }

    /** Deletes a machine that is off, with its disks. */
    public void delete(MachineModel machine) {
        threads.background().execute(() -> {
            try {
                library.delete(machine.folder());
            } catch (IOException | RuntimeException e) {
                problems.report("“" + machine.name() + "” could not be deleted", HostTrouble.sentence(e));
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
