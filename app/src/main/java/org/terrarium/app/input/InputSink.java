package org.terrarium.app.input;

import org.terrarium.vm.input.Key;

/** Gets what the user does with the host's keyboard and mouse. May be called from any thread. */
public interface InputSink {
    /** A key by its place, whatever is printed on it; auto-repeat gives further downs. */
    void key(Key key, boolean down);

    /** The mouse moved by so many of its own steps; right and down are positive. */
    void moved(int dx, int dy);

    /** Button 1 (left), 2 (middle), 3 (right), 4 or 5 (sides). */
    void button(int number, boolean down);

    /** The wheel was turned by so many clicks; towards the user is positive. */
    void wheel(int clicks);
}
