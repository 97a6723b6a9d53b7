package org.terrarium.vm.device.vga;

/** The graphics controller: how processor data meets the planes (IBM VGA, "Graphics Controller Registers"). */
final class GraphicsController {
    static final int SET_RESET = 0;
    static final int ENABLE_SET_RESET = 1;
    static final int COLOR_COMPARE = 2;
    static final int DATA_ROTATE = 3;
    static final int READ_MAP_SELECT = 4;
    static final int MODE = 5;
    static final int MISCELLANEOUS = 6;
    static final int COLOR_DONT_CARE = 7;
    static final int BIT_MASK = 8;

    private static final int MODE_READ_COMPARE = 0x08;
    private static final int MODE_HOST_ODD_EVEN = 0x10;
    private static final int MODE_SHIFT_INTERLEAVE = 0x20;
    private static final int MODE_SHIFT_256 = 0x40;
    private static final int MISC_GRAPHICS = 1;
    private static final int MISC_CHAIN_ODD_EVEN = 2;

    final RegisterFile file = new RegisterFile(0x0F, 0x0F, 0x0F, 0x1F, 0x03, 0x7B, 0x0F, 0x0F, 0xFF);

    int writeMode() {
        return file.get(MODE) & 3;
    }

    boolean readCompare() {
        return (file.get(MODE) & MODE_READ_COMPARE) != 0;
    }

    boolean hostOddEven() {
        return (file.get(MODE) & MODE_HOST_ODD_EVEN) != 0;
    }

    boolean shiftInterleave() {
        return (file.get(MODE) & MODE_SHIFT_INTERLEAVE) != 0;
    }

    boolean shift256() {
        return (file.get(MODE) & MODE_SHIFT_256) != 0;
    }

    boolean graphics() {
        return (file.get(MISCELLANEOUS) & MISC_GRAPHICS) != 0;
    }

    boolean chainOddEven() {
        return (file.get(MISCELLANEOUS) & MISC_CHAIN_ODD_EVEN) != 0;
    }

    /** Which part of A0000-BFFFF the memory answers at: 0 all, 1 A0000-AFFFF, 2 B0000-B7FFF, 3 B8000-BFFFF. */
    int memoryMap() {
        return file.get(MISCELLANEOUS) >> 2 & 3;
    }
}
