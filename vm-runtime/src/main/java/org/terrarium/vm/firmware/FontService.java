package org.terrarium.vm.firmware;

/** INT 10h AH=11h: character sets, loaded into plane 2 for text modes or pointed to by INT 43h for graphics modes. */
final class FontService {
    private static final int GLYPH_SLOT = 32;

    private final Vga vga;
    private final BiosMemory memory;
    private final VideoFonts fonts;
    private final TextCursor cursor;

    FontService(Vga vga, BiosMemory memory, VideoFonts fonts, TextCursor cursor) {
        this.vga = vga;
        this.memory = memory;
        this.fonts = fonts;
        this.cursor = cursor;
    }

    void call(BiosCall c) {
        int function = c.al();
        switch (function) {
            case 0x00, 0x10 -> {
                int count = Math.min(c.cx(), 256);
                byte[] glyphs = memory.bytes(c.es(c.bp()), count * c.bh());
                load(glyphs, count, c.dx(), c.bl(), c.bh(), function == 0x10);
            }
            case 0x01, 0x11 -> load(fonts.font14(), 256, 0, c.bl(), 14, function == 0x11);
            case 0x02, 0x12 -> load(fonts.font8(), 256, 0, c.bl(), 8, function == 0x12);
            case 0x04, 0x14 -> load(fonts.font16(), 256, 0, c.bl(), 16, function == 0x14);
            case 0x03 -> vga.sequencer(3, c.bl());
            case 0x20 -> memory.setVector(0x1F, farPointer(c));
            case 0x21 -> graphics(farPointer(c), c.cx(), c.bl(), c.dl());
            case 0x22 -> graphics(VideoRom.fontAddress(14), 14, c.bl(), c.dl());
            case 0x23 -> graphics(VideoRom.fontAddress(8), 8, c.bl(), c.dl());
            case 0x24 -> graphics(VideoRom.fontAddress(16), 16, c.bl(), c.dl());
            case 0x30 -> information(c);
            default -> {
                // reserved
            }
        }
    }

    private int farPointer(BiosCall c) {
        return (int) (c.es(0) >> 4) << 16 | c.bp();
    }

    private void load(byte[] glyphs, int count, int first, int block, int height, boolean recalculate) {
        if (height == 0 || height > GLYPH_SLOT) {
            return;
        }
        upload(glyphs, count, first, block, height);
        if (recalculate) {
            recalculate(height);
        }
    }

    /** Copies glyphs into the block of plane 2 that text modes show. */
    void upload(byte[] glyphs, int count, int first, int block, int height) {
        vga.sequencer(0, 1);
        vga.sequencer(2, 0x04);
        vga.sequencer(4, 0x07);
        vga.sequencer(0, 3);
        vga.graphics(4, 2);
        vga.graphics(5, 0);
        vga.graphics(6, 4);
        int start = 0xA0000 + ((block & 3) << 14) + ((block & 4) << 11);
        for (int k = 0; k < count && first + k < 256; k++) {
            for (int row = 0; row < GLYPH_SLOT; row++) {
                int at = k * height + row;
                int bits = row < height && at < glyphs.length ? glyphs[at] : 0;
                memory.put8(start + (long) (first + k) * GLYPH_SLOT + row, bits);
            }
        }
        vga.sequencer(0, 1);
        vga.sequencer(2, 0x03);
        vga.sequencer(4, 0x03);
        vga.sequencer(0, 3);
        vga.graphics(4, 0);
        vga.graphics(5, 0x10);
        vga.graphics(6, (vga.in(Vga.MISC_READ) & 1) != 0 ? 0x0E : 0x0A);
    }

    /** Fits rows, page size and cursor to a new character height. */
    private void recalculate(int height) {
        int end = vga.crtc(0x12) | (vga.crtc(0x07) & 0x02) << 7 | (vga.crtc(0x07) & 0x40) << 3;
        boolean doubled = (vga.crtc(0x09) & 0x80) != 0;
        int lines = (end + 1) / (doubled ? 2 : 1);
        int rows = Math.max(1, lines / height);
        vga.crtc(0x09, vga.crtc(0x09) & 0xE0 | height - 1);
        int shown = rows * height * (doubled ? 2 : 1) - 1;
        vga.crtc(0x12, shown);
        vga.crtc(0x07, vga.crtc(0x07) & ~0x42 | (shown >> 8 & 1) << 1 | (shown >> 9 & 1) << 6);
        vga.crtc(0x14, height - 1);
        memory.put16(Bda.CHAR_HEIGHT, height);
        memory.put8(Bda.ROWS_MINUS_1, rows - 1);
        memory.put16(Bda.PAGE_BYTES, rows * memory.u16(Bda.COLUMNS) * 2 + 0x100 & 0xFF00);
        cursor.shape(memory.u16(Bda.CURSOR_SHAPE));
    }

    private void graphics(int pointer, int height, int rowsCode, int rows) {
        memory.setVector(0x43, pointer);
        memory.put16(Bda.CHAR_HEIGHT, height);
        int count = switch (rowsCode) {
            case 0 -> rows;
            case 1 -> 14;
            case 3 -> 43;
            default -> 25;
        };
        memory.put8(Bda.ROWS_MINUS_1, count - 1);
    }

    private void information(BiosCall c) {
        int pointer = switch (c.bh()) {
            case 0 -> memory.u32(0x1F * 4L);
            case 1 -> memory.u32(0x43 * 4L);
            case 2, 5 -> VideoRom.fontAddress(14);
            case 3 -> VideoRom.fontAddress(8);
            case 4 -> VideoRom.fontAddress(8) + 128 * 8;
            case 6, 7 -> VideoRom.fontAddress(16);
            default -> 0;
        };
        if (c.bh() > 7) {
            return;
        }
        c.setEs(pointer >>> 16);
        c.setBp(pointer);
        c.setCx(memory.u16(Bda.CHAR_HEIGHT));
        c.setDl(memory.u8(Bda.ROWS_MINUS_1));
    }
}
