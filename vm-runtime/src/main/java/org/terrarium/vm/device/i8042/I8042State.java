package org.terrarium.vm.device.i8042;

/**
 * Keyboard controller with keyboard and mouse.
 *
 * @param ram the controller's memory; byte 0 is the command byte
 * @param command the command whose data byte is awaited, 0 when none is
 * @param lastWriteWasCommand status bit 3
 * @param outputBuffer what port 60h reads
 * @param full whether it has not been read yet
 * @param fromAuxiliary whether it came from the mouse
 * @param breakPrefix whether translation has swallowed a break prefix
 * @param replies answers of the controller that wait for the output buffer, two bytes each: source (1 is mouse) and value
 * @param nextByteAt machine time before which no further byte arrives from keyboard or mouse
 */
public record I8042State(
        byte[] ram,
        int command,
        boolean lastWriteWasCommand,
        int outputPort,
        int outputBuffer,
        boolean full,
        boolean fromAuxiliary,
        boolean breakPrefix,
        byte[] replies,
        long nextByteAt,
        long deadline,
        Ps2KeyboardState keyboard,
        Ps2MouseState mouse) {}
