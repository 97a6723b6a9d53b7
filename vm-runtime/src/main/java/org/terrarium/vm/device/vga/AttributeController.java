package org.terrarium.vm.device.vga;

/**
 * The attribute controller: 16 palette registers, text attributes, panning (IBM VGA, "Attribute Controller Registers").
 * Index and data share port 3C0, told apart by a flip-flop that reading input status 1 clears.
 */
final class AttributeController {
    static final int MODE_CONTROL = 0x10;
    static final int OVERSCAN = 0x11;
    static final int COLOR_PLANE_ENABLE = 0x12;
    static final int HORIZONTAL_PANNING = 0x13;
    static final int COLOR_SELECT = 0x14;
    private static final int REGISTERS = 0x15;

    /** Palette address source: the display is on and the palette registers belong to it. */
    private static final int INDEX_PAS = 0x20;

    private static final int MODE_GRAPHICS = 0x01;
    private static final int MODE_LINE_GRAPHICS = 0x04;
    private static final int MODE_BLINK = 0x08;
    private static final int MODE_PANNING_STOPS_AT_SPLIT = 0x20;
    private static final int MODE_COLOR_SELECT_54 = 0x80;

    final RegisterFile file = new RegisterFile(masks());
    private boolean dataNext;

    private static int[] masks() {
        int[] masks = new int[REGISTERS];
        for (int i = 0; i < MODE_CONTROL; i++) {
            masks[i] = 0x3F;
        }
        masks[MODE_CONTROL] = 0xEF;
        masks[OVERSCAN] = 0xFF;
        masks[COLOR_PLANE_ENABLE] = 0x3F;
        masks[HORIZONTAL_PANNING] = 0x0F;
        masks[COLOR_SELECT] = 0x0F;
        return masks;
    }

    void reset() {
        file.reset();
        dataNext = false;
    }

    void clearFlipFlop() {
        dataNext = false;
    }

    boolean dataNext() {
        return dataNext;
    }

    void setDataNext(boolean next) {
        dataNext = next;
    }

    /** A write to port 3C0; tells whether the picture may look different now. */
    boolean write(int value) {
        dataNext = !dataNext;
        if (dataNext) {
            boolean was = displayOn();
            file.select(value & 0x3F);
            return was != displayOn();
        }
        int register = file.index() & 0x1F;
        if (register >= REGISTERS || register < MODE_CONTROL && displayOn()) {
            return false; // the palette registers can only be written while the display does not use them
        }
        return file.set(register, value);
    }

    int readIndex() {
        return file.index();
    }

    int readData() {
        int register = file.index() & 0x1F;
        return register < REGISTERS ? file.get(register) : 0;
    }

    boolean displayOn() {
        return (file.index() & INDEX_PAS) != 0;
    }

    boolean graphics() {
        return (file.get(MODE_CONTROL) & MODE_GRAPHICS) != 0;
    }

    /** Whether the ninth dot of the line drawing characters C0-DF repeats the eighth. */
    boolean lineGraphics() {
        return (file.get(MODE_CONTROL) & MODE_LINE_GRAPHICS) != 0;
    }

    /** Whether attribute bit 7 means blinking, not a bright background. */
    boolean blink() {
        return (file.get(MODE_CONTROL) & MODE_BLINK) != 0;
    }

    boolean panningStopsAtSplit() {
        return (file.get(MODE_CONTROL) & MODE_PANNING_STOPS_AT_SPLIT) != 0;
    }

    int planeEnable() {
        return file.get(COLOR_PLANE_ENABLE) & 0x0F;
    }

    int panning() {
        return file.get(HORIZONTAL_PANNING);
    }

    /** The DAC index that a four-bit pixel selects. */
    int dacIndex(int pixel) {
        int color = file.get(pixel & 0x0F);
        int select = file.get(COLOR_SELECT);
        if ((file.get(MODE_CONTROL) & MODE_COLOR_SELECT_54) != 0) {
            return color & 0x0F | (select & 0x0F) << 4;
        }
        return color | (select & 0x0C) << 4;
    }
}
