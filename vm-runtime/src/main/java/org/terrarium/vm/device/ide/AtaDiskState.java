package org.terrarium.vm.device.ide;

/**
 * Saved state of a hard disk.
 *
 * @param heads heads of the current translation
 * @param sectors sectors per track of the current translation
 * @param multiple sectors per block of the MULTIPLE commands, 0 when not set
 * @param writeCache whether writes may complete before they are on stable storage
 * @param lookAhead read look-ahead, only reported
 * @param smart whether SMART is enabled
 * @param transferMode last value of SET FEATURES "set transfer mode"
 * @param standby whether the drive spins down, as CHECK POWER MODE tells
 * @param stage ordinal of what the drive does when its timer fires
 * @param lba next sector to read or write
 * @param remaining sectors still to be read from or written to the medium
 * @param blockBytes bytes of one block of the data port
 * @param filled bytes in the buffer
 */
public record AtaDiskState(
        TaskFileState taskFile,
        int heads,
        int sectors,
        int multiple,
        boolean writeCache,
        boolean lookAhead,
        boolean smart,
        int transferMode,
        boolean standby,
        int stage,
        long lba,
        int remaining,
        int blockBytes,
        int filled)
        implements AtaDeviceState {}
