package org.terrarium.vm.device.virtio;

/**
 * What makes a virtio device a disk or a network card: its queues' contents and its configuration space. Everything that all
 * of them have in common (registers, feature negotiation, rings, interrupts) is the transport's, {@link VirtioPci}.
 *
 * <p>A device answers to {@link #notified} by taking buffers from its queue, now or later, and gives them back through
 * {@link Transport#giveBack}. It is only notified while the driver is ready.
 *
 * @param <S> its own state
 */
public interface VirtioDevice<S extends Record> {
    /** The way back to the driver. */
    interface Transport {
        Virtqueue queue(int number);

        /** Gives a buffer back and interrupts the driver if it wants that. */
        void giveBack(int queue, Chain chain, int written);

        /** Gives a buffer back without telling the driver yet: {@link #tell} does. */
        void giveBackSilently(int queue, Chain chain, int written);

        /** Interrupts the driver, if it wants that, for what was given back silently and it has not found by itself. */
        void tell(int queue);

        /** The device has room again for buffers it has left in the queue: it is notified once more. */
        void lookAgain(int queue);

        /** The driver has broken the rules: the device needs a reset (virtio 1.2, 2.1.1). */
        void broken(VirtqueueException e);

        /** Something in the configuration space has changed by itself. */
        void configurationChanged();

        /** The features both sides have agreed on. */
        long features();
    }

    /** Device type number (5). */
    int type();

    /** PCI class code, 24 bits. */
    int pciClass();

    /** Offered features, without those of rings and transport. */
    long features();

    /** Largest size of each queue, powers of two. */
    int[] queueSizes();

    /** Bytes of configuration space. */
    int configBytes();

    /** A byte of the configuration space, 0..255. */
    int readConfig(int offset);

    /** The driver writes a byte of the configuration space. */
    void writeConfig(int offset, int value);

    /** Called once, before anything else. */
    void connect(Transport transport);

    /** There may be buffers in this queue. */
    void notified(int queue) throws VirtqueueException;

    /** The driver starts over: buffers that were taken must not be given back any more. */
    void reset();

    S save();

    void restore(S state);
}
