package org.terrarium.app.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.ClipboardText;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.settings.ShareModel;
import org.terrarium.app.text.Text;
import org.terrarium.vm.ShareOption;
import org.terrarium.vm.library.NetworkPlug;
import org.terrarium.vm.spec.SoundSpec;

/** The line below the screen: what the machine is doing, and a light with a menu for each kind of device. */
final class ConsoleStatusBar extends HBox {
    private static final double LIGHT_SIZE = 16;
    private static final List<Light> CHANGING = List.of(Light.CD, Light.FLOPPY, Light.NETWORK, Light.SOUND);
    private static final int CAPS_LOCK = 4;
    private static final int NUM_LOCK = 2;
    private static final int SCROLL_LOCK = 1;

    private final ConsoleSubject subject;
    private final ConsoleServices services;
    private final ConsoleActions actions;
    private final ObjectProperty<Scale> scale;
    private final Runnable capture;
    private final Map<Light, MenuButton> lights = new EnumMap<>(Light.class);
    private final Map<Light, String> told = new EnumMap<>(Light.class);
    private final Label state = new Label();
    private final Label hint = new Label();
    private final Label size = new Label();
    private final Label recording = new Label();
    private final Button stopRecording;
    private final Label typing = new Label();
    private final Button stopTyping;
    private ConsoleModel model;

    /**
     * @param capture gives keyboard and mouse to the guest
     * @param menuOpen told when a menu opens and closes: its keys are not for the guest
     */
    ConsoleStatusBar(
            ConsoleSubject subject,
            ConsoleServices services,
            ConsoleActions actions,
            ObjectProperty<Scale> scale,
            Runnable capture,
            Consumer<Boolean> menuOpen) {
        this.subject = subject;
        this.services = services;
        this.actions = actions;
        this.scale = scale;
        this.capture = capture;
        getStyleClass().add("console-status");
        HBox row = new HBox();
        hint.setId("console-hint");
        hint.setMinWidth(0);
        for (Region r : new Region[] {state, size, recording, typing, row}) {
            r.setMinWidth(Region.USE_PREF_SIZE);
        }
        recording.getStyleClass().add("recording");
        recording.setId("recording");
        typing.setId("typing");
        stopRecording = Buttons.flat("close", Text.of("console.record.stop"), actions::toggleRecording);
        stopTyping = Buttons.flat("close", Text.of("console.paste.stop"), () -> {
            if (model != null) {
                model.stopTyping();
            }
        });
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        row.getStyleClass().add("lights");
        for (Light light : Light.values()) {
            MenuButton button = light(light, menuOpen);
            lights.put(light, button);
            row.getChildren().add(button);
        }
        getChildren().addAll(state, hint, space, typing, stopTyping, recording, stopRecording, size, row);
        showRecording("");
        showTyping(0);
        refresh();
    }

    private MenuButton light(Light light, Consumer<Boolean> menuOpen) {
        MenuButton button = new MenuButton(null, Icons.of(light.icon(), LIGHT_SIZE));
        button.setId("light-" + light);
        button.getStyleClass().addAll("flat", "light");
        button.getItems().add(new MenuItem()); // an empty menu would not open; it is filled when it does
        button.setOnShowing(e -> button.getItems().setAll(items(light)));
        button.showingProperty().addListener((o, was, is) -> menuOpen.accept(is));
        return button;
    }

    /** Follows a machine's lights; null for a machine that is off. */
    void connect(ConsoleModel newModel) {
        model = newModel;
        for (Light light : Light.values()) {
            show(light, false);
            if (model != null) {
                model.light(light).addListener((o, was, is) -> show(light, is));
            }
        }
        if (model == null) {
            hint.setText("");
            showTyping(0);
        } else {
            model.typingProperty().addListener((o, was, is) -> showTyping(is.intValue()));
            model.ledsProperty().addListener((o, was, is) -> describe(Light.KEYBOARD));
            model.absoluteProperty().addListener((o, was, is) -> describe(Light.MOUSE));
            model.capturedProperty().addListener((o, was, is) -> describe(Light.MOUSE));
        }
        refresh();
    }

    private void refresh() {
        for (Light light : Light.values()) {
            describe(light);
        }
    }

    /** Looks again at what is in the drives and where the cables are, which changes from elsewhere, too. */
    void refreshMedia() {
        for (Light light : CHANGING) {
            if (!words(light).equals(told.get(light))) {
                describe(light);
            }
        }
    }

    void showState(String text) {
        state.setText(text);
    }

    void showSize(String text) {
        size.setText(text);
        describe(Light.DISPLAY);
    }

    /** Leaves the hint out while another page than the screen is shown. */
    void hintWhile(ObservableBooleanValue screenShown) {
        hint.visibleProperty().bind(screenShown);
    }

    void showHint(String text, boolean captured) {
        hint.setText(text);
        hint.getStyleClass().remove("capture-on");
        if (captured) {
            hint.getStyleClass().add("capture-on");
        }
    }

    void showRecording(String elapsed) {
        recording.setText("● " + elapsed);
        recording.setAccessibleText(Text.of("console.record.going", elapsed));
        shown(!elapsed.isEmpty(), recording, stopRecording);
    }

    private void showTyping(int left) {
        typing.setText(Text.of("console.paste.going", left));
        shown(left > 0, typing, stopTyping);
    }

    private static void shown(boolean on, Region... nodes) {
        for (Region n : nodes) {
            n.setVisible(on);
            n.setManaged(on);
        }
    }

    private void show(Light light, boolean on) {
        MenuButton button = lights.get(light);
        button.getStyleClass().remove("on");
        if (on) {
            button.getStyleClass().add("on");
        }
    }

    private void describe(Light light) {
        MenuButton button = lights.get(light);
        told.put(light, words(light));
        String words = Text.of("console.light." + light) + "\n" + told.get(light);
        button.setTooltip(new Tooltip(words));
        button.setAccessibleText(words.replace('\n', ' '));
        button.getStyleClass().remove("absent");
        if (absent(light)) {
            button.getStyleClass().add("absent");
        }
    }

    /** Whether the machine, or this version of the program, has nothing of the kind. */
    private boolean absent(Light light) {
        return switch (light) {
            case SOUND -> subject.sound().kind() == SoundSpec.Kind.NONE;
            case SHARING -> subject.shares().isEmpty();
            case NETWORK -> subject.cards().isEmpty();
            case DISK -> subject.disks().isEmpty();
            default -> false;
        };
    }

    private String words(Light light) {
        return switch (light) {
            case DISK -> subject.disks().isEmpty() ? Text.of("console.disk.none") : names(subject.disks());
            case CD -> subject.cd().map(ConsoleStatusBar::name).orElse(Text.of("console.drive.empty"));
            case FLOPPY -> floppyWords(0) + "\n" + floppyWords(1);
            case NETWORK -> networkWords();
            case SOUND -> soundWords();
            case SHARING -> String.join("\n", shareWords());
            case DISPLAY -> size.getText();
            case MOUSE -> mouseWords();
            case KEYBOARD -> keyboardWords();
        };
    }

    private static String names(List<Path> files) {
        return String.join("\n", files.stream().map(ConsoleStatusBar::name).toList());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private String floppyWords(int drive) {
        return Text.of(
                "console.floppy.drive",
                (char) ('A' + drive),
                subject.floppy(drive).map(ConsoleStatusBar::name).orElse(Text.of("console.drive.empty")));
    }

    private String networkWords() {
        List<NetworkPlug> cards = subject.cards();
        return cards.isEmpty()
                ? Text.of("console.network.none")
                : String.join("\n", cards.stream().map(c -> cardWords(cards, c)).toList());
    }

    private static String cardWords(List<NetworkPlug> cards, NetworkPlug card) {
        return Text.of(
                "console.network.card",
                cards.indexOf(card) + 1,
                card.nic().model().id(),
                card.nic().net().text(),
                Text.of(card.connected() ? "console.network.connected" : "console.network.unplugged"));
    }

    private String soundWords() {
        SoundSpec sound = subject.sound();
        return Text.of(sound.kind()) + (sound.file() == null ? "" : "\n" + sound.file());
    }

    private String mouseWords() {
        if (model == null) {
            return Text.of("console.mouse.off");
        }
        return Text.of(
                model.absoluteProperty().get()
                        ? "console.mouse.absolute"
                        : model.capturedProperty().get() ? "console.mouse.captured" : "console.mouse.relative");
    }

    private String keyboardWords() {
        int leds = model == null ? 0 : model.ledsProperty().get();
        return Text.of(
                "console.keyboard.leds", onOff(leds, NUM_LOCK), onOff(leds, CAPS_LOCK), onOff(leds, SCROLL_LOCK));
    }

    private static String onOff(int leds, int bit) {
        return Text.of((leds & bit) != 0 ? "console.on" : "console.off");
    }

    private List<MenuItem> items(Light light) {
        return switch (light) {
            case DISK ->
                told(
                        subject.disks().isEmpty()
                                ? List.of(Text.of("console.disk.none"))
                                : subject.disks().stream().map(Path::toString).toList());
            case CD ->
                List.of(
                        item("console.cd.insert", actions::insertCd),
                        eject(subject.cd(), () -> subject.changeCd(null)));
            case FLOPPY ->
                List.of(
                        item("console.floppy.insertA", () -> actions.insertFloppy(0)),
                        eject(subject.floppy(0), () -> subject.changeFloppy(0, null)),
                        item("console.floppy.insertB", () -> actions.insertFloppy(1)),
                        eject(subject.floppy(1), () -> subject.changeFloppy(1, null)));
            case NETWORK -> networkItems();
            case SOUND -> soundItems();
            case SHARING -> shareItems();
            case DISPLAY -> List.copyOf(ConsoleBar.scaleItems(scale));
            case MOUSE -> mouseItems();
            case KEYBOARD ->
                List.of(
                        item("console.paste", actions::paste),
                        item("console.ctrlAltDel", () -> actions.press(Chord.CTRL_ALT_DEL)),
                        greyed(keyboardWords()));
        };
    }

    private List<MenuItem> networkItems() {
        List<NetworkPlug> cards = subject.cards();
        if (cards.isEmpty()) {
            return told(List.of(Text.of("console.network.none")));
        }
        return cards.stream().map(card -> cableItem(cards, card)).toList();
    }

    private MenuItem cableItem(List<NetworkPlug> cards, NetworkPlug card) {
        CheckMenuItem item = new CheckMenuItem(Text.of(
                card.pluggable() ? "console.network.cable" : "console.network.nowhere",
                cards.indexOf(card) + 1,
                card.nic().net().text()));
        item.setSelected(card.connected());
        item.setDisable(!card.pluggable());
        item.setOnAction(e -> {
            boolean on = item.isSelected();
            services.threads().background().execute(() -> {
                card.connect(on);
                services.threads().ui().execute(() -> describe(Light.NETWORK));
            });
        });
        return item;
    }

    private List<MenuItem> soundItems() {
        SoundSpec.Kind kind = subject.sound().kind();
        if (kind == SoundSpec.Kind.NONE || kind == SoundSpec.Kind.WAV) {
            return told(List.of(soundWords()));
        }
        CheckMenuItem mute = new CheckMenuItem(Text.of("console.sound.mute"));
        mute.setId("console-sound-mute");
        mute.setSelected(kind == SoundSpec.Kind.SILENT);
        mute.setDisable(model == null);
        mute.setOnAction(e -> subject.hear(kind == SoundSpec.Kind.SILENT));
        return List.of(mute);
    }

    private List<String> shareWords() {
        List<ShareOption> shares = subject.shares();
        return shares.isEmpty()
                ? List.of(Text.of("console.sharing.none"))
                : shares.stream()
                        .map(s -> Text.of(
                                s.readOnly() ? "console.sharing.readOnly" : "console.sharing.folder",
                                s.tag(),
                                s.folder()))
                        .toList();
    }

    /** What is shared, and for each the command that a Linux guest needs, for the clipboard. */
    private List<MenuItem> shareItems() {
        List<MenuItem> items = new ArrayList<>(told(shareWords()));
        for (ShareOption share : subject.shares()) {
            MenuItem copy = new MenuItem(Text.of("console.sharing.copy", share.tag()));
            copy.setOnAction(e -> ClipboardText.put(ShareModel.command(share.tag())));
            items.add(copy);
        }
        return items;
    }

    private List<MenuItem> mouseItems() {
        if (model == null || model.absoluteProperty().get()) {
            return told(List.of(mouseWords()));
        }
        return List.of(item("console.mouse.capture", capture));
    }

    private MenuItem eject(Optional<Path> medium, Runnable action) {
        MenuItem item =
                new MenuItem(medium.map(f -> Text.of("console.eject", name(f))).orElse(Text.of("console.drive.empty")));
        item.setDisable(medium.isEmpty());
        item.setOnAction(e -> action.run());
        return item;
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(Text.of(key));
        item.setId(key.replace('.', '-'));
        item.setOnAction(e -> action.run());
        return item;
    }

    private static List<MenuItem> told(List<String> sentences) {
        return sentences.stream().map(ConsoleStatusBar::greyed).toList();
    }

    private static MenuItem greyed(String sentence) {
        MenuItem item = new MenuItem(sentence);
        item.setDisable(true);
        return item;
    }
}
