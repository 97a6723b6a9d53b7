package org.terrarium.app.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.text.Text;
import org.terrarium.vm.spec.BootSpec;

/** How a card boots from the network, being edited: all three may stay empty. */
public final class NetBootModel {
    private final StringProperty rom = new SimpleStringProperty(this, "rom", "");
    private final StringProperty tftp = new SimpleStringProperty(this, "tftp", "");
    private final StringProperty file = new SimpleStringProperty(this, "file", "");
    private final StringBinding romProblem = Bindings.createStringBinding(
            () -> checkPath(rom.get(), Files::isRegularFile, "settings.wrong.noFile"), rom);
    private final StringBinding tftpProblem = Bindings.createStringBinding(
            () -> checkPath(tftp.get(), Files::isDirectory, "settings.wrong.noFolder"), tftp);
    private final StringBinding fileProblem = Bindings.createStringBinding(this::checkFile, file);

    public NetBootModel(BootSpec spec) {
        rom.set(spec.rom() == null ? "" : spec.rom().toString());
        tftp.set(spec.tftp() == null ? "" : spec.tftp().toString());
        file.set(spec.file());
    }

    /** A file with the card's expansion ROM; empty for the one that the host has installed. */
    public StringProperty romProperty() {
        return rom;
    }

    /** A folder whose files the gateway gives out by TFTP. */
    public StringProperty tftpProperty() {
        return tftp;
    }

    /** The name of the first file. */
    public StringProperty fileProperty() {
        return file;
    }

    /** One sentence, or empty; the same for the others. */
    public StringBinding romProblem() {
        return romProblem;
    }

    public StringBinding tftpProblem() {
        return tftpProblem;
    }

    public StringBinding fileProblem() {
        return fileProblem;
    }

    /** The first of the three sentences that is there, or empty. */
    public String problem() {
        if (!romProblem.get().isEmpty()) {
            return romProblem.get();
        }
        return tftpProblem.get().isEmpty() ? fileProblem.get() : tftpProblem.get();
    }

    /** What has been entered; only when there is no {@link #problem}. */
    public BootSpec spec() {
        return new BootSpec(path(rom.get()), path(tftp.get()), file.get().strip());
    }

    private static Path path(String text) {
        return text.isBlank() ? null : Path.of(text.strip());
    }

    private static String checkPath(String text, Predicate<Path> right, String sentence) {
        try {
            Path path = path(text);
            // A relative one is sought from the machine's folder, when it starts.
            return path == null || !path.isAbsolute() || right.test(path) ? "" : Text.of(sentence, path);
        } catch (InvalidPathException e) {
            return Text.of("settings.wrong.path");
        }
    }

    private String checkFile() {
        return Refusal.of(() -> BootSpec.NONE.withFile(file.get().strip()));
    }
}
