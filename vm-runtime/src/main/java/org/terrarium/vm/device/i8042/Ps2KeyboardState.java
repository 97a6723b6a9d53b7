package org.terrarium.vm.device.i8042;

/**
 * The keyboard.
 *
 * @param scanCodeSet 1, 2 or 3
 * @param scanning whether keys are reported
 * @param leds bit 0 scroll lock, 1 num lock, 2 caps lock
 * @param command the command whose argument is awaited, 0 when none is
 * @param lastSent for the resend command
 * @param modifiers modifier keys held, which change the codes of Print Screen and Pause
 * @param breaks set 3: which codes report the release of their key
 * @param batDeadline machine time at which the self test ends, {@code Long.MAX_VALUE} when none runs
 */
public record Ps2KeyboardState(
        int scanCodeSet,
        boolean scanning,
        int leds,
        int typematic,
        int command,
        int lastSent,
        int modifiers,
        boolean[] breaks,
        byte[] responses,
        byte[] scanCodes,
        long batDeadline) {}
