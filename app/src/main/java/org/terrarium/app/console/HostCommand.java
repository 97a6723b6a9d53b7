package org.terrarium.app.console;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.library.Preferences;

/**
 * What the host key together with another key does while the guest has the keyboard. Users can choose other keys: the preference
 * {@code shortcut.console.ID} holds a key's name such as {@code f} or {@code home}, or nothing for none.
 */
public enum HostCommand {
    FULL_SCREEN("fullScreen", Key.F),
    SCALE("scale", Key.C),
    PAUSE("pause", Key.P),
    RESET("reset", Key.R),
    POWER_BUTTON("powerButton", Key.H),
    CLOSE("close", Key.Q),
    SCREENSHOT("screenshot", Key.E),
    SNAPSHOT("snapshot", Key.S),
    RECORD("record", Key.V),
    COPY_TEXT("copyText", Key.T),
    PASTE("paste", Key.INSERT),
    KEYBOARD("keyboard", Key.K),
    CTRL_ALT_DEL("ctrlAltDel", Key.DELETE),
    CTRL_ALT_BACKSPACE("ctrlAltBackspace", Key.BACKSPACE),
    /** The keyboard goes to the window's own buttons until the screen gets it again. */
    TOOL_BAR("toolBar", Key.HOME),
    NEXT_PAGE("nextPage", Key.TAB);

    private static final String PREFERENCE = "shortcut.console.";

    private final String id;
    private final Key usual;

    HostCommand(String id, Key usual) {
        this.id = id;
        this.usual = usual;
    }

    /** The end of the preference's name and of the text's key. */
    public String id() {
        return id;
    }

    /** The key that goes with the host key when the user has not chosen another. */
    public Key usual() {
        return usual;
    }

    /** The preference that holds the user's choice. */
    public String preference() {
        return PREFERENCE + id;
    }

    /** The keys as the user wants them; where two commands want the same key, the first has it. */
    public static Map<HostCommand, Key> keys(Preferences preferences) {
        Map<HostCommand, Key> keys = new EnumMap<>(HostCommand.class);
        for (HostCommand c : values()) {
            String chosen = preferences.get(c.preference(), c.usual.name());
            key(chosen).filter(k -> !keys.containsValue(k)).ifPresent(k -> keys.put(c, k));
        }
        return keys;
    }

    private static Optional<Key> key(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Key.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // written by hand, and wrong
        }
    }
}
