package org.terrarium.vm.device.pit;

/**
 * One counter of the 8254. Times are in ticks of the 1.193182 MHz input since power-on.
 *
 * @param mode 0..5
 * @param access RW1..RW0 of the control word: 1 low byte, 2 high byte, 3 both
 * @param count what the counting element was loaded with, 1..65536, or 0 when nothing was written since the control word
 * @param pending a count that waits for the end of the (half) period or for a trigger, 0 when there is none
 * @param pendingAt when the pending count takes over, or -1 when only a trigger makes it do so
 * @param pendingLoad the {@code loadTick} that then holds
 * @param loadTick when the counting element was loaded
 * @param counting whether the counting element has been loaded since the control word
 * @param stoppedAt the tick at which GATE stopped counting, or -1
 * @param lowByte first byte of a two-byte count being written, or -1
 * @param readHigh whether the next read of a two-byte count gives the high byte
 * @param countLatch latched count, or -1
 * @param statusLatch latched status, or -1
 */
public record PitChannelState(
        int mode,
        int access,
        boolean bcd,
        int count,
        int pending,
        long pendingAt,
        long pendingLoad,
        long loadTick,
        boolean counting,
        boolean gate,
        long stoppedAt,
        int lowByte,
        boolean readHigh,
        int countLatch,
        int statusLatch) {}
