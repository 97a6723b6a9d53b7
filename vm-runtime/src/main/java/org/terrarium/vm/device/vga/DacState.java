package org.terrarium.vm.device.vga;

/**
 * Saved state of the DAC.
 *
 * @param palette 256 times red, green, blue
 * @param part which of the three comes next on the data port
 * @param state what the state port reads: 0 after a write index, 3 after a read index
 * @param wide 8 bits a part
 */
public record DacState(byte[] palette, int mask, int writeIndex, int readIndex, int part, int state, boolean wide) {
    public DacState {
        palette = palette.clone();
    }

    @Override
    public byte[] palette() {
        return palette.clone();
    }
}
