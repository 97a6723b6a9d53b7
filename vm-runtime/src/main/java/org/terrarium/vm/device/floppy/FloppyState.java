package org.terrarium.vm.device.floppy;

/**
 * Saved state of the floppy controller.
 *
 * @param dor digital output register
 * @param tdr tape drive register
 * @param rate selected data rate
 * @param phase ordinal of the command phase
 * @param fifo command bytes taken, or result bytes to give
 * @param fifoPosition next byte of it
 * @param fifoLength result bytes
 * @param specify the two bytes of SPECIFY
 * @param configuration the second byte of CONFIGURE
 * @param precompensation the third byte of CONFIGURE
 * @param perpendicular the byte of PERPENDICULAR MODE
 * @param locked LOCK
 * @param interrupt level of the interrupt output
 * @param resetStatuses polling results still to be sensed after a reset
 * @param seekResults ST0 of finished seeks, per drive, -1 when there is none
 * @param seeking drives whose head moves, bit by drive
 * @param seekTarget where they go
 * @param transfer the running data command
 * @param executeAt machine time of its next step, {@code Long.MAX_VALUE} when there is none
 * @param seekAt machine time at which seeks end
 * @param resetAt machine time at which the reset ends
 * @param drives the drives
 */
public record FloppyState(
        int dor,
        int tdr,
        int rate,
        int phase,
        byte[] fifo,
        int fifoPosition,
        int fifoLength,
        byte[] specify,
        int configuration,
        int precompensation,
        int perpendicular,
        boolean locked,
        boolean interrupt,
        int resetStatuses,
        int[] seekResults,
        int seeking,
        int[] seekTarget,
        SectorTransferState transfer,
        long executeAt,
        long seekAt,
        long resetAt,
        FloppyDriveState[] drives) {}
