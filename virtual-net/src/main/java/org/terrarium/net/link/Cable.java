package org.terrarium.net.link;

/**
 * What a network card sees of its network: a plug in the wall. Nothing here waits: a frame that finds the queue full is
 * dropped, as on a real wire. The card's side is called by the machine's thread; {@link Listener} is called by others.
 */
public interface Cable {
    /** Told, on any thread but for {@link #sent}, what the card should look at soon. */
    interface Listener {
        /** At least one frame waits in {@link Cable#receive}, which was found empty before. */
        void arrived();

        /** {@link Cable#connected} has changed. */
        void linkChanged();

        /** The card has sent something, so that an answer may come soon; called on the card's own thread. */
        default void sent() {
            // Most need not know.
        }
    }

    /** A cable that leads nowhere. */
    Cable NONE = new Cable() {
        @Override
        public void send(byte[] frame) {
            // Nobody is there.
        }

        @Override
        public void sendLarge(byte[] large) {
            // Neither for those.
        }

        @Override
        public void takesLarge(boolean on) {
            // None come.
        }

        @Override
        public byte[] receive() {
            return null;
        }

        @Override
        public boolean connected() {
            return false;
        }

        @Override
        public void listen(Listener listener) {
            // Nothing ever happens.
        }
    };

    /** Sends a frame, which must not be changed afterwards; one longer than frames may be is refused. */
    void send(byte[] frame);

    /** Sends a {@link LargeFrame}, which must not be changed afterwards. */
    void sendLarge(byte[] large);

    /** Whether {@link #receive} may give a {@link LargeFrame} from now on; at first it does not. */
    void takesLarge(boolean on);

    /** The next frame for the card, or null; it must not be changed. */
    byte[] receive();

    /** Whether both ends of the cable are plugged in. */
    boolean connected();

    /** There is one listener; the last one counts. */
    void listen(Listener listener);
}
