package org.terrarium.app.console;

import java.util.List;
import org.terrarium.vm.input.InputHub;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.input.KeyStroke;

/** A machine's keyboard and pointer. */
public final class HubInput implements GuestInput {
    private static final int ABSOLUTE_RANGE = 0xFFFF;

    /** From our numbers (1 left, 2 middle, 3 right, 4, 5) to the hub's. */
    private static final int[] HUB_BUTTON = {0, 0, 2, 1, 3, 4};

    private final InputHub hub;

    public HubInput(InputHub hub) {
        this.hub = hub;
    }

    @Override
    public void key(Key key, boolean down) {
        hub.key(key, down);
    }

    @Override
    public boolean absolute() {
        return hub.absolutePointer();
    }

    @Override
    public void move(int dx, int dy) {
        hub.moveBy(dx, dy);
    }

    @Override
    public void moveTo(double x, double y) {
        hub.moveTo((int) Math.round(x * ABSOLUTE_RANGE), (int) Math.round(y * ABSOLUTE_RANGE));
    }

    @Override
    public void button(int number, boolean down) {
        hub.button(HUB_BUTTON[number], down);
    }

    @Override
    public void wheel(int clicks) {
        hub.wheel(clicks);
    }

    @Override
    public void type(List<KeyStroke> strokes, boolean capsLock) {
        hub.type(KeyStroke.unshifted(strokes, capsLock));
    }

    @Override
    public int typing() {
        return hub.typing();
    }

    @Override
    public void stopTyping() {
        hub.stopTyping();
    }

    @Override
    public int leds() {
        return hub.leds();
    }
}
