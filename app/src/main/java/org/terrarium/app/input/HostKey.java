package org.terrarium.app.input;

import java.util.Optional;
import org.terrarium.vm.input.Key;

/**
 * Tells apart what of the keyboard is for the window while the guest has it. The host key alone, pressed and released, gives
 * keyboard and mouse back; held with another key it gives the window a command; the guest sees neither. Ctrl and Alt pressed
 * together and released without another key give them back as well; those keys reach the guest, and Ctrl+Alt with a third key
 * belongs to it.
 */
public final class HostKey {
    /**
     * What to do with a key.
     *
     * @param forGuest whether the guest gets it
     * @param release whether keyboard and mouse are to be given back
     * @param command the key that was pressed with the host key, if one was
     */
    public record Answer(boolean forGuest, boolean release, Optional<Key> command) {
        private static final Answer GUEST = new Answer(true, false, Optional.empty());
        private static final Answer GUEST_AND_RELEASE = new Answer(true, true, Optional.empty());
        private static final Answer NOTHING = new Answer(false, false, Optional.empty());
        private static final Answer RELEASE = new Answer(false, true, Optional.empty());
    }

    private final Key host;
    private boolean hostDown;
    private boolean hostAlone;
    private boolean ctrlDown;
    private boolean altDown;
    private boolean ctrlAlt;

    public HostKey(Key host) {
        this.host = host;
    }

    /** The key of a preference's value such as {@code right-ctrl}. */
    public static Key parse(String name) {
        return Key.valueOf(
                name.toUpperCase(java.util.Locale.ROOT).replace('-', '_').replace("SUPER", "META"));
    }

    public Key key() {
        return host;
    }

    /** Follows the keyboard. */
    public Answer event(Key key, boolean down) {
        if (key == host) {
            boolean first = down && !hostDown;
            boolean alone = !down && hostDown && hostAlone;
            hostDown = down;
            hostAlone = first || down && hostAlone;
            return alone ? Answer.RELEASE : Answer.NOTHING;
        }
        if (hostDown) {
            hostAlone = false;
            // What was pressed before the host key must still be let go of.
            return down ? new Answer(false, false, Optional.of(key)) : Answer.GUEST;
        }
        return ctrlAlt(key, down) ? Answer.GUEST_AND_RELEASE : Answer.GUEST;
    }

    /** Whether Ctrl and Alt were just let go of after being pressed alone. */
    private boolean ctrlAlt(Key key, boolean down) {
        boolean ctrl = key == Key.LEFT_CTRL || key == Key.RIGHT_CTRL;
        boolean alt = key == Key.LEFT_ALT || key == Key.RIGHT_ALT;
        if (down) {
            boolean second = ctrl ? altDown && !ctrlDown : alt && ctrlDown && !altDown;
            ctrlDown |= ctrl;
            altDown |= alt;
            ctrlAlt = ctrl || alt ? ctrlAlt | second : false;
            return false;
        }
        boolean released = (ctrl || alt) && ctrlAlt;
        ctrlDown &= !ctrl;
        altDown &= !alt;
        ctrlAlt &= !(ctrl || alt);
        return released;
    }

    /** Forgets keys that are down, when the keyboard's events go elsewhere. */
    public void forget() {
        hostDown = false;
        hostAlone = false;
        ctrlDown = false;
        altDown = false;
        ctrlAlt = false;
    }
}
