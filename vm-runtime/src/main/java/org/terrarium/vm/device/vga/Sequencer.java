package org.terrarium.vm.device.vga;

/** The sequencer: dot clock division, which planes the processor writes, fonts (IBM VGA, "Sequencer Registers"). */
final class Sequencer {
    static final int RESET = 0;
    static final int CLOCKING_MODE = 1;
    static final int MAP_MASK = 2;
    static final int CHARACTER_MAP_SELECT = 3;
    static final int MEMORY_MODE = 4;

    private static final int CLOCKING_8_DOTS = 1;
    private static final int CLOCKING_HALF_DOT_CLOCK = 8;
    private static final int CLOCKING_SCREEN_OFF = 0x20;
    private static final int MEMORY_ODD_EVEN_DISABLED = 4;
    private static final int MEMORY_CHAIN_4 = 8;
    private static final int NOT_IN_RESET = 3;
    private static final int FONT_BYTES = 0x2000;

    final RegisterFile file = new RegisterFile(0x03, 0x3D, 0x0F, 0x3F, 0x0E);

    int mapMask() {
        return file.get(MAP_MASK);
    }

    boolean oddEven() {
        return (file.get(MEMORY_MODE) & MEMORY_ODD_EVEN_DISABLED) == 0;
    }

    boolean chain4() {
        return (file.get(MEMORY_MODE) & MEMORY_CHAIN_4) != 0;
    }

    /** Dots of a character box: 8 or 9. */
    int characterWidth() {
        return (file.get(CLOCKING_MODE) & CLOCKING_8_DOTS) != 0 ? 8 : 9;
    }

    boolean halfDotClock() {
        return (file.get(CLOCKING_MODE) & CLOCKING_HALF_DOT_CLOCK) != 0;
    }

    boolean screenOn() {
        return (file.get(CLOCKING_MODE) & CLOCKING_SCREEN_OFF) == 0 && file.get(RESET) == NOT_IN_RESET;
    }

    /** Where in plane 2 the font of characters whose attribute bit 3 is set starts. */
    int fontA() {
        int v = file.get(CHARACTER_MAP_SELECT);
        return fontAddress(v >> 2 & 3 | v >> 3 & 4);
    }

    /** Where in plane 2 the font of characters whose attribute bit 3 is clear starts. */
    int fontB() {
        int v = file.get(CHARACTER_MAP_SELECT);
        return fontAddress(v & 3 | v >> 2 & 4);
    }

    /** Maps 0 to 3 lie at 16 KiB steps, 4 to 7 each 8 KiB above them. */
    private static int fontAddress(int map) {
        return (map & 3) * 2 * FONT_BYTES + (map >> 2) * FONT_BYTES;
    }
}
