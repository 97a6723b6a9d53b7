package org.terrarium.vm.device.ide;

/**
 * Saved state of a CD drive; the medium itself is not part of it.
 *
 * @param trayOpen whether the tray is out
 * @param locked whether the guest prevents medium removal
 * @param sense sense key, additional code and qualifier in bits 23-16, 15-8, 7-0; 0 when there is none
 * @param attention additional code and qualifier of a pending unit attention, 0 when there is none
 * @param event media event to be reported by GET EVENT STATUS NOTIFICATION
 * @param transferMode last value of SET FEATURES "set transfer mode"
 * @param stage ordinal of what the drive does when its timer fires or the packet is there
 * @param packet the command packet
 * @param dma whether the command's data goes by DMA
 * @param byteLimit bytes per block of the data port
 * @param lba next block to read
 * @param remaining blocks still to be read
 * @param layout READ CD's choice of the parts of a block; 0 for plain data
 * @param filled bytes in the buffer
 */
public record AtapiState(
        TaskFileState taskFile,
        boolean trayOpen,
        boolean locked,
        int sense,
        int attention,
        int event,
        int transferMode,
        int stage,
        byte[] packet,
        boolean dma,
        int byteLimit,
        long lba,
        int remaining,
        int layout,
        int filled)
        implements AtaDeviceState {}
