package org.terrarium.vm.device.floppy;

/**
 * Saved state of a running data command.
 *
 * @param command the command byte
 * @param drive number of the drive
 * @param cylinder C of the current sector
 * @param head H
 * @param sector R
 * @param size N
 * @param endOfTrack EOT, or sectors left to format or verify
 * @param fill the byte FORMAT TRACK fills sectors with
 * @param physicalHead the head selected in the second command byte
 * @param buffer the current sector
 * @param position bytes of it that have moved
 * @param loaded whether a sector to be read is in the buffer
 * @param waits how often the DMA channel was not ready
 */
public record SectorTransferState(
        int command,
        int drive,
        int cylinder,
        int head,
        int sector,
        int size,
        int endOfTrack,
        int fill,
        int physicalHead,
        byte[] buffer,
        int position,
        boolean loaded,
        int waits) {}
