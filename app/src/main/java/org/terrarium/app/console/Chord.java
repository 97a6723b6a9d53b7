package org.terrarium.app.console;

import java.util.List;
import org.terrarium.vm.input.Key;

/**
 * Keys that are pressed in the guest together, which the host would keep for itself or a keyboard may not have.
 *
 * @param words what stands in the menu: what is printed on the keys
 */
record Chord(String words, List<Key> keys) {
    static final Chord CTRL_ALT_DEL = of("Ctrl+Alt+Del", Key.LEFT_CTRL, Key.LEFT_ALT, Key.DELETE);
    static final Chord CTRL_ALT_BACKSPACE = of("Ctrl+Alt+Backspace", Key.LEFT_CTRL, Key.LEFT_ALT, Key.BACKSPACE);

    /** What the menu offers; consoles of Linux, 1 to 12, are beside them. */
    static final List<Chord> USUAL = List.of(
            CTRL_ALT_DEL,
            CTRL_ALT_BACKSPACE,
            of("Ctrl+Esc", Key.LEFT_CTRL, Key.ESCAPE),
            of("Alt+Tab", Key.LEFT_ALT, Key.TAB),
            of("Alt+F4", Key.LEFT_ALT, Key.F4),
            of("Alt+SysRq", Key.LEFT_ALT, Key.PRINT_SCREEN),
            of("Print Screen", Key.PRINT_SCREEN),
            of("Pause", Key.PAUSE),
            of("Ctrl+Break", Key.LEFT_CTRL, Key.PAUSE),
            of("Windows", Key.LEFT_META),
            of("Menu", Key.MENU));

    private static Chord of(String words, Key... keys) {
        return new Chord(words, List.of(keys));
    }

    /** Ctrl, Alt and a function key: Linux's text consoles. */
    static Chord console(int number) {
        return of("Ctrl+Alt+F" + number, Key.LEFT_CTRL, Key.LEFT_ALT, Key.valueOf("F" + number));
    }
}
