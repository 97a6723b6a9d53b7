package org.terrarium.vm.library;

import java.io.IOException;
import org.terrarium.vm.spec.SoundSpec;

/** A running machine's sound card, seen from outside. Any thread. */
public interface SoundPlug {
    /** The card, and where what it plays goes now. */
    SoundSpec spec();

    /**
     * Lets what the card plays be heard on the host from now on, or not.
     *
     * @throws IOException in a sentence, when there is no card or it plays into a file
     */
    void hear(boolean on) throws IOException;

    /** What has been played so far, in frames. */
    long played();
}
