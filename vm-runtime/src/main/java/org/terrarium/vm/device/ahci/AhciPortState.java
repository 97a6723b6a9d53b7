package org.terrarium.vm.device.ahci;

import org.terrarium.vm.device.ide.AtaDeviceState;

/**
 * Saved state of a port; nothing is in flight when it is saved.
 *
 * @param commandList PxCLB and PxCLBU
 * @param received PxFB and PxFBU
 * @param interruptStatus PxIS without what other registers decide
 * @param interruptEnable PxIE
 * @param command PxCMD as written
 * @param taskFile PxTFD
 * @param signature PxSIG
 * @param control PxSCTL
 * @param error PxSERR
 * @param active PxSACT
 * @param issued PxCI
 * @param current slot of the command without queue that is under way, or -1
 * @param moved bytes of it that have moved
 * @param softReset whether the driver holds the drive in software reset
 * @param stopped whether a failed command keeps the others waiting
 * @param present whether a drive is connected
 * @param drive the drive, null where there never was one
 */
public record AhciPortState(
        long commandList,
        long received,
        int interruptStatus,
        int interruptEnable,
        int command,
        int taskFile,
        int signature,
        int control,
        int error,
        int active,
        int issued,
        int current,
        long moved,
        boolean softReset,
        boolean stopped,
        boolean present,
        AtaDeviceState drive) {}
