package org.terrarium.app.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.terrarium.app.text.Text;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.spec.MachineSpec;

/** Disks, CD and floppies of a machine that are being edited. */
public final class StorageModel {
    private static final int FLOPPIES = 2;

    private final UnaryOperator<Path> resolve;
    private final ObservableList<DiskModel> disks = FXCollections.observableArrayList(
            d -> new javafx.beans.Observable[] {d.controllerProperty(), d.discardProperty()});
    private final StringProperty cd = new SimpleStringProperty(this, "cd", "");
    private final ObjectProperty<DiskController> cdController =
            new SimpleObjectProperty<>(this, "cdController", DiskController.IDE);
    private final List<StringProperty> floppies = new ArrayList<>();
    private final StringBinding cdProblem;
    private final List<StringBinding> floppyProblems = new ArrayList<>();
    private final StringBinding disksProblem;

    /** @param resolve finds the file that a path of the description means */
    StorageModel(MachineSpec spec, UnaryOperator<Path> resolve) {
        this.resolve = resolve;
        spec.disks().forEach(d -> disks.add(DiskModel.of(d)));
        cd.set(spec.cdrom() == null ? "" : spec.cdrom().toString());
        cdController.set(spec.cdController());
        for (int n = 0; n < FLOPPIES; n++) {
            StringProperty floppy = new SimpleStringProperty(
                    this,
                    "floppy",
                    n < spec.floppies().size() ? spec.floppies().get(n).toString() : "");
            floppies.add(floppy);
            floppyProblems.add(Bindings.createStringBinding(() -> fileProblem(floppy.get()), floppy));
        }
        cdProblem = Bindings.createStringBinding(() -> fileProblem(cd.get()), cd);
        disksProblem = Bindings.createStringBinding(this::checkDisks, disks, cdController);
    }

    public ObservableList<DiskModel> disks() {
        return disks;
    }

    /** The CD image; empty for an empty drive. */
    public StringProperty cdProperty() {
        return cd;
    }

    public ObjectProperty<DiskController> cdControllerProperty() {
        return cdController;
    }

    /** The floppy in drive 0 or 1; empty for an empty drive. */
    public StringProperty floppyProperty(int drive) {
        return floppies.get(drive);
    }

    /** One sentence, or empty; the same for the others. */
    public StringBinding cdProblem() {
        return cdProblem;
    }

    public StringBinding floppyProblem(int drive) {
        return floppyProblems.get(drive);
    }

    public StringBinding disksProblem() {
        return disksProblem;
    }

    private String fileProblem(String text) {
        if (text.isBlank()) {
            return "";
        }
        try {
            Path file = resolve.apply(Path.of(text.strip()));
            if (Files.isDirectory(file)) {
                return Text.of("settings.wrong.folder", file);
            }
            return Files.isReadable(file) ? "" : Text.of("settings.wrong.noFile", file);
        } catch (InvalidPathException e) {
            return Text.of("settings.wrong.path");
        }
    }

    private String checkDisks() {
        for (DiskController c : DiskController.values()) {
            long count = disks.stream()
                    .filter(d -> d.controllerProperty().get() == c)
                    .count();
            boolean withCd = cdController.get() == c;
            int places = c == DiskController.AHCI && withCd ? c.places() - 1 : c.places();
            if (count > places) {
                return Text.of("settings.wrong.places", Text.of(c), places);
            }
        }
        long different = disks.stream().map(DiskModel::file).distinct().count();
        if (different != disks.size()) {
            return Text.of("settings.wrong.sameFile");
        }
        return disks.stream()
                .filter(d -> d.newBytes() == 0 && !Files.exists(resolve.apply(d.file())))
                .findFirst()
                .map(d -> Text.of("settings.wrong.noFile", resolve.apply(d.file())))
                .orElse("");
    }

    /** Adds a disk to be made; returns it. */
    public DiskModel addNew(long bytes) {
        int n = 0;
        while (taken(Path.of("disks", "disk" + n + ".qcow2"))) {
            n++;
        }
        return add(DiskModel.create(Path.of("disks", "disk" + n + ".qcow2"), bytes));
    }

    private boolean taken(Path file) {
        return disks.stream().anyMatch(d -> d.file().equals(file)) || Files.exists(resolve.apply(file));
    }

    /** Adds an image there is. */
    public DiskModel addExisting(Path file) {
        return add(DiskModel.existing(file));
    }

    /** On the first controller with a free place. */
    private DiskModel add(DiskModel disk) {
        for (DiskController c : DiskController.values()) {
            long used = disks.stream()
                    .filter(d -> d.controllerProperty().get() == c)
                    .count();
            if (used < c.places()) {
                disk.controllerProperty().set(c);
                break;
            }
        }
        disks.add(disk);
        return disk;
    }

    /** Moves a disk one place up or down among those of its controller, which is their order for the guest. */
    public void move(DiskModel disk, int by) {
        int from = disks.indexOf(disk);
        int to = from + by;
        while (to >= 0
                && to < disks.size()
                && disks.get(to).controllerProperty().get()
                        != disk.controllerProperty().get()) {
            to += by;
        }
        if (to >= 0 && to < disks.size()) {
            disks.remove(from);
            disks.add(to, disk);
        }
    }

    /** What of the disks is to be made. */
    List<DiskModel> toMake() {
        return disks.stream().filter(d -> d.newBytes() > 0).toList();
    }

    MachineSpec applyTo(MachineSpec spec) {
        return spec.withDisks(disks.stream().map(DiskModel::spec).toList())
                .withCdController(cdController.get())
                .withCdrom(path(cd.get()))
                .withFloppies(floppies.stream()
                        .map(f -> path(f.get()))
                        .filter(f -> f != null)
                        .toList());
    }

    private static Path path(String text) {
        return text.isBlank() ? null : Path.of(text.strip());
    }
}
