package org.terrarium.vm.sound;

import java.io.IOException;

/** Where a machine's sound goes. */
public interface SoundOutput extends AutoCloseable {
    /** Nobody listens. */
    SoundOutput NONE = (frames, count, rate) -> {};

    /**
     * Takes what is played, from the machine's thread; returns at once and never throws.
     *
     * @param samples left and right by turns, the caller's again afterwards
     * @param frames pairs of them
     * @param rate frames a second
     */
    void play(short[] samples, int frames, int rate);

    @Override
    default void close() throws IOException {}
}
