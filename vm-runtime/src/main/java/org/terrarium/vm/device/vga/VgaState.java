package org.terrarium.vm.device.vga;

import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of the graphics card without its memory, which is saved with the machine's memory. Register files hold their
 * index register first.
 *
 * @param miscOutput miscellaneous output register
 * @param featureControl feature control register
 * @param enabled video subsystem enable register
 * @param attributeDataNext whether the next write to 3C0 is data
 * @param latch the four planes' latches, plane 0 in the low byte
 * @param dispi registers of the VBE interface, then its index
 */
public record VgaState(
        int miscOutput,
        int featureControl,
        int enabled,
        byte[] sequencer,
        byte[] graphics,
        byte[] crtc,
        byte[] attribute,
        boolean attributeDataNext,
        DacState dac,
        int latch,
        int[] dispi,
        PciConfigState pci) {
    public VgaState {
        sequencer = sequencer.clone();
        graphics = graphics.clone();
        crtc = crtc.clone();
        attribute = attribute.clone();
        dispi = dispi.clone();
    }

    @Override
    public byte[] sequencer() {
        return sequencer.clone();
    }

    @Override
    public byte[] graphics() {
        return graphics.clone();
    }

    @Override
    public byte[] crtc() {
        return crtc.clone();
    }

    @Override
    public byte[] attribute() {
        return attribute.clone();
    }

    @Override
    public int[] dispi() {
        return dispi.clone();
    }
}
