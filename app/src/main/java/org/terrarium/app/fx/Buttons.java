package org.terrarium.app.fx;

import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

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
