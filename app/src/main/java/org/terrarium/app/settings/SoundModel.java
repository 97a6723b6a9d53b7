package org.terrarium.app.settings;

import java.nio.file.Path;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.vm.spec.SoundSpec.Kind;

/** A machine's sound card that is being edited. */
public final class SoundModel {
    /** Which card there is. */
    public enum Card {
        NONE,
        AC97
    }

    private final ObjectProperty<Card> card = new SimpleObjectProperty<>(this, "card");
    private final ObjectProperty<Kind> output = new SimpleObjectProperty<>(this, "output");
    private final StringProperty file = new SimpleStringProperty(this, "file");
    private final StringBinding problem;

    SoundModel(SoundSpec spec) {
        boolean none = spec.kind() == Kind.NONE;
        card.set(none ? Card.NONE : Card.AC97);
        output.set(none ? Kind.HOST : spec.kind());
        file.set(spec.file() == null ? "sound.wav" : spec.file().toString());
        problem = Bindings.createStringBinding(() -> Refusal.of(this::spec), card, output, file);
    }

    public ObjectProperty<Card> cardProperty() {
        return card;
    }

    /** Where it plays: {@link Kind#HOST}, {@link Kind#SILENT} or {@link Kind#WAV}. */
    public ObjectProperty<Kind> outputProperty() {
        return output;
    }

    /** Only for a card that plays into a file. */
    public StringProperty fileProperty() {
        return file;
    }

    /** One sentence, or empty. */
    public StringBinding problem() {
        return problem;
    }

    SoundSpec spec() {
        if (card.get() == Card.NONE) {
            return SoundSpec.NONE;
        }
        return switch (output.get()) {
            case NONE, HOST -> SoundSpec.HOST;
            case SILENT -> SoundSpec.SILENT;
            case WAV -> SoundSpec.wav(Path.of(file.get().strip()));
        };
    }
}
