package org.terrarium.vm.time;

/** Machine time: nanoseconds since power-on, never going back. */
@FunctionalInterface
public interface Clock {
    long nanos();
}
