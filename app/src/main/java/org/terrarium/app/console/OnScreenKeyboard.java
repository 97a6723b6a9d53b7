package org.terrarium.app.console;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.text.Text;
import org.terrarium.vm.input.Key;

/**
 * A keyboard with the keys of a US one, for the mouse: what is printed is where the key is, not what the guest makes of it.
 * Modifiers stay down until the next key; Caps, Num and Scroll Lock act at once.
 */
final class OnScreenKeyboard extends VBox {
    private static final double UNIT = 34;
    private static final double GAP = 3;

    private static final Set<Key> MODIFIERS = Set.of(
            Key.LEFT_SHIFT,
            Key.RIGHT_SHIFT,
            Key.LEFT_CTRL,
            Key.RIGHT_CTRL,
            Key.LEFT_ALT,
            Key.RIGHT_ALT,
            Key.LEFT_META,
            Key.RIGHT_META);

    /** Rows of keys; a number behind a colon is the width in keys, a number alone a gap. */
    private static final String[] ROWS = {
        "ESCAPE 1 F1 F2 F3 F4 0.5 F5 F6 F7 F8 0.5 F9 F10 F11 F12 0.3 PRINT_SCREEN SCROLL_LOCK PAUSE",
        "GRAVE DIGIT_1 DIGIT_2 DIGIT_3 DIGIT_4 DIGIT_5 DIGIT_6 DIGIT_7 DIGIT_8 DIGIT_9 DIGIT_0 MINUS EQUAL BACKSPACE:2"
                + " 0.3 INSERT HOME PAGE_UP",
        "TAB:1.5 Q W E R T Y U I O P LEFT_BRACKET RIGHT_BRACKET BACKSLASH:1.5 0.3 DELETE END PAGE_DOWN",
        "CAPS_LOCK:1.8 A S D F G H J K L SEMICOLON APOSTROPHE ENTER:2.2 3.3",
        "LEFT_SHIFT:1.25 INTERNATIONAL_BACKSLASH Z X C V B N M COMMA PERIOD SLASH RIGHT_SHIFT:2.75 1.3 UP 1",
        "LEFT_CTRL:1.25 LEFT_META:1.25 LEFT_ALT:1.25 SPACE:6.25 RIGHT_ALT:1.25 RIGHT_META:1.25 MENU:1.25"
                + " RIGHT_CTRL:1.25 0.3 LEFT DOWN RIGHT"
    };

    private final Supplier<GuestKeys> guest;
    private final Map<Key, ToggleButton> modifiers = new EnumMap<>(Key.class);

    /** Where its keys go. */
    @FunctionalInterface
    interface GuestKeys {
        void key(Key key, boolean down);
    }

    /** {@code guest} gives the machine's keyboard, null while there is none. */
    OnScreenKeyboard(Supplier<GuestKeys> guest) {
        this.guest = guest;
        getStyleClass().add("screen-keyboard");
        setId("screen-keyboard");
        setSpacing(GAP);
        setAlignment(Pos.CENTER);
        for (String row : ROWS) {
            HBox box = new HBox(GAP);
            box.setAlignment(Pos.CENTER);
            Stream.of(row.split(" ")).map(this::part).forEach(box.getChildren()::add);
            getChildren().add(box);
        }
    }

    private Node part(String part) {
        if (Character.isDigit(part.charAt(0))) {
            return space(Double.parseDouble(part));
        }
        String[] pieces = part.split(":");
        Key key = Key.valueOf(pieces[0]);
        ButtonBase button = MODIFIERS.contains(key) ? modifier(key) : plain(key);
        button.setId("key-" + key.name());
        button.setAccessibleText(Text.of("console.keyboard.key", KeyNames.of(key)));
        button.getStyleClass().add("screen-key");
        width(button, pieces.length > 1 ? Double.parseDouble(pieces[1]) : 1);
        return button;
    }

    private static Region space(double units) {
        Region space = new Region();
        width(space, units);
        return space;
    }

    private static void width(Region region, double units) {
        double width = UNIT * units + GAP * (units - 1);
        region.setMinSize(Math.max(0, width * 0.6), UNIT * 0.7);
        region.setPrefSize(Math.max(0, width), UNIT * 0.85);
        HBox.setHgrow(region, Priority.SOMETIMES);
        region.setMaxWidth(Math.max(0, width));
    }

    private Button plain(Key key) {
        Button button = new Button(KeyNames.of(key));
        button.setOnAction(e -> {
            send(key, true);
            send(key, false);
            letGo();
        });
        return button;
    }

    private ToggleButton modifier(Key key) {
        ToggleButton button = new ToggleButton(KeyNames.of(key));
        button.selectedProperty().addListener((o, was, is) -> send(key, is));
        modifiers.put(key, button);
        return button;
    }

    /** Lets go of the modifiers that are down. */
    void letGo() {
        modifiers.values().forEach(b -> b.setSelected(false));
    }

    private void send(Key key, boolean down) {
        GuestKeys keys = guest.get();
        if (keys != null) {
            keys.key(key, down);
        }
    }
}
