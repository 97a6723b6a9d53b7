package org.terrarium.vm.state;

/**
 * A machine's state as it was at one instant.
 *
 * @param devices the bytes of a {@link StateFile}
 * @param memory to be read by one other thread
 * @param pauseNanos how long the guest stood still, on the host's clock
 */
public record CapturedState(byte[] devices, FrozenMemory memory, long pauseNanos) {
    /** The same with the time that it took. */
    public CapturedState after(long nanos) {
        return new CapturedState(devices, memory, nanos);
    }
}
