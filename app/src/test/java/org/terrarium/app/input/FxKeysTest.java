package org.terrarium.app.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.input.Key;

class FxKeysTest {
    @Test
    void namesKeysByTheirUsPlace() {
        assertEquals(Optional.of(Key.Q), FxKeys.key(KeyCode.Q));
        assertEquals(Optional.of(Key.DIGIT_0), FxKeys.key(KeyCode.DIGIT0));
        assertEquals(Optional.of(Key.KEYPAD_5), FxKeys.key(KeyCode.NUMPAD5));
        assertEquals(Optional.of(Key.APOSTROPHE), FxKeys.key(KeyCode.QUOTE));
        assertEquals(Optional.empty(), FxKeys.key(KeyCode.UNDEFINED));
    }

    @Test
    void everyKeyOfTheMainBlockCanBeReached() {
        Set<Key> reached = Arrays.stream(KeyCode.values())
                .map(FxKeys::key)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Key.class)));
        Set<Key> main = EnumSet.range(Key.ESCAPE, Key.F12);
        // These share a JavaFX code with their twin on the left.
        main.removeAll(EnumSet.of(Key.RIGHT_SHIFT));
        main.removeAll(reached);
        assertTrue(main.isEmpty(), "not reached: " + main);
    }
}
