package org.terrarium.app.console;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.terrarium.app.input.HostKey;
import org.terrarium.app.input.InputSink;
import org.terrarium.vm.Drives;
import org.terrarium.vm.input.Key;

/**
 * What a console does with the user's input: which keys are down in the guest, whether keyboard and mouse belong to the guest
 * alone (captured), and the drives' lights. Input arrives on any thread; properties change on the JavaFX thread.
 */
public final class ConsoleModel implements InputSink {
    private final GuestInput guest;
    private final Drives drives;
    private final Executor ui;
    private final HostKey hostKey = new HostKey();
    private final Set<Key> down = EnumSet.noneOf(Key.class);
    private final Set<Integer> buttonsDown = new TreeSet<>();
    private final ReadOnlyBooleanWrapper captured = new ReadOnlyBooleanWrapper(this, "captured");
    private final ReadOnlyBooleanWrapper absolute = new ReadOnlyBooleanWrapper(this, "absolute");
    private final Light disk = new Light("diskLight");
    private final Light cd = new Light("cdLight");
    private final Light floppy = new Light("floppyLight");

    /** A light is on when the drive did something between two looks. */
    private static final class Light {
        private final ReadOnlyBooleanWrapper on;
        private long seen = -1;

        Light(String name) {
            on = new ReadOnlyBooleanWrapper(null, name);
        }

        void look(long activity) {
            on.set(seen >= 0 && activity != seen);
            seen = activity;
        }
    }

    public ConsoleModel(GuestInput guest, Drives drives, Executor ui) {
        this.guest = guest;
        this.drives = drives;
        this.ui = ui;
    }

    /** Whether keyboard and mouse are the guest's alone. */
    public ReadOnlyBooleanProperty capturedProperty() {
        return captured.getReadOnlyProperty();
    }

    /** Whether the guest follows the host's pointer, so that the mouse need not be captured. */
    public ReadOnlyBooleanProperty absoluteProperty() {
        return absolute.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty diskLight() {
        return disk.on.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty cdLight() {
        return cd.on.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty floppyLight() {
        return floppy.on.getReadOnlyProperty();
    }

    /** Looks at lights and pointer mode; the view calls it a few times a second. */
    public void poll() {
        absolute.set(guest.absolute());
        disk.look(drives.diskActivity());
        cd.look(drives.cdActivity());
        floppy.look(drives.floppyActivity());
    }

    public void capture() {
        captured.set(true);
    }

    /** Gives keyboard and mouse back to the host. */
    public void release() {
        captured.set(false);
        releaseAll();
    }

    /** Lets go in the guest of everything that is held down, as its end will not be seen. */
    public synchronized void releaseAll() {
        for (Key key : down) {
            guest.key(key, false);
        }
        down.clear();
        for (int number : buttonsDown) {
            guest.button(number, false);
        }
        buttonsDown.clear();
        hostKey.forget();
    }

    @Override
    public synchronized void key(Key key, boolean pressed) {
        if (pressed) {
            down.add(key);
            guest.key(key, true);
        } else if (down.remove(key)) {
            guest.key(key, false);
        }
        if (hostKey.event(key, pressed)) {
            ui.execute(this::release);
        }
    }

    @Override
    public void moved(int dx, int dy) {
        guest.move(dx, dy);
    }

    /** Moves the absolute pointer; 0 to 1 from the left and the top. */
    public void movedTo(double x, double y) {
        guest.moveTo(x, y);
    }

    @Override
    public synchronized void button(int number, boolean pressed) {
        if (pressed ? buttonsDown.add(number) : buttonsDown.remove(number)) {
            guest.button(number, pressed);
        }
    }

    @Override
    public void wheel(int clicks) {
        guest.wheel(clicks);
    }

    /** Presses and releases Ctrl+Alt+Del, which the host would keep for itself. */
    public void sendCtrlAltDel() {
        Key[] keys = {Key.LEFT_CTRL, Key.LEFT_ALT, Key.DELETE};
        for (Key key : keys) {
            guest.key(key, true);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            guest.key(keys[i], false);
        }
    }

    /** What the user may want to know about keyboard and mouse right now. */
    public String hint() {
        if (captured.get()) {
            return "Right Ctrl or Ctrl+Alt gives keyboard and mouse back";
        }
        return absolute.get()
                ? "Click in the screen to send it all keys"
                : "Click in the screen to use the mouse in it";
    }
}
