package org.terrarium.vm.input;

import java.util.List;
import java.util.stream.Stream;

/** A key going down or up. */
public record KeyStroke(Key key, boolean pressed) {
    /** Strokes for typed text that mean the same although Caps Lock is on: it is taken off for them. */
    public static List<KeyStroke> unshifted(List<KeyStroke> strokes, boolean capsLock) {
        if (!capsLock) {
            return strokes;
        }
        List<KeyStroke> caps = List.of(new KeyStroke(Key.CAPS_LOCK, true), new KeyStroke(Key.CAPS_LOCK, false));
        return Stream.of(caps, strokes, caps).flatMap(List::stream).toList();
    }
}
