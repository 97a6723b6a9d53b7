package org.terrarium.vm.firmware;

/**
 * A standard video mode: what INT 10h needs to know and the register values of the VGA's parameter table.
 *
 * @param number mode number, 0..13h
 * @param model how memory holds the picture
 * @param columns character columns
 * @param rows character rows
 * @param charHeight scan lines of a character
 * @param width pixels (graphics modes)
 * @param height pixels (graphics modes)
 * @param segment real-mode segment of video memory
 * @param pageBytes size of a display page
 * @param pages number of display pages
 * @param palette which default DAC contents
 * @param misc miscellaneous output register
 * @param sequencer registers 1..4
 * @param crtc registers 0..18h
 * @param attribute registers 0..13h
 * @param graphics registers 0..8
 */
record VideoMode(
        int number,
        Model model,
        int columns,
        int rows,
        int charHeight,
        int width,
        int height,
        int segment,
        int pageBytes,
        int pages,
        VideoPalette palette,
        int misc,
        int[] sequencer,
        int[] crtc,
        int[] attribute,
        int[] graphics) {
    /** Arrangement of video memory. */
    enum Model {
        TEXT,
        CGA2,
        CGA1,
        PLANAR,
        PACKED
    }

    private static final int[] ATTR_TEXT = hex("00 01 02 03 04 05 14 07 38 39 3A 3B 3C 3D 3E 3F 0C 00 0F 08");
    private static final int[] ATTR_CGA = hex("00 13 15 17 02 04 06 07 10 11 12 13 14 15 16 17 01 00 03 00");
    private static final int[] ATTR_CGA1 = hex("00 17 17 17 17 17 17 17 17 17 17 17 17 17 17 17 01 00 01 00");
    private static final int[] ATTR_MONO = hex("00 08 08 08 08 08 08 08 10 18 18 18 18 18 18 18 0E 00 0F 08");
    private static final int[] ATTR_200 = hex("00 01 02 03 04 05 06 07 10 11 12 13 14 15 16 17 01 00 0F 00");
    private static final int[] ATTR_MONO_G = hex("00 08 00 00 18 18 00 00 00 08 00 00 00 18 00 00 0B 00 05 00");
    private static final int[] ATTR_350 = hex("00 01 02 03 04 05 14 07 38 39 3A 3B 3C 3D 3E 3F 01 00 0F 00");
    private static final int[] ATTR_2 = hex("00 3F 3F 3F 3F 3F 3F 3F 3F 3F 3F 3F 3F 3F 3F 3F 01 00 0F 00");
    private static final int[] ATTR_256 = hex("00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 41 00 0F 00");
    private static final int[] GFX_TEXT = hex("00 00 00 00 00 10 0E 00 FF");
    private static final int[] GFX_MONO = hex("00 00 00 00 00 10 0A 00 FF");
    private static final int[] GFX_PLANAR = hex("00 00 00 00 00 00 05 0F FF");

    static final VideoMode[] ALL = {
        text(
                0,
                40,
                0xB800,
                0x0800,
                VideoPalette.EGA,
                0x67,
                "08 03 00 02",
                "2D 27 28 90 2B A0 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 14 1F 96 B9 A3 FF",
                ATTR_TEXT,
                GFX_TEXT),
        text(
                1,
                40,
                0xB800,
                0x0800,
                VideoPalette.EGA,
                0x67,
                "08 03 00 02",
                "2D 27 28 90 2B A0 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 14 1F 96 B9 A3 FF",
                ATTR_TEXT,
                GFX_TEXT),
        text(
                2,
                80,
                0xB800,
                0x1000,
                VideoPalette.EGA,
                0x67,
                "00 03 00 02",
                "5F 4F 50 82 55 81 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 28 1F 96 B9 A3 FF",
                ATTR_TEXT,
                GFX_TEXT),
        text(
                3,
                80,
                0xB800,
                0x1000,
                VideoPalette.EGA,
                0x67,
                "00 03 00 02",
                "5F 4F 50 82 55 81 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 28 1F 96 B9 A3 FF",
                ATTR_TEXT,
                GFX_TEXT),
        new VideoMode(
                4,
                Model.CGA2,
                40,
                25,
                8,
                320,
                200,
                0xB800,
                0x4000,
                1,
                VideoPalette.CGA,
                0x63,
                hex("09 03 00 02"),
                hex("2D 27 28 90 2B 80 BF 1F 00 C1 00 00 00 00 00 00 9C 8E 8F 14 00 96 B9 A2 FF"),
                ATTR_CGA,
                hex("00 00 00 00 00 30 0F 0F FF")),
        new VideoMode(
                5,
                Model.CGA2,
                40,
                25,
                8,
                320,
                200,
                0xB800,
                0x4000,
                1,
                VideoPalette.CGA,
                0x63,
                hex("09 03 00 02"),
                hex("2D 27 28 90 2B 80 BF 1F 00 C1 00 00 00 00 00 00 9C 8E 8F 14 00 96 B9 A2 FF"),
                ATTR_CGA,
                hex("00 00 00 00 00 30 0F 0F FF")),
        new VideoMode(
                6,
                Model.CGA1,
                80,
                25,
                8,
                640,
                200,
                0xB800,
                0x4000,
                1,
                VideoPalette.CGA,
                0x63,
                hex("01 01 00 06"),
                hex("5F 4F 50 82 54 80 BF 1F 00 C1 00 00 00 00 00 00 9C 8E 8F 28 00 96 B9 C2 FF"),
                ATTR_CGA1,
                hex("00 00 00 00 00 00 0D 0F FF")),
        text(
                7,
                80,
                0xB000,
                0x1000,
                VideoPalette.MONO,
                0x66,
                "00 03 00 02",
                "5F 4F 50 82 55 81 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 28 0F 96 B9 A3 FF",
                ATTR_MONO,
                GFX_MONO),
        planar(
                0x0D,
                40,
                25,
                8,
                320,
                200,
                0x2000,
                8,
                VideoPalette.CGA,
                0x63,
                "09 0F 00 06",
                "2D 27 28 90 2B 80 BF 1F 00 C0 00 00 00 00 00 00 9C 8E 8F 14 00 96 B9 E3 FF",
                ATTR_200),
        planar(
                0x0E,
                80,
                25,
                8,
                640,
                200,
                0x4000,
                4,
                VideoPalette.CGA,
                0x63,
                "01 0F 00 06",
                "5F 4F 50 82 54 80 BF 1F 00 C0 00 00 00 00 00 00 9C 8E 8F 28 00 96 B9 E3 FF",
                ATTR_200),
        planar(
                0x0F,
                80,
                25,
                14,
                640,
                350,
                0x8000,
                2,
                VideoPalette.MONO,
                0xA3,
                "01 0F 00 06",
                "5F 4F 50 82 54 80 BF 1F 00 40 00 00 00 00 00 00 83 85 5D 28 0F 63 BA E3 FF",
                ATTR_MONO_G),
        planar(
                0x10,
                80,
                25,
                14,
                640,
                350,
                0x8000,
                2,
                VideoPalette.EGA,
                0xA3,
                "01 0F 00 06",
                "5F 4F 50 82 54 80 BF 1F 00 40 00 00 00 00 00 00 83 85 5D 28 0F 63 BA E3 FF",
                ATTR_350),
        planar(
                0x11,
                80,
                30,
                16,
                640,
                480,
                0xA000,
                1,
                VideoPalette.EGA,
                0xE3,
                "01 0F 00 06",
                "5F 4F 50 82 54 80 0B 3E 00 40 00 00 00 00 00 00 EA 8C DF 28 00 E7 04 E3 FF",
                ATTR_2),
        planar(
                0x12,
                80,
                30,
                16,
                640,
                480,
                0xA000,
                1,
                VideoPalette.EGA,
                0xE3,
                "01 0F 00 06",
                "5F 4F 50 82 54 80 0B 3E 00 40 00 00 00 00 00 00 EA 8C DF 28 00 E7 04 E3 FF",
                ATTR_350),
        new VideoMode(
                0x13,
                Model.PACKED,
                40,
                25,
                8,
                320,
                200,
                0xA000,
                0x10000,
                1,
                VideoPalette.VGA256,
                0x63,
                hex("01 0F 00 0E"),
                hex("5F 4F 50 82 54 80 BF 1F 00 41 00 00 00 00 00 00 9C 8E 8F 28 40 96 B9 A3 FF"),
                ATTR_256,
                hex("00 00 00 00 00 40 05 0F FF")),
    };

    private static VideoMode text(
            int number,
            int columns,
            int segment,
            int pageBytes,
            VideoPalette palette,
            int misc,
            String sequencer,
            String crtc,
            int[] attribute,
            int[] graphics) {
        return new VideoMode(
                number,
                Model.TEXT,
                columns,
                25,
                16,
                columns * 9,
                400,
                segment,
                pageBytes,
                8,
                palette,
                misc,
                hex(sequencer),
                hex(crtc),
                attribute,
                graphics);
    }

    private static VideoMode planar(
            int number,
            int columns,
            int rows,
            int charHeight,
            int width,
            int height,
            int pageBytes,
            int pages,
            VideoPalette palette,
            int misc,
            String sequencer,
            String crtc,
            int[] attribute) {
        return new VideoMode(
                number,
                Model.PLANAR,
                columns,
                rows,
                charHeight,
                width,
                height,
                0xA000,
                pageBytes,
                pages,
                palette,
                misc,
                hex(sequencer),
                hex(crtc),
                attribute,
                GFX_PLANAR);
    }

    /** The mode with this number, or null. */
    static VideoMode of(int number) {
        for (VideoMode m : ALL) {
            if (m.number == number) {
                return m;
            }
        }
        return null;
    }

    boolean isText() {
        return model == Model.TEXT;
    }

    boolean mono() {
        return (misc & 1) == 0;
    }

    private static int[] hex(String bytes) {
        String[] parts = bytes.split(" ");
        int[] values = new int[parts.length];
        for (int k = 0; k < parts.length; k++) {
            values[k] = Integer.parseInt(parts[k], 16);
        }
        return values;
    }
}
