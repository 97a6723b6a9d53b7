package org.terrarium.vm.device.piix;

import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

/**
 * The PIIX3's coprocessor error logic (82371SB datasheet, "Coprocessor Error Register"; SDM volume 1, 8.7.2): FERR# from the
 * processor raises IRQ 13; the handler's write to port F0h takes it back and lets the processor go on by IGNNE#, which stays
 * active as long as FERR# does. XBCS bit 5, which a PC's firmware would set, is not asked: SeaBIOS counts on the logic but
 * leaves the bit alone.
 */
public final class CoprocessorError implements Device<CoprocessorErrorState> {
    /** Map {@link #port()} here. */
    public static final int PORT = 0xF0;

    private final String label;
    private final IrqLine irq13;
    private boolean requesting;
    private boolean ignoring;

    public CoprocessorError(String label, IrqLine irq13) {
        this.label = label;
        this.irq13 = irq13;
    }

    /** FERR# goes active. */
    public void error() {
        ignoring = false; // it was inactive before, and IGNNE# with it
        request(true);
    }

    /** The level of IGNNE#. */
    public boolean ignoring() {
        return ignoring;
    }

    /** Port F0h; it has no value to read. */
    public PortDevice port() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return 0xFF;
            }

            @Override
            public void writeByte(int offset, int value) {
                ignoring = true;
                request(false);
            }
        };
    }

    private void request(boolean high) {
        requesting = high;
        irq13.set(high);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        ignoring = false;
        request(false);
    }

    @Override
    public CoprocessorErrorState save() {
        return new CoprocessorErrorState(requesting, ignoring);
    }

    @Override
    public void restore(CoprocessorErrorState state) {
        ignoring = state.ignoring();
        request(state.requesting());
    }
}
