package org.terrarium.app.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.input.Key;

class HostKeyTest {
    private final HostKey hostKey = new HostKey();

    private boolean down(Key key) {
        return hostKey.event(key, true);
    }

    private boolean up(Key key) {
        return hostKey.event(key, false);
    }

    @Test
    void rightCtrlAloneCounts() {
        assertFalse(down(Key.RIGHT_CTRL));
        assertTrue(up(Key.RIGHT_CTRL));
    }

    @Test
    void rightCtrlStillCountsWhenItRepeats() {
        down(Key.RIGHT_CTRL);
        down(Key.RIGHT_CTRL);
        assertTrue(up(Key.RIGHT_CTRL));
    }

    @Test
    void rightCtrlWithALetterIsTheGuests() {
        down(Key.RIGHT_CTRL);
        down(Key.C);
        up(Key.C);
        assertFalse(up(Key.RIGHT_CTRL));
    }

    @Test
    void ctrlAndAltCountInEitherOrder() {
        down(Key.LEFT_CTRL);
        down(Key.LEFT_ALT);
        assertTrue(up(Key.LEFT_ALT));
        assertFalse(up(Key.LEFT_CTRL), "only once");
        down(Key.LEFT_ALT);
        down(Key.RIGHT_CTRL);
        assertTrue(up(Key.RIGHT_CTRL));
    }

    @Test
    void ctrlAltDelIsTheGuests() {
        down(Key.LEFT_CTRL);
        down(Key.LEFT_ALT);
        down(Key.DELETE);
        assertFalse(up(Key.DELETE));
        assertFalse(up(Key.LEFT_ALT));
        assertFalse(up(Key.LEFT_CTRL));
    }

    @Test
    void singleModifiersAreTheGuests() {
        for (Key key : new Key[] {Key.LEFT_CTRL, Key.LEFT_ALT, Key.RIGHT_ALT, Key.LEFT_SHIFT}) {
            down(key);
            assertFalse(up(key), key.name());
        }
    }

    @Test
    void forgetsWhatItDidNotSeeReleased() {
        down(Key.LEFT_CTRL);
        hostKey.forget();
        down(Key.LEFT_ALT);
        assertFalse(up(Key.LEFT_ALT));
    }
}
