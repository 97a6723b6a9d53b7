package org.terrarium.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.text.Text;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.ShareSpec;

/** A shared folder that is being edited. */
public final class ShareModel {
    private final UnaryOperator<Path> resolve;
    private final StringProperty tag = new SimpleStringProperty(this, "tag");
    private final StringProperty folder = new SimpleStringProperty(this, "folder");
    private final BooleanProperty readOnly = new SimpleBooleanProperty(this, "readOnly");
    private final StringBinding problem;
    private final StringBinding warning;
    private final StringBinding command;

    /** @param resolve finds the folder that a path of the description means */
    ShareModel(ShareSpec spec, UnaryOperator<Path> resolve) {
        this.resolve = resolve;
        tag.set(spec.tag());
        folder.set(spec.folder().toString());
        readOnly.set(spec.readOnly());
        problem = Bindings.createStringBinding(() -> Refusal.of(this::spec), tag, folder);
        warning = Bindings.createStringBinding(this::look, tag, folder, readOnly);
        command = Bindings.createStringBinding(() -> command(tag.get().strip()), tag);
    }

    /** What is typed in a Linux guest, by its administrator, to use a shared folder. */
    public static String command(String tag) {
        String place = "/mnt/" + tag;
        return "mkdir -p " + place + " && " + ShareSpec.mountCommand(tag, place);
    }

    /** The name by which the guest knows it. */
    public StringProperty tagProperty() {
        return tag;
    }

    public StringProperty folderProperty() {
        return folder;
    }

    public BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    /** One sentence, or empty. */
    public StringBinding problem() {
        return problem;
    }

    /** What the user may not have noticed: one sentence, or empty. */
    public StringBinding warning() {
        return warning;
    }

    /** {@link #command(String)} for this one. */
    public StringBinding command() {
        return command;
    }

    private String look() {
        if (!problem.get().isEmpty()) {
            return "";
        }
        Path meant = resolve.apply(spec().folder());
        if (!Files.isDirectory(meant)) {
            return Text.of("settings.shares.missing", meant);
        }
        boolean exposed = !readOnly.get() && MachineFolder.exposed(meant, resolve.apply(Path.of("")));
        return exposed ? Text.of("settings.shares.exposed") : "";
    }

    ShareSpec spec() {
        return new ShareSpec(tag.get().strip(), Path.of(folder.get().strip()), readOnly.get());
    }
}
