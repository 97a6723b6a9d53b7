package org.terrarium.vm.device.nic;

/** What every network card is told from the side of its cable; on the machine's thread. */
public interface NetworkCard {
    /** Frames wait at the cable: takes as many as the guest has given room for. */
    void framesArrived();

    /** The cable was plugged in or pulled. */
    void linkChanged();
}
