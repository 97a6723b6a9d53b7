package org.terrarium.app.console;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.terrarium.app.input.HostKey;
import org.terrarium.app.input.InputSink;
import org.terrarium.app.text.Text;
import org.terrarium.vm.Drives;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.input.KeyLayout;

/**
 * What a console does with the user's input: which keys are down in the guest, whether keyboard and mouse belong to the guest
 * alone (captured), the commands of the host key, and the lights. Input arrives on any thread; properties change on the JavaFX
 * thread.
 */
public final class ConsoleModel implements InputSink {
    /** The keyboard's lights, as {@link GuestInput#leds} has them. */
    private static final int CAPS_LOCK = 4;

    private final GuestInput guest;
    private final Drives drives;
    private final Executor ui;
    private final HostKey hostKey;
    private final Map<Key, HostCommand> commands = new EnumMap<>(Key.class);
    private final Consumer<HostCommand> carryOut;
    private final Set<Key> down = EnumSet.noneOf(Key.class);
    private final Set<Integer> buttonsDown = new TreeSet<>();
    private final ReadOnlyBooleanWrapper captured = new ReadOnlyBooleanWrapper(this, "captured");
    private final ReadOnlyBooleanWrapper absolute = new ReadOnlyBooleanWrapper(this, "absolute");
    private final ReadOnlyIntegerWrapper leds = new ReadOnlyIntegerWrapper(this, "leds");
    private final ReadOnlyIntegerWrapper typing = new ReadOnlyIntegerWrapper(this, "typing");
    private final Map<Light, Activity> lights = new EnumMap<>(Light.class);
    private volatile long keyStrokes;
    private volatile long pointerEvents;
    private volatile long networkOctets;
    private volatile long soundFrames;
    private volatile long sharedBytes;

    /** A light is on when the device did something between two looks. */
    private static final class Activity {
        private final ReadOnlyBooleanWrapper on = new ReadOnlyBooleanWrapper();
        private long seen = -1;

        void look(long count) {
            on.set(seen >= 0 && count != seen);
            seen = count;
        }
    }

    /**
     * @param ui runs things on the JavaFX thread
     * @param hostKey the key that gives input back
     * @param keys what it does with other keys
     * @param carryOut does it, on the JavaFX thread
     */
    public ConsoleModel(
            GuestInput guest,
            Drives drives,
            Executor ui,
            Key hostKey,
            Map<HostCommand, Key> keys,
            Consumer<HostCommand> carryOut) {
        this.guest = guest;
        this.drives = drives;
        this.ui = ui;
        this.hostKey = new HostKey(hostKey);
        this.carryOut = carryOut;
        keys.forEach((command, key) -> commands.put(key, command));
        for (Light light : Light.values()) {
            lights.put(light, new Activity());
        }
    }

    /** Whether keyboard and mouse are the guest's alone. */
    public ReadOnlyBooleanProperty capturedProperty() {
        return captured.getReadOnlyProperty();
    }

    /** Whether the guest follows the host's pointer, so that the mouse need not be captured. */
    public ReadOnlyBooleanProperty absoluteProperty() {
        return absolute.getReadOnlyProperty();
    }

    /** The guest's keyboard lights: bit 0 scroll lock, 1 num lock, 2 caps lock. */
    public ReadOnlyIntegerProperty ledsProperty() {
        return leds.getReadOnlyProperty();
    }

    /** How many strokes of pasted text the guest has not got yet. */
    public ReadOnlyIntegerProperty typingProperty() {
        return typing.getReadOnlyProperty();
    }

    /** Whether a device has just done something. */
    ReadOnlyBooleanProperty light(Light light) {
        return lights.get(light).on.getReadOnlyProperty();
    }

    /** Looks at lights and pointer mode; the view calls it a few times a second. */
    public void poll() {
        absolute.set(guest.absolute());
        leds.set(guest.leds());
        typing.set(guest.typing());
        lights.get(Light.DISK).look(drives.diskActivity());
        lights.get(Light.CD).look(drives.cdActivity());
        lights.get(Light.FLOPPY).look(drives.floppyActivity());
        lights.get(Light.NETWORK).look(networkOctets);
        lights.get(Light.SOUND).look(soundFrames);
        lights.get(Light.SHARING).look(sharedBytes);
        lights.get(Light.MOUSE).look(pointerEvents);
        lights.get(Light.KEYBOARD).look(keyStrokes);
    }

    /** How much has passed the network cards so far; any thread. */
    void networkOctets(long octets) {
        networkOctets = octets;
    }

    /** How much the sound card has played so far; any thread. */
    void soundFrames(long frames) {
        soundFrames = frames;
    }

    /** How much has gone between the guest and its shared folders so far; any thread. */
    void sharedBytes(long bytes) {
        sharedBytes = bytes;
    }

    public void capture() {
        captured.set(true);
    }

    /** Gives keyboard and mouse back to the host. */
    public void release() {
        captured.set(false);
        releaseAll();
    }

    /** Lets go in the guest of everything that is held down, as its end will not be seen. */
    public synchronized void releaseAll() {
        for (Key key : down) {
            guest.key(key, false);
        }
        down.clear();
        for (int number : buttonsDown) {
            guest.button(number, false);
        }
        buttonsDown.clear();
        hostKey.forget();
    }

    @Override
    public synchronized void key(Key key, boolean pressed) {
        HostKey.Answer answer = hostKey.event(key, pressed);
        if (answer.forGuest() && (pressed ? down.add(key) || down.contains(key) : down.remove(key))) {
            keyStrokes++;
            guest.key(key, pressed);
        }
        if (answer.release()) {
            ui.execute(this::release);
        }
        answer.command().ifPresent(this::command);
    }

    private void command(Key key) {
        HostCommand command = commands.get(key);
        if (command != null) {
            ui.execute(() -> carryOut.accept(command));
        } else if (key.name().matches("F\\d+")) {
            press(Chord.console(Integer.parseInt(key.name().substring(1))));
        }
    }

    @Override
    public void moved(int dx, int dy) {
        pointerEvents++;
        guest.move(dx, dy);
    }

    /** Moves the absolute pointer; 0 to 1 from the left and the top. */
    public void movedTo(double x, double y) {
        pointerEvents++;
        guest.moveTo(x, y);
    }

    @Override
    public synchronized void button(int number, boolean pressed) {
        if (pressed ? buttonsDown.add(number) : buttonsDown.remove(number)) {
            pointerEvents++;
            guest.button(number, pressed);
        }
    }

    @Override
    public void wheel(int clicks) {
        pointerEvents++;
        guest.wheel(clicks);
    }

    /** Presses and releases keys that the host would keep for itself. */
    void press(Chord combination) {
        List<Key> keys = combination.keys();
        keys.forEach(k -> guest.key(k, true));
        keys.reversed().forEach(k -> guest.key(k, false));
        keyStrokes++;
    }

    /**
     * Types text as if the user did, for a guest with that keyboard layout; a guest with Caps Lock on gets it switched off and on
     * again.
     *
     * @throws IllegalArgumentException with a sentence when a character is not on that keyboard
     */
    public void paste(String text, KeyLayout layout) {
        guest.type(layout.strokes(text), (guest.leds() & CAPS_LOCK) != 0);
    }

    /** Forgets pasted text that the guest has not got yet. */
    public void stopTyping() {
        guest.stopTyping();
    }

    /** What the user may want to know about keyboard and mouse right now. */
    public String hint() {
        String host = Text.of("console.key." + hostKey.key().name());
        if (captured.get()) {
            return Text.of("console.hint.captured", host);
        }
        return Text.of(absolute.get() ? "console.hint.absolute" : "console.hint.relative", host);
    }
}
