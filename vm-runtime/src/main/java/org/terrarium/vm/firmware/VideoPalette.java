package org.terrarium.vm.firmware;

/** The DAC contents that a mode set loads; components are 6 bits. */
enum VideoPalette {
    /** Black, normal and bright white, selected by bits 3 and 4 of the index. */
    MONO(64) {
        @Override
        int rgb(int index) {
            int level = new int[] {0x00, 0x2A, 0x00, 0x3F}[index >> 3 & 3];
            return grey(level);
        }
    },
    /** The sixteen CGA colours; bit 4 of the index is intensity. */
    CGA(64) {
        @Override
        int rgb(int index) {
            return cgaColour(index & 7, (index & 0x10) != 0);
        }
    },
    /** The 64 EGA colours: index bits 2..0 are two thirds of R, G, B, bits 5..3 the last third. */
    EGA(64) {
        @Override
        int rgb(int index) {
            return component(index, 2) << 16 | component(index, 1) << 8 | component(index, 0);
        }

        private int component(int index, int bit) {
            return (index >> bit & 1) * 0x2A + (index >> bit + 3 & 1) * 0x15;
        }
    },
    /** Mode 13h: the CGA colours, 16 greys, then 24 hues in three intensities of three saturations each. */
    VGA256(256) {
        @Override
        int rgb(int index) {
            if (index < 16) {
                return cgaColour(index & 7, index >= 8);
            }
            if (index < 32) {
                return grey(GREYS[index - 16]);
            }
            if (index >= 32 + 9 * 24) {
                return 0;
            }
            return hue(LEVELS[(index - 32) / 24], (index - 32) % 24);
        }
    };

    private static final int[] GREYS = {
        0x00, 0x05, 0x08, 0x0B, 0x0E, 0x11, 0x14, 0x18, 0x1C, 0x20, 0x24, 0x28, 0x2D, 0x32, 0x38, 0x3F
    };

    /** Five steps from the least to the greatest component, for each of the nine groups. */
    private static final int[][] LEVELS = {
        {0x00, 0x10, 0x1F, 0x2F, 0x3F}, {0x1F, 0x27, 0x2F, 0x37, 0x3F}, {0x2D, 0x31, 0x36, 0x3A, 0x3F},
        {0x00, 0x07, 0x0E, 0x15, 0x1C}, {0x0E, 0x11, 0x15, 0x18, 0x1C}, {0x14, 0x16, 0x18, 0x1A, 0x1C},
        {0x00, 0x04, 0x08, 0x0C, 0x10}, {0x08, 0x0A, 0x0C, 0x0E, 0x10}, {0x0B, 0x0C, 0x0D, 0x0F, 0x10},
    };

    private final int entries;

    VideoPalette(int entries) {
        this.entries = entries;
    }

    int entries() {
        return entries;
    }

    /** Entry {@code index} as 6-bit components red &lt;&lt; 16 | green &lt;&lt; 8 | blue. */
    abstract int rgb(int index);

    private static int grey(int level) {
        return level << 16 | level << 8 | level;
    }

    private static int cgaColour(int colour, boolean bright) {
        int base = bright ? 0x15 : 0;
        int red = (colour >> 2 & 1) * 0x2A + base;
        int green = (colour >> 1 & 1) * 0x2A + base;
        int blue = (colour & 1) * 0x2A + base;
        if (colour == 6 && !bright) {
            green = 0x15; // brown instead of dark yellow, as the IBM 5153 display showed it
        }
        return red << 16 | green << 8 | blue;
    }

    /** Round the colour circle from blue over magenta, red, yellow, green, cyan in 24 steps. */
    private static int hue(int[] level, int step) {
        int up = level[step & 3];
        int down = level[4 - (step & 3)];
        int low = level[0];
        int high = level[4];
        return switch (step >> 2) {
            case 0 -> pack(up, low, high);
            case 1 -> pack(high, low, down);
            case 2 -> pack(high, up, low);
            case 3 -> pack(down, high, low);
            case 4 -> pack(low, high, up);
            default -> pack(low, down, high);
        };
    }

    private static int pack(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
