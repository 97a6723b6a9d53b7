package org.terrarium.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Drives;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.input.KeyLayout;
import org.terrarium.vm.input.KeyStroke;
import org.terrarium.vm.library.Preferences;

class ConsoleModelTest {
    private final List<String> guest = new ArrayList<>();
    private final FakeDrives drives = new FakeDrives();
    private boolean absolute;
    private final List<HostCommand> commands = new ArrayList<>();
    private int leds;
    private final ConsoleModel model = new ConsoleModel(
            new FakeGuest(),
            drives,
            Runnable::run,
            Key.RIGHT_CTRL,
            Map.of(HostCommand.FULL_SCREEN, Key.F),
            commands::add);

    private final class FakeGuest implements GuestInput {
        @Override
        public void key(Key key, boolean down) {
            guest.add((down ? "+" : "-") + key);
        }

        @Override
        public boolean absolute() {
            return absolute;
        }

        @Override
        public void move(int dx, int dy) {
            guest.add("move " + dx + " " + dy);
        }

        @Override
        public void moveTo(double x, double y) {
            guest.add("to " + x + " " + y);
        }

        @Override
        public void button(int number, boolean down) {
            guest.add((down ? "press " : "release ") + number);
        }

        @Override
        public void wheel(int clicks) {
            guest.add("wheel " + clicks);
        }

        @Override
        public void type(List<KeyStroke> strokes, boolean capsLock) {
            strokes.forEach(s -> key(s.key(), s.pressed()));
            guest.add("caps " + capsLock);
        }

        @Override
        public int typing() {
            return 7;
        }

        @Override
        public void stopTyping() {
            guest.add("stop");
        }

        @Override
        public int leds() {
            return leds;
        }
    }

    private static final class FakeDrives implements Drives {
        private long disk;

        @Override
        public void insertCd(Path iso) {}

        @Override
        public void ejectCd() {}

        @Override
        public Optional<Path> cd() {
            return Optional.empty();
        }

        @Override
        public void insertFloppy(int drive, Path image) {}

        @Override
        public void ejectFloppy(int drive) {}

        @Override
        public Optional<Path> floppy(int drive) {
            return Optional.empty();
        }

        @Override
        public long diskActivity() {
            return disk;
        }

        @Override
        public long cdActivity() {
            return 0;
        }

        @Override
        public long floppyActivity() {
            return 0;
        }
    }

    @Test
    void keysGoToTheGuestAndRepeat() {
        model.key(Key.A, true);
        model.key(Key.A, true);
        model.key(Key.A, false);
        model.key(Key.B, false); // was pressed before the window had the focus
        assertEquals(List.of("+A", "+A", "-A"), guest);
    }

    @Test
    void rightCtrlGivesInputBack() {
        model.capture();
        model.key(Key.RIGHT_CTRL, true);
        assertTrue(model.capturedProperty().get());
        model.key(Key.RIGHT_CTRL, false);
        assertFalse(model.capturedProperty().get());
    }

    @Test
    void releasingLetsGoOfEverythingHeld() {
        model.capture();
        model.key(Key.LEFT_SHIFT, true);
        model.button(1, true);
        guest.clear();
        model.release();
        assertEquals(List.of("-LEFT_SHIFT", "release 1"), guest);
        model.releaseAll();
        assertEquals(2, guest.size(), "only once");
    }

    @Test
    void theHostKeyWithAnotherKeyIsACommandAndNotTheGuests() {
        model.key(Key.RIGHT_CTRL, true);
        model.key(Key.F, true);
        model.key(Key.F, false);
        model.key(Key.RIGHT_CTRL, false);
        assertEquals(List.of(HostCommand.FULL_SCREEN), commands);
        assertEquals(List.of(), guest);
    }

    @Test
    void theHostKeyWithAFunctionKeyIsALinuxConsole() {
        model.key(Key.RIGHT_CTRL, true);
        model.key(Key.F2, true);
        assertEquals(List.of("+LEFT_CTRL", "+LEFT_ALT", "+F2", "-F2", "-LEFT_ALT", "-LEFT_CTRL"), guest);
    }

    @Test
    void pastedTextIsTypedForTheGuestsLayoutWithoutCapsLock() {
        leds = 4;
        model.paste("z", KeyLayout.of("de"));
        assertEquals(List.of("+Y", "-Y", "caps true"), guest);
        model.poll();
        assertEquals(7, model.typingProperty().get());
        assertEquals(4, model.ledsProperty().get());
        assertThrows(IllegalArgumentException.class, () -> model.paste("日", KeyLayout.US));
    }

    @Test
    void lightsOfKeyboardMouseNetworkSoundAndSharingFollowWhatPassed() {
        model.poll();
        model.key(Key.A, true);
        model.moved(1, 1);
        model.networkOctets(60);
        model.soundFrames(480);
        model.sharedBytes(9);
        model.poll();
        for (Light light : List.of(Light.KEYBOARD, Light.MOUSE, Light.NETWORK, Light.SOUND, Light.SHARING)) {
            assertTrue(model.light(light).get(), light.name());
        }
        model.poll();
        assertFalse(model.light(Light.KEYBOARD).get());
    }

    @Test
    void twoCommandsDoNotShareAKey(@TempDir Path folder) throws Exception {
        Preferences preferences = new Preferences(folder.resolve("p.json"));
        preferences.set(HostCommand.SCALE.preference(), "f");
        preferences.set(HostCommand.PAUSE.preference(), "");
        preferences.set(HostCommand.RESET.preference(), "no such key");
        Map<HostCommand, Key> keys = HostCommand.keys(preferences);
        assertEquals(Key.F, keys.get(HostCommand.FULL_SCREEN));
        for (HostCommand none : List.of(HostCommand.SCALE, HostCommand.PAUSE, HostCommand.RESET)) {
            assertFalse(keys.containsKey(none), none.name());
        }
        assertEquals(Key.HOME, keys.get(HostCommand.TOOL_BAR));
    }

    @Test
    void ctrlAltDelIsPressedInOrderAndReleasedInReverse() {
        model.press(Chord.CTRL_ALT_DEL);
        assertEquals(List.of("+LEFT_CTRL", "+LEFT_ALT", "+DELETE", "-DELETE", "-LEFT_ALT", "-LEFT_CTRL"), guest);
    }

    @Test
    void lightsShowActivityBetweenTwoLooks() {
        drives.disk = 100;
        model.poll();
        assertFalse(model.light(Light.DISK).get(), "what happened before the first look does not count");
        drives.disk = 200;
        model.poll();
        assertTrue(model.light(Light.DISK).get());
        model.poll();
        assertFalse(model.light(Light.DISK).get());
        assertFalse(model.light(Light.CD).get());
    }

    @Test
    void hintFollowsPointerModeAndCapture() {
        String relative = model.hint();
        absolute = true;
        model.poll();
        assertTrue(model.absoluteProperty().get());
        String follows = model.hint();
        model.capture();
        assertEquals(3, Set.of(relative, follows, model.hint()).size());
        assertTrue(model.hint().contains("Right Ctrl"));
    }
}
