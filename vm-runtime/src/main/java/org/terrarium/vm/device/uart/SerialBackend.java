package org.terrarium.vm.device.uart;

/**
 * What a serial port's cable leads to. The port takes input only when it has room and at the pace of its line, so nothing
 * the host sends is lost as long as the backend keeps it. All calls come on the machine's thread.
 */
public interface SerialBackend {
    /** A cable with nothing at its end: swallows output, modem lines low. */
    SerialBackend UNPLUGGED = new SerialBackend() {
        @Override
        public void transmit(int value) {}

        @Override
        public int receive() {
            return -1;
        }

        @Override
        public boolean connected() {
            return false;
        }
    };

    /** Takes one byte that the guest has sent. */
    void transmit(int value);

    /** The next byte for the guest, 0..255, or -1 when there is none now. */
    int receive();

    /** Whether CTS, DSR and DCD are high. */
    default boolean connected() {
        return true;
    }

    /** The guest has changed DTR or RTS. */
    default void modemOutputs(boolean dtr, boolean rts) {}
}
