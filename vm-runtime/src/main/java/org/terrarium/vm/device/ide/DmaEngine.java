package org.terrarium.vm.device.ide;

/** The bus master of a channel, as the channel sees it. */
public interface DmaEngine {
    /** A channel without bus master: drives wait for ever in a DMA data phase. */
    DmaEngine NONE = new DmaEngine() {
        @Override
        public void requested() {}

        @Override
        public void interrupt(boolean high) {}
    };

    /** The selected drive has raised DMARQ. */
    void requested();

    /** The channel's interrupt line has changed. */
    void interrupt(boolean high);
}
