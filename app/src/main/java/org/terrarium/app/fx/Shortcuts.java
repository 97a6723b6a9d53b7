package org.terrarium.app.fx;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import javafx.scene.input.KeyCombination;
import org.terrarium.vm.library.Preferences;

/** Which keys give which command, as the user wants them; one place knows all of them. Belongs to the JavaFX thread. */
public final class Shortcuts {
    private static final String KEY = "shortcut.";

    private final Preferences preferences;
    private final SequencedMap<String, Command> commands = new LinkedHashMap<>();
    private final Map<String, KeyCombination> usual = new LinkedHashMap<>();

    public Shortcuts(Preferences preferences) {
        this.preferences = preferences;
    }

    /**
     * Takes a command over and gives it the keys that the user chose for it, else the usual ones.
     *
     * @param keys such as {@code Shortcut+N}, or null for none
     */
    public Command add(Command command, String keys) {
        KeyCombination combination = keys == null ? null : KeyCombination.valueOf(keys);
        commands.put(command.id(), command);
        usual.put(command.id(), combination);
        String chosen = preferences.get(KEY + command.id(), null);
        command.shortcutProperty().set(chosen == null ? combination : parse(chosen));
        return command;
    }

    private static KeyCombination parse(String keys) {
        try {
            return keys.isEmpty() ? null : KeyCombination.valueOf(keys);
        } catch (IllegalArgumentException e) {
            return null; // written by hand, and wrong
        }
    }

    /** All commands in the order they were added. */
    public SequencedMap<String, Command> commands() {
        return commands;
    }

    /** The keys a command has when the user has not chosen others; may be null. */
    public KeyCombination usual(Command command) {
        return usual.get(command.id());
    }

    /** Another command that has these keys. */
    public Optional<Command> taken(KeyCombination keys, Command except) {
        return commands.values().stream()
                .filter(c -> c != except
                        && keys != null
                        && keys.equals(c.shortcutProperty().get()))
                .findAny();
    }

    /** Gives a command other keys for good; null for none. */
    public void rebind(Command command, KeyCombination keys) throws IOException {
        boolean asUsual = keys == null ? usual(command) == null : keys.equals(usual(command));
        preferences.set(KEY + command.id(), asUsual ? null : keys == null ? "" : keys.getName());
        command.shortcutProperty().set(keys);
    }
}
