package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;

/** The display adapter's registers as its BIOS programs them (IBM VGA technical reference; Bochs VBE extension ports). */
final class Vga {
    static final int SEQUENCER = 0x3C4;
    static final int GRAPHICS = 0x3CE;
    static final int ATTRIBUTE = 0x3C0;
    static final int MISC_WRITE = 0x3C2;
    static final int MISC_READ = 0x3CC;
    static final int DAC_MASK = 0x3C6;
    static final int DAC_READ_INDEX = 0x3C7;
    static final int DAC_WRITE_INDEX = 0x3C8;
    static final int DAC_DATA = 0x3C9;

    static final int DISPI_INDEX = 0x1CE;
    static final int DISPI_DATA = 0x1CF;
    static final int DISPI_ID = 0;
    static final int DISPI_XRES = 1;
    static final int DISPI_YRES = 2;
    static final int DISPI_BPP = 3;
    static final int DISPI_ENABLE = 4;
    static final int DISPI_BANK = 5;
    static final int DISPI_VIRT_WIDTH = 6;
    static final int DISPI_VIRT_HEIGHT = 7;
    static final int DISPI_X_OFFSET = 8;
    static final int DISPI_Y_OFFSET = 9;
    static final int DISPI_MEMORY_64K = 10;

    static final int ENABLED = 0x01;
    static final int GET_CAPABILITIES = 0x02;
    static final int DAC_8BIT = 0x20;
    static final int LINEAR = 0x40;
    static final int KEEP_MEMORY = 0x80;

    private final PortBus ports;

    Vga(PortBus ports) {
        this.ports = ports;
    }

    int in(int port) {
        return ports.read(port, 1) & 0xFF;
    }

    void out(int port, int value) {
        ports.write(port, 1, value & 0xFF);
    }

    /** Base of the CRT controller: 3B4h or 3D4h by the miscellaneous output register. */
    int crtcPort() {
        return (in(MISC_READ) & 1) != 0 ? 0x3D4 : 0x3B4;
    }

    void indexed(int port, int index, int value) {
        out(port, index);
        out(port + 1, value);
    }

    int indexed(int port, int index) {
        out(port, index);
        return in(port + 1);
    }

    void sequencer(int index, int value) {
        indexed(SEQUENCER, index, value);
    }

    void graphics(int index, int value) {
        indexed(GRAPHICS, index, value);
    }

    void crtc(int index, int value) {
        indexed(crtcPort(), index, value);
    }

    int crtc(int index) {
        return indexed(crtcPort(), index);
    }

    /** Writes an attribute controller register; index 0..15 are the palette, which the screen stays connected to. */
    void attribute(int index, int value) {
        in(crtcPort() + 6);
        out(ATTRIBUTE, index & 0x1F);
        out(ATTRIBUTE, value);
        showPalette();
    }

    int attribute(int index) {
        in(crtcPort() + 6);
        out(ATTRIBUTE, index & 0x1F);
        int value = in(ATTRIBUTE + 1);
        showPalette();
        return value;
    }

    private void showPalette() {
        in(crtcPort() + 6);
        out(ATTRIBUTE, 0x20);
        in(crtcPort() + 6);
    }

    void dac(int index, int red, int green, int blue) {
        out(DAC_WRITE_INDEX, index);
        out(DAC_DATA, red);
        out(DAC_DATA, green);
        out(DAC_DATA, blue);
    }

    /** The three 6-bit (or 8-bit, if so switched) components of a DAC entry. */
    int[] dac(int index) {
        out(DAC_READ_INDEX, index);
        return new int[] {in(DAC_DATA), in(DAC_DATA), in(DAC_DATA)};
    }

    /** Replaces a DAC entry by its grey of the same brightness: 30 % red, 59 % green, 11 % blue. */
    void dacToGrey(int index) {
        int[] c = dac(index);
        int grey = Math.min(0x3F, (c[0] * 77 + c[1] * 151 + c[2] * 28 + 0x80) >> 8);
        dac(index, grey, grey, grey);
    }

    int dispi(int index) {
        ports.write(DISPI_INDEX, 2, index);
        return ports.read(DISPI_DATA, 2) & 0xFFFF;
    }

    void dispi(int index, int value) {
        ports.write(DISPI_INDEX, 2, index);
        ports.write(DISPI_DATA, 2, value);
    }

    /** Whether the adapter has the Bochs VBE extension. */
    boolean hasDispi() {
        int id = dispi(DISPI_ID);
        return id >= 0xB0C0 && id <= 0xB0CF;
    }

    /** Programs a standard mode's registers; the screen is off meanwhile. */
    void program(VideoMode mode, int misc, int[] crtc) {
        if (hasDispi()) {
            dispi(DISPI_ENABLE, 0);
        }
        in(crtcPort() + 6);
        out(ATTRIBUTE, 0);
        sequencer(0, 1);
        out(MISC_WRITE, misc);
        for (int k = 0; k < 4; k++) {
            sequencer(1 + k, mode.sequencer()[k]);
        }
        sequencer(0, 3);
        int port = crtcPort();
        indexed(port, 0x11, 0); // unlocks registers 0..7
        for (int k = 0; k < crtc.length; k++) {
            indexed(port, k, crtc[k]);
        }
        for (int k = 0; k < 9; k++) {
            graphics(k, mode.graphics()[k]);
        }
        in(port + 6);
        for (int k = 0; k < 20; k++) {
            out(ATTRIBUTE, k);
            out(ATTRIBUTE, mode.attribute()[k]);
        }
        out(ATTRIBUTE, 0x14);
        out(ATTRIBUTE, 0);
        out(DAC_MASK, 0xFF);
    }

    /** Connects the screen after {@link #program}. */
    void screenOn() {
        showPalette();
    }
}
