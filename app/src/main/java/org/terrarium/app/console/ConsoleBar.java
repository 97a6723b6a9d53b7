package org.terrarium.app.console;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;

/** The console's tool bar: the PC's buttons, keys to send, pictures, the pages and how the picture is fitted. */
final class ConsoleBar extends HBox {
    private static final double ICON = 18;

    /** What the window shows below the bar. */
    enum Page {
        SCREEN("display"),
        SERIAL_1("serial"),
        SERIAL_2("serial"),
        LOG("log"),
        PERFORMANCE("speed");

        private final String icon;

        Page(String icon) {
            this.icon = icon;
        }

        Page next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }

    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(this, "page", Page.SCREEN);
    private final Map<Page, ToggleButton> pages = new EnumMap<>(Page.class);
    private final MenuItem record = item("record", () -> {});

    /**
     * @param menuOpen told when a menu opens and closes: its keys are not for the guest
     * @param keyboard shows and hides the keyboard on the screen
     */
    ConsoleBar(
            LiveMachine machine,
            ConsoleActions actions,
            ObjectProperty<Scale> scale,
            Runnable fullScreen,
            ToggleButton keyboard,
            Consumer<Boolean> menuOpen) {
        getStyleClass().add("console-bar");
        Button pause = Buttons.flat("pause", Text.of("console.pause"), machine::togglePause);
        pause.setId("console-pause");
        machine.statusProperty()
                .addListener((o, was, is) -> Buttons.icon(pause, is == Status.PAUSED ? "start" : "pause"));
        Button reset = Buttons.flat("reset", Text.of("console.reset"), actions::reset);
        Button power = Buttons.flat("power", Text.of("console.powerButton"), machine::powerButton);
        Button off = Buttons.flat("off", Text.of("console.powerOff"), actions::powerOff);
        off.getStyleClass().add("danger");
        Button snapshot = Buttons.flat("snapshot", Text.of("console.snapshot"), actions::takeSnapshot);
        snapshot.setId("console-snapshot");
        MenuButton keys = keysMenu(actions);
        MenuButton pictures = picturesMenu(actions);
        HBox choice = pageChoice();
        MenuButton fit = scaleMenu(scale);
        Button full = Buttons.flat("fullscreen", Text.of("console.fullScreen"), fullScreen);
        full.setId("console-full-screen");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren()
                .addAll(
                        pause,
                        reset,
                        power,
                        off,
                        new Separator(Orientation.VERTICAL),
                        keys,
                        keyboard,
                        pictures,
                        snapshot,
                        new Separator(Orientation.VERTICAL),
                        choice,
                        space,
                        fit,
                        full);
        for (Node n : new Node[] {pause, reset, power, off, keys, pictures, snapshot}) {
            n.disableProperty().bind(machine.statusProperty().map(s -> !s.live()));
        }
        for (MenuButton menu : List.of(keys, pictures, fit)) {
            menu.showingProperty().addListener((o, was, is) -> menuOpen.accept(is));
        }
    }

    ObjectProperty<Page> pageProperty() {
        return page;
    }

    /** Gives the keyboard to the first button. */
    void focusFirst() {
        getChildren().stream()
                .filter(n -> n.isFocusTraversable() && !n.isDisabled())
                .findFirst()
                .ifPresent(Node::requestFocus);
    }

    /** Whether a recording is going on, which the menu then offers to end. */
    void recording(boolean on) {
        record.setText(Text.of(on ? "console.record.stop" : "console.record"));
    }

    /** What is marked as having something new on it. */
    void mark(Page which, boolean on) {
        pages.get(which).getStyleClass().remove("news");
        if (on) {
            pages.get(which).getStyleClass().add("news");
        }
    }

    private HBox pageChoice() {
        HBox box = new HBox();
        box.getStyleClass().add("page-choice");
        ToggleGroup group = new ToggleGroup();
        for (Page p : Page.values()) {
            ToggleButton b = new ToggleButton(Text.of("console.page." + p), Icons.of(p.icon, 16));
            b.setId("page-" + p);
            b.getStyleClass().addAll("flat", "page");
            b.setTooltip(new Tooltip(Text.of("console.page." + p + ".tip")));
            b.setToggleGroup(group);
            b.setMinWidth(Region.USE_PREF_SIZE);
            b.setOnAction(e -> {
                page.set(p);
                b.setSelected(true); // a second press must not leave none
            });
            pages.put(p, b);
            box.getChildren().add(b);
        }
        page.addListener((o, was, is) -> pages.get(is).setSelected(true));
        pages.get(Page.SCREEN).setSelected(true);
        return box;
    }

    private MenuButton keysMenu(ConsoleActions actions) {
        MenuButton menu = menu("keys", "console-keys", Text.of("console.keys"));
        for (Chord c : Chord.USUAL) {
            menu.getItems().add(combination(actions, c));
        }
        Menu consoles = new Menu(Text.of("console.keys.consoles"));
        for (int n = 1; n <= 12; n++) {
            consoles.getItems().add(combination(actions, Chord.console(n)));
        }
        menu.getItems()
                .addAll(
                        consoles,
                        new SeparatorMenuItem(),
                        item("paste", actions::paste),
                        item("hostKeys", actions::hostKeys));
        return menu;
    }

    private static MenuItem combination(ConsoleActions actions, Chord c) {
        MenuItem item = new MenuItem(c.words());
        item.setOnAction(e -> actions.press(c));
        return item;
    }

    private MenuButton picturesMenu(ConsoleActions actions) {
        MenuButton menu = menu("camera", "console-pictures", Text.of("console.pictures"));
        record.setOnAction(e -> actions.toggleRecording());
        menu.getItems()
                .addAll(
                        item("screenshot", actions::screenshot),
                        item("copyPicture", actions::copyPicture),
                        item("copyText", actions::copyText),
                        new SeparatorMenuItem(),
                        record);
        return menu;
    }

    private static MenuButton scaleMenu(ObjectProperty<Scale> scale) {
        MenuButton menu = menu("fill", "console-scale", Text.of("console.scale"));
        menu.getItems().addAll(scaleItems(scale));
        return menu;
    }

    /** One item for each way of fitting the picture, the present one marked. */
    static List<RadioMenuItem> scaleItems(ObjectProperty<Scale> scale) {
        ToggleGroup group = new ToggleGroup();
        return List.of(Scale.values()).stream()
                .map(s -> {
                    RadioMenuItem item = new RadioMenuItem(Text.of("console.scale." + s));
                    item.setToggleGroup(group);
                    item.setSelected(scale.get() == s);
                    item.setOnAction(e -> scale.set(s));
                    scale.addListener((o, was, is) -> item.setSelected(is == s));
                    return item;
                })
                .toList();
    }

    private static MenuItem item(String id, Runnable action) {
        MenuItem item = new MenuItem(Text.of("console." + id));
        item.setId("console-" + id);
        item.setOnAction(e -> action.run());
        return item;
    }

    private static MenuButton menu(String icon, String id, String words) {
        MenuButton menu = new MenuButton(null, Icons.of(icon, ICON));
        menu.setId(id);
        menu.setAccessibleText(words);
        menu.setTooltip(new Tooltip(words));
        menu.getStyleClass().add("flat");
        return menu;
    }
}
