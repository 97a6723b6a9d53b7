package org.terrarium.vm.device.i8042;

import java.util.List;

/**
 * The mouse.
 *
 * @param id 0 standard, 3 with wheel, 4 with wheel and five buttons
 * @param knocks the last three sample rates set, newest in the low byte: they switch the wheel protocols on
 * @param command the command whose argument is awaited, 0 when none is
 * @param events what has not been reported yet
 * @param buttons buttons held
 * @param reportedButtons buttons as the guest knows them
 * @param triggers packets owed although nothing has moved
 * @param responding whether the output answers a command
 * @param packetDeadline machine time of the next packet, {@code Long.MAX_VALUE} when none is due
 * @param nextPacketAt machine time before which the sample rate allows no packet
 */
public record Ps2MouseState(
        int id,
        int knocks,
        boolean remote,
        boolean wrap,
        boolean reporting,
        boolean scaling2to1,
        int resolution,
        int sampleRate,
        int command,
        byte[] lastResponse,
        byte[] output,
        List<PointerEvent> events,
        int buttons,
        int reportedButtons,
        int triggers,
        boolean responding,
        long batDeadline,
        long packetDeadline,
        long nextPacketAt) {}
