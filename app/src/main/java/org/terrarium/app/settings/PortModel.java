package org.terrarium.app.settings;

import java.nio.file.Path;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.vm.spec.SerialSpec.Kind;

/** A serial port that is being edited. */
public final class PortModel {
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(this, "kind");
    private final StringProperty file = new SimpleStringProperty(this, "file");
    private final StringProperty port = new SimpleStringProperty(this, "port");
    private final StringBinding problem;

    PortModel(SerialSpec spec) {
        kind.set(spec.kind());
        file.set(spec.file() == null ? "logs/serial.txt" : spec.file().toString());
        port.set(spec.port() == 0 ? "4555" : String.valueOf(spec.port()));
        problem = Bindings.createStringBinding(() -> Refusal.of(this::spec), kind, file, port);
    }

    public ObjectProperty<Kind> kindProperty() {
        return kind;
    }

    /** Only for a port that writes to a file. */
    public StringProperty fileProperty() {
        return file;
    }

    /** Only for a port that is reached through TCP. */
    public StringProperty portProperty() {
        return port;
    }

    /** One sentence, or empty. */
    public StringBinding problem() {
        return problem;
    }

    SerialSpec spec() {
        return switch (kind.get()) {
            case NONE -> SerialSpec.NONE;
            case STDIO -> SerialSpec.STDIO;
            case FILE -> SerialSpec.file(Path.of(file.get().strip()));
            case TCP -> SerialSpec.tcp((int) Math.max(-1, Math.min(Numbers.of(port.get()), 1 << 20)));
        };
    }
}
