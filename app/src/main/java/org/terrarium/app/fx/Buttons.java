package org.terrarium.app.fx;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;
import org.terrarium.app.text.Text;

/** Buttons with our icons. */
public final class Buttons {
    static final double ICON = 18;

    private Buttons() {}

    /** A button with an icon and words. */
    public static Button labelled(String icon, String text, Runnable action) {
        Button b = new Button(text, Icons.of(icon, ICON));
        b.setOnAction(e -> action.run());
        b.setMinWidth(Button.USE_PREF_SIZE);
        return b;
    }

    /**
     * A button beside the name of a file or folder.
     *
     * @param ask lets the user choose; empty when nothing was chosen
     * @param then takes over what was chosen
     */
    public static Button choose(Supplier<Optional<Path>> ask, Consumer<Path> then) {
        return labelled("folder", Text.of("settings.choose"), () -> ask.get().ifPresent(then));
    }

    /** A flat button with an icon only; the words become its tooltip and its name for screen readers. */
    public static Button flat(String icon, String text, Runnable action) {
        Button b = new Button(null, Icons.of(icon, ICON));
        b.setOnAction(e -> action.run());
        describe(b, text);
        return b;
    }

    /** A flat button with an icon that stays pressed. */
    public static ToggleButton toggle(String icon, String text) {
        ToggleButton b = new ToggleButton(null, Icons.of(icon, ICON));
        describe(b, text);
        return b;
    }

    private static void describe(ButtonBase b, String text) {
        b.getStyleClass().addAll("flat", "button-icon");
        b.setAccessibleText(text);
        Tooltip tip = new Tooltip(text);
        tip.setShowDelay(Duration.millis(500));
        b.setTooltip(tip);
    }

    /** Exchanges a button's icon. */
    public static void icon(ButtonBase button, String icon) {
        button.setGraphic(Icons.of(icon, ICON));
    }
}
