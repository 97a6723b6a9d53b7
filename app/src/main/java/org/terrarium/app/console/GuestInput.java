package org.terrarium.app.console;

import org.terrarium.vm.input.Key;

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
}
