package org.terrarium.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.Drives;
import org.terrarium.vm.input.Key;

class ConsoleModelTest {
    private final List<String> guest = new ArrayList<>();
    private final FakeDrives drives = new FakeDrives();
    private boolean absolute;
    private final ConsoleModel model = new ConsoleModel(new FakeGuest(), drives, Runnable::run);

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
    void ctrlAltDelIsPressedInOrderAndReleasedInReverse() {
        model.sendCtrlAltDel();
        assertEquals(List.of("+LEFT_CTRL", "+LEFT_ALT", "+DELETE", "-DELETE", "-LEFT_ALT", "-LEFT_CTRL"), guest);
    }

    @Test
    void lightsShowActivityBetweenTwoLooks() {
        drives.disk = 100;
        model.poll();
        assertFalse(model.diskLight().get(), "what happened before the first look does not count");
        drives.disk = 200;
        model.poll();
        assertTrue(model.diskLight().get());
        model.poll();
        assertFalse(model.diskLight().get());
        assertFalse(model.cdLight().get());
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
