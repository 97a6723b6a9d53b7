package org.terrarium.vm.device.vga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.display.Frame;
import org.terrarium.vm.display.Screen;
import org.terrarium.vm.display.TextScreen;

/** What the registers and the memory show, pixel by pixel. */
class ScanOutTest {
    private static final long CURSOR_PHASE_NANOS = 16 * 1_000_000_000L / 70;

    private final VgaRig rig = new VgaRig(VgaRig.MIB);
    private final Screen screen = new Screen();

    private void assertSize(int width, int height) {
        rig.vga.render(rig.frame);
        assertEquals(width + "x" + height, rig.frame.width() + "x" + rig.frame.height());
    }

    private void assertPixel(int dacIndex, int x, int y) {
        assertEquals(
                Integer.toHexString(VgaRig.color(dacIndex)), Integer.toHexString(rig.pixel(x, y)), "at " + x + "," + y);
    }

    /** Puts one glyph line into a font. */
    private void glyph(int font, int code, int line, int bits) {
        rig.sequencer(2, 4);
        rig.sequencer(4, 6);
        rig.graphics(5, 0);
        rig.graphics(6, 4);
        rig.poke(0xA0000 + font * 0x4000 + code * 32 + line, bits);
        rig.sequencer(2, 3);
        rig.sequencer(4, 2);
        rig.graphics(5, 0x10);
        rig.graphics(6, 0x0E);
    }

    private TextScreen text() {
        rig.vga.render(rig.frame);
        screen.publish(rig.frame);
        return screen.text();
    }

    @Test
    void textHasNineDotsAndSixteenLines() {
        rig.set(VgaRig.TEXT_80_25);
        rig.crtc(0x0A, 0x20); // cursor off
        glyph(0, 'A', 5, 0x81);
        rig.poke16(0xB8000 + 2 * (3 * 80 + 2), 0x1E41);
        assertSize(720, 400);
        assertPixel(0x3E, 2 * 9, 3 * 16 + 5);
        assertPixel(0x01, 2 * 9 + 1, 3 * 16 + 5);
        assertPixel(0x3E, 2 * 9 + 7, 3 * 16 + 5);
        assertPixel(0x01, 2 * 9 + 8, 3 * 16 + 5);
        assertPixel(0x01, 2 * 9, 3 * 16 + 4);
        assertPixel(0x00, 3 * 9, 3 * 16 + 5);
    }

    @Test
    void lineDrawingCharactersReachTheNinthDot() {
        rig.set(VgaRig.TEXT_80_25);
        rig.crtc(0x0A, 0x20);
        glyph(0, 0xC4, 7, 0xFF);
        glyph(0, 0xB0, 7, 0xFF);
        rig.poke16(0xB8000, 0x07C4);
        rig.poke16(0xB8002, 0x07B0);
        assertPixel(7, 8, 7);
        assertPixel(0, 17, 7);
        rig.attribute(0x10, 0x08);
        assertPixel(0, 8, 7);
    }

    @Test
    void cursorBlinksAndFollowsItsRegisters() {
        rig.set(VgaRig.TEXT_80_25);
        rig.poke16(0xB8000 + 2 * 81, 0x0720);
        rig.crtc(0x0F, 81);
        assertPixel(7, 9, 16 + 13);
        assertPixel(0, 9, 16 + 12);
        assertEquals(1, text().cursorColumn());
        assertEquals(1, text().cursorRow());
        rig.nanos = CURSOR_PHASE_NANOS * 3 / 2;
        assertPixel(0, 9, 16 + 13);
        rig.nanos = CURSOR_PHASE_NANOS * 5 / 2;
        assertPixel(7, 9, 16 + 13);
        rig.crtc(0x0A, 0x2D);
        assertPixel(0, 9, 16 + 13);
        assertEquals(-1, text().cursorRow());
    }

    @Test
    void blinkingAttributeOrBrightBackground() {
        rig.set(VgaRig.TEXT_80_25);
        rig.crtc(0x0A, 0x20);
        glyph(0, 0xDB, 0, 0xFF);
        rig.poke16(0xB8000, 0x94DB);
        assertPixel(4, 0, 0);
        assertPixel(1, 0, 1);
        rig.nanos = 2 * CURSOR_PHASE_NANOS + CURSOR_PHASE_NANOS / 2;
        assertPixel(1, 0, 0);
        rig.attribute(0x10, 0x04);
        assertPixel(4, 0, 0);
        assertPixel(0x39, 0, 1);
    }

    @Test
    void twoFontsGive512Characters() {
        rig.set(VgaRig.TEXT_80_25);
        rig.crtc(0x0A, 0x20);
        glyph(0, 'x', 0, 0x80);
        glyph(1, 'x', 0, 0x40);
        rig.sequencer(3, 0x04); // font A: map 1, font B: map 0
        rig.poke16(0xB8000, 0x0778);
        rig.poke16(0xB8002, 0x0F78);
        assertPixel(7, 0, 0);
        assertPixel(0, 1, 0);
        assertPixel(0, 9, 0);
        assertPixel(0x3F, 10, 0);
    }

    @Test
    void textScreenGivesCharactersAndAttributes() {
        rig.set(VgaRig.TEXT_80_25);
        String hello = "Hello, world";
        for (int i = 0; i < hello.length(); i++) {
            rig.poke16(0xB8000 + 2 * (160 + i), 0x4E00 | hello.charAt(i));
        }
        rig.poke16(0xB8000 + 2 * (24 * 80 + 79), 0x07DB);
        TextScreen text = text();
        assertEquals(80, text.columns());
        assertEquals(25, text.rows());
        assertEquals("Hello, world", text.line(2));
        assertEquals(0x4E, text.attribute(2, 0));
        assertEquals('█', text.character(24, 79));
        assertTrue(text.contains("lo, wor"));
        assertFalse(text.contains("lo, war"));
    }

    @Test
    void fortyColumnsAreDoubledInWidth() {
        rig.set(VgaRig.TEXT_40_25);
        rig.crtc(0x0A, 0x20);
        glyph(0, 'A', 0, 0x40);
        rig.poke16(0xB8002, 0x0741);
        assertSize(720, 400);
        assertPixel(0, 19, 0);
        assertPixel(7, 20, 0);
        assertPixel(7, 21, 0);
        assertPixel(0, 22, 0);
        assertEquals(40, text().columns());
    }

    @Test
    void startAddressScrollsText() {
        rig.set(VgaRig.TEXT_80_25);
        rig.poke16(0xB8000 + 160, 0x0758);
        assertEquals("X", text().line(1));
        rig.crtc(0x0D, 80);
        assertEquals("X", text().line(0));
    }

    @Test
    void splitScreenStartsAgainAtZero() {
        rig.set(VgaRig.TEXT_80_25);
        rig.poke16(0xB8000, 0x0753);
        rig.crtc(0x0C, 0x08);
        rig.crtc(0x07, 0x0F); // line compare bit 8 off
        rig.crtc(0x09, 0x0F);
        rig.crtc(0x18, 16 * 10 - 1);
        assertEquals("", text().line(0));
        assertEquals("S", text().line(10));
    }

    @Test
    void panningAndPresetRowScanMoveByDots() {
        rig.set(VgaRig.TEXT_80_25);
        rig.crtc(0x0A, 0x20);
        glyph(0, 'P', 3, 0x10);
        rig.poke16(0xB8002, 0x0750);
        assertPixel(7, 9 + 3, 3);
        rig.attribute(0x13, 1);
        assertPixel(7, 9 + 3 - 2, 3);
        rig.crtc(0x08, 2);
        assertPixel(7, 9 + 3 - 2, 1);
    }

    @Test
    void cgaFourColorsInTwoBanks() {
        rig.set(VgaRig.CGA_320_200_4);
        rig.poke(0xB8000, 0b00011011);
        rig.poke(0xB8001, 0b11100100);
        rig.poke(0xBA000, 0b01000000);
        rig.poke(0xB8050, 0b10000000);
        assertSize(320, 200);
        int[] palette = {0x00, 0x13, 0x15, 0x17};
        for (int x = 0; x < 4; x++) {
            assertPixel(palette[x], x, 0);
            assertPixel(palette[3 - x], x + 4, 0);
        }
        assertPixel(0x13, 0, 1);
        assertPixel(0x15, 0, 2);
    }

    @Test
    void cgaTwoColorsKeepTheProportions() {
        rig.set(VgaRig.CGA_640_200_2);
        rig.poke(0xB8000, 0x80);
        rig.poke(0xBA000, 0x01);
        assertSize(640, 400);
        assertPixel(0x17, 0, 0);
        assertPixel(0x17, 0, 1);
        assertPixel(0x00, 0, 2);
        assertPixel(0x17, 7, 2);
        assertPixel(0x17, 7, 3);
    }

    @Test
    void egaSixteenColors() {
        rig.set(VgaRig.EGA_320_200_16);
        rig.graphics(5, 2);
        rig.graphics(8, 0x20);
        rig.peek(0xA0000 + 40);
        rig.poke(0xA0000 + 40, 0xB);
        assertSize(320, 200);
        assertPixel(0x13, 2, 1);
        assertPixel(0x00, 3, 1);
    }

    @Test
    void vgaSixteenColorsPanAndPlaneEnable() {
        rig.set(VgaRig.VGA_640_480_16);
        rig.poke(0xA0000 + 80 * 479 + 79, 0x01);
        rig.poke(0xA0000, 0x08);
        assertSize(640, 480);
        assertPixel(0x3F, 639, 479);
        assertPixel(0x3F, 4, 0);
        rig.attribute(0x13, 3);
        assertPixel(0x3F, 1, 0);
        rig.attribute(0x12, 0x7);
        assertPixel(0x07, 1, 0);
    }

    @Test
    void mode13hShowsBytes() {
        rig.set(VgaRig.VGA_320_200_256);
        rig.poke(0xA0000, 0x2A);
        rig.poke(0xA0000 + 320 * 199 + 319, 0xC7);
        assertSize(320, 200);
        assertPixel(0x2A, 0, 0);
        assertPixel(0xC7, 319, 199);
        rig.out(0x3C6, 0x0F);
        assertPixel(0x07, 319, 199);
    }

    @Test
    void unchainedModeXHasSquarePixels() {
        rig.set(VgaRig.VGA_320_200_256);
        rig.sequencer(4, 6);
        rig.crtc(0x14, 0);
        rig.crtc(0x17, 0xE3);
        rig.out(0x3C2, 0xE3);
        rig.crtc(0x11, 0x2C);
        int[][] timing = {
            {6, 0x0D}, {7, 0x3E}, {9, 0x41}, {0x10, 0xEA}, {0x11, 0xAC}, {0x12, 0xDF}, {0x15, 0xE7}, {0x16, 6}
        };
        for (int[] register : timing) {
            rig.crtc(register[0], register[1]);
        }
        rig.sequencer(2, 1 << 3);
        rig.poke(0xA0000 + 80 * 239 + 79, 0x99);
        assertSize(320, 240);
        assertPixel(0x99, 319, 239);
        assertPixel(0x00, 318, 239);
        rig.crtc(0x09, 0x40); // 480 rows of the same width
        assertSize(640, 480);
    }

    @Test
    void onlyChangedRowsAreReported() {
        rig.set(VgaRig.VGA_320_200_256);
        rig.vga.render(rig.frame);
        screen.publish(rig.frame);
        long generation = screen.generation();
        rig.vga.render(rig.frame);
        screen.publish(rig.frame);
        assertEquals(generation, screen.generation(), "nothing changed");
        try (var viewer = screen.open(60, () -> {})) {
            viewer.take((w, h, argb, first, end) -> assertEquals(200, end - first));
            rig.poke(0xA0000 + 320 * 100 + 5, 1);
            rig.poke(0xA0000 + 320 * 101 + 5, 1);
            rig.vga.render(rig.frame);
            screen.publish(rig.frame);
            int[] range = new int[2];
            assertTrue(viewer.take((w, h, argb, first, end) -> {
                range[0] = first;
                range[1] = end;
            }));
            assertEquals(100, range[0]);
            assertEquals(102, range[1]);
        }
    }

    @Test
    void aScreenThatIsOffIsBlackAndComesBack() {
        rig.set(VgaRig.VGA_320_200_256);
        rig.poke(0xA0000, 0x2A);
        assertPixel(0x2A, 0, 0);
        rig.sequencer(1, 0x21);
        assertEquals(Frame.BLACK, rig.pixel(0, 0));
        rig.sequencer(1, 0x01);
        assertPixel(0x2A, 0, 0);
        rig.in(0x3DA);
        rig.out(0x3C0, 0x00);
        assertEquals(Frame.BLACK, rig.pixel(0, 0));
    }
}
