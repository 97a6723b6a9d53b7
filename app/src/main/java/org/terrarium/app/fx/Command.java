package org.terrarium.app.fx;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.terrarium.app.text.Text;

/**
 * Something the user can do, wherever it is offered: in menus, in a tool bar, by a shortcut. Its words are the texts
 * {@code commands.ID}; while it cannot be done, {@link #reasonProperty} says why, and the menus show that. Belongs to the JavaFX
 * thread.
 */
public final class Command {
    private static final double MENU_ICON = 16;
    private static final Duration TIP_DELAY = Duration.millis(500);

    private final String id;
    private final Runnable action;
    private final StringProperty text = new SimpleStringProperty(this, "text");
    private final StringProperty icon = new SimpleStringProperty(this, "icon");
    private final StringProperty reason = new SimpleStringProperty(this, "reason", "");
    private final ObjectProperty<KeyCombination> shortcut = new SimpleObjectProperty<>(this, "shortcut");
    private final BooleanBinding impossible = reason.isNotEmpty();

    /** @param icon an icon's name, or null for none */
    public Command(String id, String icon, Runnable action) {
        this.id = id;
        this.action = action;
        this.icon.set(icon);
        text.set(Text.of("commands." + id));
    }

    public String id() {
        return id;
    }

    public StringProperty textProperty() {
        return text;
    }

    public StringProperty iconProperty() {
        return icon;
    }

    /** Why it cannot be done now, a few words; empty when it can. */
    public StringProperty reasonProperty() {
        return reason;
    }

    /** The keys for it, or null. */
    public ObjectProperty<KeyCombination> shortcutProperty() {
        return shortcut;
    }

    /** Does it, unless it cannot be done. */
    public void run() {
        if (!impossible.get()) {
            action.run();
        }
    }

    /** An item for the menu bar, with the keys; greyed with the reason in it. */
    public MenuItem item() {
        MenuItem item = contextItem();
        item.acceleratorProperty().bind(shortcut);
        return item;
    }

    /** The same for a context menu: JavaFX loses keys that two items of a window share when they are changed. */
    public MenuItem contextItem() {
        MenuItem item = new MenuItem();
        item.setId("menu-" + id);
        // A greyed item gets no mouse, so a tooltip would never be seen: the reason stands beside the words.
        item.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> reason.get().isEmpty() ? text.get() : text.get() + "  –  " + reason.get(), text, reason));
        item.graphicProperty().bind(icon.map(name -> Icons.of(name, MENU_ICON)));
        item.disableProperty().bind(impossible);
        item.setOnAction(e -> run());
        return item;
    }

    /** A tool bar's button; {@code words} are shown beside the icon, or only in its tooltip. */
    public Node tool(boolean words) {
        return button("tool-" + id, words, "flat");
    }

    /**
     * A button.
     *
     * @param words whether they are shown beside the icon, or only in its tooltip
     * @param styles style classes of the theme, such as {@code accent}
     */
    public Node button(String nodeId, boolean words, String... styles) {
        Button button = new Button();
        button.setId(nodeId);
        button.getStyleClass().addAll(styles);
        if (!words) {
            button.getStyleClass().add("button-icon");
        }
        if (words) {
            button.textProperty().bind(text);
        }
        button.graphicProperty().bind(icon.map(name -> Icons.of(name, Buttons.ICON)));
        button.accessibleTextProperty().bind(text);
        button.disableProperty().bind(impossible);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(e -> run());
        // The frame has the tooltip: a greyed button would not show it.
        StackPane frame = new StackPane(button);
        Tooltip tip = new Tooltip();
        tip.setShowDelay(TIP_DELAY);
        tip.textProperty().bind(tip());
        Tooltip.install(frame, tip);
        return frame;
    }

    private StringExpression tip() {
        return Bindings.createStringBinding(
                () -> {
                    String keys =
                            shortcut.get() == null ? "" : " (" + shortcut.get().getDisplayText() + ")";
                    return text.get() + keys + (reason.get().isEmpty() ? "" : "\n" + reason.get());
                },
                text,
                reason,
                shortcut);
    }
}
