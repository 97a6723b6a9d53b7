package org.terrarium.app.shell;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.text.Text;
import org.terrarium.vm.transfer.MachineExport.Kind;

/** What a machine is exported as and where to, while that is chosen. Belongs to the JavaFX thread. */
final class ExportModel {
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(this, "kind", Kind.OVA);
    private final StringProperty target = new SimpleStringProperty(this, "target");
    private final StringBinding problem = Bindings.createStringBinding(this::look, target);
    private final String base;

    /**
     * @param machine its name
     * @param folder where it goes unless the user wants another place
     */
    ExportModel(String machine, Path folder) {
        base = machine.replaceAll("[\\\\/:*?\"<>|]", "-");
        target.set(folder.resolve(name(Kind.OVA)).toString());
        kind.addListener((o, was, is) -> target.set(renamed(name(was), name(is))));
    }

    /** What the file or folder is called as a rule. */
    private String name(Kind of) {
        return switch (of) {
            case OVA -> base + ".ova";
            case ZIP -> base + ".zip";
            case OVF, LIBVIRT, KUBEVIRT -> base + "-" + of.id();
        };
    }

    /** The usual name follows the kind; one that the user wrote stays. */
    private String renamed(String was, String is) {
        String now = target.get();
        return now.endsWith(was) ? now.substring(0, now.length() - was.length()) + is : now;
    }

    private String look() {
        if (target.get().isBlank()) {
            return Text.of("shell.export.where.empty");
        }
        try {
            Path path = target();
            if (Files.exists(path)) {
                return Text.of("shell.export.where.taken");
            }
            if (path.getParent() == null || !Files.isDirectory(path.getParent())) {
                return Text.of("shell.export.where.noFolder", path.getParent());
            }
            return Files.isWritable(path.getParent()) ? "" : Text.of("shell.export.where.noRight", path.getParent());
        } catch (InvalidPathException e) {
            return Text.of("shell.export.where.empty");
        }
    }

    ObjectProperty<Kind> kindProperty() {
        return kind;
    }

    StringProperty targetProperty() {
        return target;
    }

    /** What is wrong with the place, a sentence or empty. */
    StringBinding problem() {
        return problem;
    }

    /** The file or folder to be made. */
    Path target() {
        return Path.of(target.get().strip()).toAbsolutePath();
    }

    /** Another folder for it, under the same name. */
    void moveTo(Path folder) {
        target.set(folder.resolve(target().getFileName()).toString());
    }
}
