package org.terrarium.vm.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.device.i8042.A20Gate;
import org.terrarium.vm.device.i8042.I8042;
import org.terrarium.vm.device.vmmouse.VmMouse;
import org.terrarium.vm.device.vmmouse.VmMouseState;
import org.terrarium.vm.time.TimerQueue;

class InputTest {
    private static String strokes(String text) {
        return TextKeys.strokes(text).stream()
                .map(s -> (s.pressed() ? "+" : "-") + s.key())
                .collect(Collectors.joining(" "));
    }

    @Test
    void typesTextOnAUsKeyboard() {
        assertEquals("+A -A +LEFT_SHIFT +B -B -LEFT_SHIFT +DIGIT_1 -DIGIT_1", strokes("aB1"));
        assertEquals("+LEFT_SHIFT +DIGIT_2 -DIGIT_2 -LEFT_SHIFT +SLASH -SLASH +SPACE -SPACE", strokes("@/ "));
        assertEquals("+ENTER -ENTER +TAB -TAB", strokes("\n\t"));
    }

    @Test
    void everyPrintableCharacterHasAKeyOfItsOwn() {
        Set<String> seen = new HashSet<>();
        for (char c = ' '; c <= '~'; c++) {
            assertTrue(seen.add(strokes(Character.toString(c))), "two characters on the same key: " + c);
        }
        assertEquals(95, seen.size());
        assertEquals("+LEFT_SHIFT +GRAVE -GRAVE -LEFT_SHIFT", strokes("~"));
        assertEquals("+LEFT_SHIFT +BACKSLASH -BACKSLASH -LEFT_SHIFT", strokes("|"));
    }

    @Test
    void namedKeysAndChords() {
        assertEquals("+ENTER -ENTER", strokes("<enter>"));
        assertEquals("+F10 -F10", strokes("<F10>"));
        assertEquals("+LEFT_CTRL +LEFT_ALT +DELETE -DELETE -LEFT_ALT -LEFT_CTRL", strokes("<ctrl-alt-del>"));
        assertEquals("+PAGE_UP -PAGE_UP +PAGE_UP -PAGE_UP", strokes("<pgup><pageup>"));
        assertEquals(strokes("<lt>"), strokes("<"));
        assertEquals(strokes("1 <lt> 2"), strokes("1 < 2"));
        IllegalArgumentException unknown = assertThrows(IllegalArgumentException.class, () -> strokes("<entre>"));
        assertEquals("There is no key named <entre>.", unknown.getMessage());
        IllegalArgumentException foreign = assertThrows(IllegalArgumentException.class, () -> strokes("ä"));
        assertEquals("The character 'ä' is not on a US keyboard.", foreign.getMessage());
    }

    @Test
    void keysAreFoundByEvdevCode() {
        assertEquals(Optional.of(Key.ESCAPE), Key.ofEvdev(1));
        assertEquals(Optional.of(Key.LEFT_META), Key.ofEvdev(125));
        assertEquals(Optional.empty(), Key.ofEvdev(500));
        // In set 1 the codes without a prefix are, up to F10 and the keypad, the evdev codes.
        for (Key k : Key.values()) {
            if (k.set1() <= 0x53) {
                assertEquals(k.set1(), k.evdev(), k.name());
            }
        }
    }

    private long now = 1;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final I8042 kbc =
            new I8042("kbc", timers, IrqLine.NONE, IrqLine.NONE, new A20Gate("a20", IrqLine.NONE), () -> {});
    private final VmMouse vmMouse = new VmMouse("vmmouse", () -> null, () -> {});
    private final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    private final InputHub hub = new InputHub(timers, kbc, vmMouse, posted::add);

    private void runPosted() {
        while (!posted.isEmpty()) {
            posted.poll().run();
        }
    }

    /** Machine time passes in steps; a guest that looks every {@code every} nanoseconds reads what is there. */
    private String pass(long nanos, long every) {
        StringBuilder got = new StringBuilder();
        long end = now + nanos;
        while (now < end) {
            now += every;
            timers.runDue(now);
            if ((kbc.commandPort().read(0, 1) & 1) != 0) {
                got.append(String.format("%02X ", kbc.dataPort().read(0, 1)));
            }
        }
        return got.toString().trim();
    }

    @Test
    void typedTextArrivesCompleteHoweverSlowTheGuest() {
        kbc.commandPort().write(0, 1, 0x60);
        kbc.dataPort().write(0, 1, 0x47);
        hub.type("aB<enter>");
        assertEquals("", pass(1_000_000, 100_000), "nothing before the machine runs it");
        runPosted();
        assertEquals("1E 9E 2A 30 B0 AA 1C 9C", pass(1_000_000_000, 100_000));
        hub.type("x".repeat(40));
        runPosted();
        String slow = pass(40L * 2 * 60_000_000, 50_000_000);
        assertEquals("2D AD ".repeat(40).trim(), slow);
    }

    @Test
    void releasesWhatIsHeld() {
        kbc.commandPort().write(0, 1, 0x60);
        kbc.dataPort().write(0, 1, 0x47);
        hub.key(Key.LEFT_ALT, true);
        hub.key(Key.TAB, true);
        hub.key(Key.Q, false);
        hub.releaseAll();
        hub.releaseAll();
        runPosted();
        String got = pass(10_000_000, 100_000);
        assertEquals(Set.of("38", "0F", "B8", "8F"), Set.of(got.split(" ")));
        assertEquals(4, got.split(" ").length, got);
    }

    @Test
    void tellsWhetherThePointerIsAbsolute() {
        assertFalse(hub.absolutePointer());
        vmMouse.restore(new VmMouseState(0, true, 0, 0, 0, new int[0]));
        assertTrue(hub.absolutePointer());
        hub.moveTo(100, 200);
        hub.button(0, true);
        runPosted();
        assertEquals(8, vmMouse.save().words().length);
        vmMouse.reset();
        assertFalse(hub.absolutePointer());
    }
}
