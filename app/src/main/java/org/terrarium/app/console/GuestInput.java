package org.terrarium.app.console;

import java.util.List;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.input.KeyStroke;

/** The guest's end of keyboard and mouse, as the console needs it. Any thread. */
public interface GuestInput {
    void key(Key key, boolean down);

    /** Whether the guest takes positions on the screen instead of movements. */
    boolean absolute();

    /** Moves a relative mouse; right and down are positive. */
    void move(int dx, int dy);

    /** Puts the absolute pointer where the user points: 0 to 1 from the left and from the top. */
    void moveTo(double x, double y);

    /** Button 1 (left), 2 (middle), 3 (right), 4 or 5 (sides). */
    void button(int number, boolean down);

    /** Turns the wheel; towards the user is positive. */
    void wheel(int clicks);

    /** Does these strokes one after the other; {@code capsLock}: Caps Lock is on and must not be meanwhile. */
    void type(List<KeyStroke> strokes, boolean capsLock);

    /** How many strokes of typed text have not reached the guest yet. */
    int typing();

    void stopTyping();

    /** The keyboard's lights: bit 0 scroll lock, 1 num lock, 2 caps lock. */
    int leds();
}
