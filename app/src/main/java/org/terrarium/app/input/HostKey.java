package org.terrarium.app.input;

import org.terrarium.vm.input.Key;

/**
 * Recognizes the keys that give keyboard and mouse back to the host: Right Ctrl pressed and released alone, or Ctrl and Alt
 * pressed together and released without another key. Ctrl+Alt with a third key belongs to the guest.
 */
public final class HostKey {
    private boolean rightCtrlAlone;
    private boolean ctrlDown;
    private boolean altDown;
    private boolean ctrlAlt;

    /** Follows the keyboard; true when a host key was just completed. */
    public boolean event(Key key, boolean down) {
        boolean ctrl = key == Key.LEFT_CTRL || key == Key.RIGHT_CTRL;
        boolean alt = key == Key.LEFT_ALT || key == Key.RIGHT_ALT;
        if (down) {
            press(key, ctrl, alt);
            return false;
        }
        boolean released = key == Key.RIGHT_CTRL && rightCtrlAlone || (ctrl || alt) && ctrlAlt;
        if (ctrl) {
            ctrlDown = false;
            rightCtrlAlone = false;
        }
        if (alt) {
            altDown = false;
        }
        if (ctrl || alt) {
            ctrlAlt = false;
        }
        return released;
    }

    private void press(Key key, boolean ctrl, boolean alt) {
        if (key == Key.RIGHT_CTRL && !ctrlDown) {
            rightCtrlAlone = true;
        } else if (key != Key.RIGHT_CTRL) {
            rightCtrlAlone = false;
        }
        if (ctrl || alt) {
            boolean second = ctrl ? altDown && !ctrlDown : ctrlDown && !altDown;
            ctrlDown |= ctrl;
            altDown |= alt;
            ctrlAlt |= second;
        } else {
            ctrlAlt = false;
        }
    }

    /** Forgets keys that are down, when the keyboard's events go elsewhere. */
    public void forget() {
        rightCtrlAlone = false;
        ctrlDown = false;
        altDown = false;
        ctrlAlt = false;
    }
}
