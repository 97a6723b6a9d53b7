package org.terrarium.vm.state;

/**
 * Machine time.
 *
 * @param nanos since power-on
 */
public record ClockState(long nanos) {}
