package org.terrarium.app.settings;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import org.terrarium.app.fx.Form;
import org.terrarium.app.settings.SoundModel.Card;
import org.terrarium.app.text.Text;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.vm.spec.SoundSpec.Kind;

/** The page of the sound card. Whether it is heard can be changed while the machine is on. */
final class SoundPane {
    private SoundPane() {}

    static Node page(SettingsModel model) {
        SoundModel sound = model.sound();
        SoundSpec before = model.original().sound();
        boolean mutable = before.kind() == Kind.HOST || before.kind() == Kind.SILENT;
        Form form = new Form();
        Node card = form.choice(
                "set-sound",
                Text.of("settings.sound.card"),
                sound.cardProperty(),
                List.of(Card.values()),
                Text::of,
                Text.of("settings.sound.cardHint"));
        Node output = form.choice(
                "set-sound-output",
                Text.of("settings.sound.output"),
                sound.outputProperty(),
                model.running() && mutable
                        ? List.of(Kind.HOST, Kind.SILENT)
                        : List.of(Kind.HOST, Kind.SILENT, Kind.WAV),
                Text::of,
                Text.of("settings.sound.outputHint"));
        TextField file = Form.field("set-sound-file", sound.fileProperty(), sound.problem());
        file.setAccessibleText(Text.of("settings.sound.file"));
        file.visibleProperty()
                .bind(sound.cardProperty()
                        .isEqualTo(Card.AC97)
                        .and(sound.outputProperty().isEqualTo(Kind.WAV)));
        file.managedProperty().bind(file.visibleProperty());
        form.getChildren().add(file);
        form.note(
                Bindings.createStringBinding(
                        () -> sound.cardProperty().get() == Card.NONE ? Text.of("settings.sound.noCard") : "",
                        sound.cardProperty()),
                "field-hint");
        Form.unless(new SimpleStringProperty(model.whyNotNow()), card, file);
        output.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> sound.cardProperty().get() == Card.NONE || model.running() && !mutable,
                        sound.cardProperty()));
        return form;
    }
}
