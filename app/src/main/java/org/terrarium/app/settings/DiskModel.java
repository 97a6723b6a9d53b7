package org.terrarium.app.settings;

import java.nio.file.Path;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.spec.DiskSpec;

/** A hard disk that is being edited: one there is, or one that is made when the settings are taken over. */
public final class DiskModel {
    private final ObjectProperty<Path> file = new SimpleObjectProperty<>(this, "file");
    private final DiskFormat format;
    private final long newBytes;
    private final ObjectProperty<DiskController> controller =
            new SimpleObjectProperty<>(this, "controller", DiskController.IDE);
    private final BooleanProperty discard = new SimpleBooleanProperty(this, "discard", true);

    private DiskModel(Path file, DiskFormat format, long newBytes) {
        this.file.set(file);
        this.format = format;
        this.newBytes = newBytes;
    }

    static DiskModel of(DiskSpec disk) {
        DiskModel model = new DiskModel(disk.file(), disk.format(), 0);
        model.controller.set(disk.controller());
        model.discard.set(disk.discard());
        return model;
    }

    /** One to be made, of so many bytes. */
    static DiskModel create(Path file, long bytes) {
        return new DiskModel(file, DiskFormat.QCOW2, bytes);
    }

    /** One there is, whose content tells its format. */
    static DiskModel existing(Path file) {
        return new DiskModel(file, null, 0);
    }

    public Path file() {
        return file.get();
    }

    /** Size of the disk to be made, bytes; 0 for one there is. */
    public long newBytes() {
        return newBytes;
    }

    public ObjectProperty<DiskController> controllerProperty() {
        return controller;
    }

    public BooleanProperty discardProperty() {
        return discard;
    }

    DiskSpec spec() {
        return new DiskSpec(file.get(), format, controller.get(), discard.get());
    }
}
