package org.terrarium.vm.device.ide;

/** The drive's side of a DMA data phase, as the bus master sees it. */
public interface DmaTransfer {
    /** DMARQ: the drive has data to give or room for data. */
    boolean requested();

    /** Direction of the data phase: from the drive to memory. */
    boolean toMemory();

    /** The drive's buffer; the next byte to move is at {@link #position()}. */
    byte[] buffer();

    int position();

    /** Bytes that can move now. */
    int available();

    /** {@code bytes} were moved; the drive may go on, end the command or raise its interrupt. */
    void moved(int bytes);
}
