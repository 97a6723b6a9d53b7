package org.terrarium.app.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.input.Key;

class HostKeyTest {
    private final HostKey hostKey = new HostKey(Key.RIGHT_CTRL);

    private boolean down(Key key) {
        return hostKey.event(key, true).release();
    }

    private boolean up(Key key) {
        return hostKey.event(key, false).release();
    }

    @Test
    void theHostKeyAloneCountsAndIsNotTheGuests() {
        assertFalse(hostKey.event(Key.RIGHT_CTRL, true).forGuest());
        HostKey.Answer answer = hostKey.event(Key.RIGHT_CTRL, false);
        assertTrue(answer.release());
        assertFalse(answer.forGuest());
    }

    @Test
    void itStillCountsWhenItRepeats() {
        down(Key.RIGHT_CTRL);
        down(Key.RIGHT_CTRL);
        assertTrue(up(Key.RIGHT_CTRL));
    }

    @Test
    void withAnotherKeyItIsACommand() {
        down(Key.RIGHT_CTRL);
        HostKey.Answer answer = hostKey.event(Key.F, true);
        assertEquals(Optional.of(Key.F), answer.command());
        assertFalse(answer.forGuest());
        up(Key.F);
        assertFalse(up(Key.RIGHT_CTRL), "it was not alone");
        assertEquals(Optional.empty(), hostKey.event(Key.F, true).command());
    }

    @Test
    void whatWasPressedBeforeTheHostKeyIsLetGoOfInTheGuest() {
        assertTrue(hostKey.event(Key.A, true).forGuest());
        down(Key.RIGHT_CTRL);
        assertTrue(hostKey.event(Key.A, false).forGuest());
    }

    @Test
    void anotherHostKeyLeavesRightCtrlToTheGuest() {
        HostKey other = new HostKey(HostKey.parse("scroll-lock"));
        assertTrue(other.event(Key.RIGHT_CTRL, true).forGuest());
        assertFalse(other.event(Key.RIGHT_CTRL, false).release());
        other.event(Key.SCROLL_LOCK, true);
        assertTrue(other.event(Key.SCROLL_LOCK, false).release());
        assertEquals(Key.RIGHT_META, HostKey.parse("right-super"));
    }

    @Test
    void ctrlAndAltCountInEitherOrderAndAreTheGuestsToo() {
        assertTrue(hostKey.event(Key.LEFT_CTRL, true).forGuest());
        down(Key.LEFT_ALT);
        assertTrue(up(Key.LEFT_ALT));
        assertFalse(up(Key.LEFT_CTRL), "only once");
        down(Key.LEFT_ALT);
        down(Key.LEFT_CTRL);
        assertTrue(up(Key.LEFT_CTRL));
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
