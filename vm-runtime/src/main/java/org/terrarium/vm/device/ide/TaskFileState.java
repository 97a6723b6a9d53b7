package org.terrarium.vm.device.ide;

/**
 * What every drive saves: its registers and the data phase it is in. The address registers hold the previous content in bits
 * 15 to 8, as the 48-bit commands use it.
 *
 * @param phase ordinal of the data phase
 * @param buffer the part of the buffer that is in use
 * @param position next byte to move
 * @param blockEnd where the current block of the data phase ends
 * @param deadline machine time at which the drive goes on, {@code Long.MAX_VALUE} when it waits for the host
 */
public record TaskFileState(
        int features,
        int sectorCount,
        int lbaLow,
        int lbaMid,
        int lbaHigh,
        int device,
        int status,
        int error,
        int command,
        boolean interrupt,
        int phase,
        byte[] buffer,
        int position,
        int blockEnd,
        long deadline) {}
