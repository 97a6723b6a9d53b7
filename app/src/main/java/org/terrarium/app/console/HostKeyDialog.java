package org.terrarium.app.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.stage.Window;
import javafx.util.StringConverter;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.input.HostKey;
import org.terrarium.app.text.Text;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.library.Preference;

/** Shows which keys do what together with the host key, and lets the user choose others. */
public final class HostKeyDialog extends Dialog<Void> {
    private final Map<HostCommand, ComboBox<Optional<Key>>> choices = new EnumMap<>(HostCommand.class);
    private final Label problem = new Label();

    /** Shows what the host key that the preferences name does with other keys, and keeps what the user changes. */
    public static void show(Window owner, ConsoleServices services) {
        Key hostKey = HostKey.parse(services.preferences().get(Preference.HOST_KEY));
        new HostKeyDialog(owner, services, Text.of("console.key." + hostKey.name())).showAndWait();
    }

    /** {@code hostKey} is what is printed on the host key. */
    private HostKeyDialog(Window owner, ConsoleServices services, String hostKey) {
        initOwner(owner);
        setTitle(Text.of("console.hostKeys.title"));
        setHeaderText(Text.of("console.hostKeys.header", hostKey));
        Map<HostCommand, Key> keys = HostCommand.keys(services.preferences());
        GridPane grid = new GridPane();
        grid.setHgap(16);
        grid.setVgap(6);
        for (HostCommand command : HostCommand.values()) {
            ComboBox<Optional<Key>> choice = choice(command, Optional.ofNullable(keys.get(command)));
            choice.valueProperty().addListener((o, was, is) -> check());
            Label label = new Label(Text.of("console.shortcut." + command.id()));
            label.setLabelFor(choice);
            grid.addRow(command.ordinal(), label, choice);
            choices.put(command, choice);
        }
        problem.getStyleClass().add("field-problem");
        grid.add(problem, 0, HostCommand.values().length, 2, 1);
        ScrollPane scroll = new ScrollPane(grid);
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(Dialogs.height(420));
        getDialogPane().setContent(scroll);
        ButtonType save = new ButtonType(Text.of("console.hostKeys.save"), ButtonData.OK_DONE);
        getDialogPane().getButtonTypes().addAll(save, Dialogs.cancel());
        getDialogPane().lookupButton(save).setId("host-keys-save");
        getDialogPane()
                .lookupButton(save)
                .disableProperty()
                .bind(problem.textProperty().isNotEmpty());
        setResultConverter(button -> {
            if (button == save) {
                store(services);
            }
            return null;
        });
        services.theme().apply(this);
    }

    private static ComboBox<Optional<Key>> choice(HostCommand command, Optional<Key> now) {
        ComboBox<Optional<Key>> box = new ComboBox<>();
        box.setId("host-key-" + command.id());
        box.getItems().add(Optional.empty());
        box.getItems().addAll(possible().map(Optional::of).toList());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Optional<Key> key) {
                return key == null || key.isEmpty() ? Text.of("console.hostKeys.none") : KeyNames.of(key.get());
            }

            @Override
            public Optional<Key> fromString(String words) {
                return Optional.empty(); // nothing is typed into it
            }
        });
        box.setValue(now);
        return box;
    }

    /** Letters, digits and the keys around them; function keys with the host key are Linux's consoles. */
    private static Stream<Key> possible() {
        List<Key> others = List.of(
                Key.INSERT,
                Key.DELETE,
                Key.HOME,
                Key.END,
                Key.PAGE_UP,
                Key.PAGE_DOWN,
                Key.TAB,
                Key.SPACE,
                Key.ENTER,
                Key.BACKSPACE,
                Key.UP,
                Key.DOWN,
                Key.LEFT,
                Key.RIGHT);
        return Stream.concat(
                Arrays.stream(Key.values())
                        .filter(k -> k.name().matches("[A-Z]|DIGIT_\\d"))
                        .sorted(),
                others.stream());
    }

    private void check() {
        String twice = choices.values().stream()
                .map(ComboBox::getValue)
                .flatMap(Optional::stream)
                .filter(k -> choices.values().stream()
                                .filter(c -> c.getValue().equals(Optional.of(k)))
                                .count()
                        > 1)
                .map(k -> Text.of("console.hostKeys.twice", KeyNames.of(k)))
                .findFirst()
                .orElse("");
        problem.setText(twice);
    }

    private void store(ConsoleServices services) {
        Map<HostCommand, Optional<Key>> chosen = new EnumMap<>(HostCommand.class);
        choices.forEach((command, box) -> chosen.put(command, box.getValue()));
        services.threads().background().execute(() -> {
            try {
                for (Map.Entry<HostCommand, Optional<Key>> e : chosen.entrySet()) {
                    HostCommand command = e.getKey();
                    boolean usual = e.getValue().equals(Optional.of(command.usual()));
                    String value = e.getValue().map(Key::name).orElse("");
                    services.preferences().set(command.preference(), usual ? null : value);
                }
            } catch (IOException e) {
                services.problems().report(Text.of("console.hostKeys.failed"), e.getMessage());
            }
        });
    }
}
