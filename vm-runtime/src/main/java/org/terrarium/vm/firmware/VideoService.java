package org.terrarium.vm.firmware;

import org.terrarium.vm.firmware.VideoMode.Model;

/** INT 10h: modes, cursor, pages and characters; other function groups are passed on. IBM VGA BIOS interface. */
final class VideoService {
    private static final int[] MODE_CONTROL = {0x2C, 0x28, 0x2D, 0x29, 0x2A, 0x2E, 0x1E, 0x29};

    private final Vga vga;
    private final BiosMemory memory;
    private final VideoRom rom;
    private final VideoFonts fonts;
    private final Raster raster;
    private final FontService fontService;
    private final PaletteService palettes;
    private final VideoState state;
    private final VbeService vbe;

    VideoService(Vga vga, BiosMemory memory, VideoRom rom, VideoFonts fonts) {
        this.vga = vga;
        this.memory = memory;
        this.rom = rom;
        this.fonts = fonts;
        raster = new Raster(vga, memory);
        fontService = new FontService(vga, memory, fonts, this);
        palettes = new PaletteService(vga, memory);
        state = new VideoState(vga, memory, rom);
        vbe = new VbeService(vga, memory, rom, this, state);
    }

    VbeService vbe() {
        return vbe;
    }

    /** Serves one INT 10h. */
    void call(BiosCall c) {
        switch (c.ah()) {
            case 0x00 -> modeCall(c);
            case 0x01 -> setCursorShape(c.cx());
            case 0x02 -> setCursor(c.bh(), c.dh(), c.dl());
            case 0x03 -> {
                c.setDx(memory.u16(Bda.CURSOR_POSITION + 2 * (c.bh() & 7)));
                c.setCx(memory.u16(Bda.CURSOR_SHAPE));
            }
            case 0x04 -> c.setAx(0); // no light pen
            case 0x05 -> setPage(c.al());
            case 0x06, 0x07 -> scroll(c.ch(), c.cl(), c.dh(), c.dl(), c.al(), c.bh(), c.ah() == 7);
            case 0x08 -> c.setAx(readCell(c.bh() & 7));
            case 0x09 -> writeRepeated(c.bh() & 7, c.al(), c.bl(), c.cx(), true);
            case 0x0A -> writeRepeated(c.bh() & 7, c.al(), c.bl(), c.cx(), false);
            case 0x0B -> palettes.cga(c.bh(), c.bl());
            case 0x0C -> writePixel(c);
            case 0x0D -> c.setAl(selectRaster(c.bh()) ? raster.pixel(c.cx(), c.dx()) : 0);
            case 0x0E -> teletype(c.al(), c.bl());
            case 0x0F -> {
                c.setAx(memory.u8(Bda.COLUMNS) << 8 | memory.u8(Bda.VIDEO_MODE) | memory.u8(Bda.VIDEO_CONTROL) & 0x80);
                c.setBh(memory.u8(Bda.ACTIVE_PAGE));
            }
            case 0x10 -> palettes.call(c);
            case 0x11 -> fontService.call(c);
            case 0x12 -> alternateSelect(c);
            case 0x13 -> writeString(c);
            case 0x1A -> displayCombination(c);
            case 0x1B -> state.functionality(c, pages(), colours());
            case 0x1C -> state.call(c);
            case 0x4F -> vbe.call(c);
            default -> {
                // Unknown functions return with registers unchanged, as on the original.
            }
        }
    }

    private void modeCall(BiosCall c) {
        int number = c.al() & 0x7F;
        VideoMode mode = VideoMode.of(number);
        if (mode == null) {
            return;
        }
        setMode(number, (c.al() & 0x80) == 0);
        c.setAl(number > 7 ? 0x20 : number == 6 ? 0x3F : 0x30);
    }

    /** Sets a standard mode, with its font, palette and BIOS variables; clears the screen if asked. */
    void setMode(int number, boolean clear) {
        VideoMode mode = VideoMode.of(number);
        int[] crtc = mode.crtc().clone();
        int misc = mode.misc();
        int charHeight = mode.charHeight();
        int flags = memory.u8(Bda.VGA_FLAGS);
        if (mode.isText() && (flags & 0x90) != 0x10) {
            boolean lines350 = (flags & 0x90) == 0;
            charHeight = lines350 ? 14 : 8;
            scanLines(crtc, lines350);
            misc = misc & 0x3F | (lines350 ? 0x80 : 0x40);
        }
        vga.program(mode, misc, crtc);
        if ((flags & 0x08) == 0) {
            loadPalette(mode);
        }
        memory.put8(Bda.VIDEO_MODE, number);
        memory.put16(Bda.COLUMNS, mode.columns());
        memory.put16(Bda.PAGE_BYTES, mode.pageBytes());
        memory.put16(Bda.PAGE_START, 0);
        memory.fill(Bda.CURSOR_POSITION, 16, 0);
        memory.put8(Bda.ACTIVE_PAGE, 0);
        memory.put16(Bda.CRTC_PORT, mode.mono() ? 0x3B4 : 0x3D4);
        memory.put8(Bda.MODE_CONTROL, number < 8 ? MODE_CONTROL[number] : 0x29);
        memory.put8(Bda.CGA_PALETTE, number == 6 ? 0x3F : 0x30);
        memory.put8(Bda.ROWS_MINUS_1, mode.rows() - 1);
        memory.put16(Bda.CHAR_HEIGHT, charHeight);
        memory.put8(Bda.VIDEO_CONTROL, clear ? 0x60 : 0xE0);
        memory.put8(Bda.VIDEO_SWITCHES, 0xF9);
        memory.put8(Bda.DCC_INDEX, 2);
        memory.put32(Bda.SAVE_POINTER, VideoRom.SEGMENT << 16 | rom.address("save"));
        memory.put16(Bda.VBE_MODE, 0);
        if (mode.isText()) {
            fontService.upload(fonts.font(charHeight), 256, 0, 0, charHeight);
            setCursorShape(0x0607);
            setVector(0x43, fontAddress(8));
        } else {
            memory.put16(Bda.CURSOR_SHAPE, 0);
            setVector(0x43, fontAddress(charHeight));
        }
        setVector(0x1F, VideoRom.SEGMENT << 16 | VideoRom.font8() + 128 * 8);
        if (clear) {
            clear(mode);
        }
        showCursor();
        vga.screenOn();
    }

    private static void scanLines(int[] crtc, boolean lines350) {
        if (lines350) {
            crtc[0x09] = 0x4D;
            crtc[0x0A] = 0x0B;
            crtc[0x0B] = 0x0C;
            crtc[0x10] = 0x83;
            crtc[0x11] = 0x85;
            crtc[0x12] = 0x5D;
            crtc[0x15] = 0x63;
            crtc[0x16] = 0xBA;
        } else {
            crtc[0x09] = 0xC7;
            crtc[0x0A] = 0x06;
            crtc[0x0B] = 0x07;
        }
    }

    private void loadPalette(VideoMode mode) {
        VideoPalette palette = mode.palette();
        boolean grey = (memory.u8(Bda.VGA_FLAGS) & 0x02) != 0;
        for (int k = 0; k < 256; k++) {
            int rgb = k < palette.entries() ? palette.rgb(k) : 0;
            vga.dac(k, rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
            if (grey) {
                vga.dacToGrey(k);
            }
        }
    }

    private void clear(VideoMode mode) {
        if (mode.isText()) {
            for (int k = 0; k < 0x8000; k += 2) {
                memory.put16(mode.segment() * 16L + k, 0x0720);
            }
        } else if (mode.model() == Model.CGA1 || mode.model() == Model.CGA2) {
            for (int k = 0; k < 0x4000; k += 4) {
                memory.put32(0xB8000 + k, 0);
            }
        } else {
            vga.sequencer(2, 0x0F);
            for (int k = 0; k < 0x10000; k += 4) {
                memory.put32(0xA0000 + k, 0);
            }
        }
    }

    void setVector(int vector, int farPointer) {
        memory.put32(vector * 4L, farPointer);
    }

    /** Far pointer to the ROM character set of this height. */
    int fontAddress(int height) {
        int offset = height == 8 ? VideoRom.font8() : height == 14 ? VideoRom.font14() : VideoRom.font16();
        return VideoRom.SEGMENT << 16 | offset;
    }

    /** The standard mode in force. */
    VideoMode mode() {
        VideoMode m = VideoMode.of(memory.u8(Bda.VIDEO_MODE));
        return m == null ? VideoMode.of(3) : m;
    }

    private boolean textMode() {
        return memory.u16(Bda.VBE_MODE) == 0 && mode().isText();
    }

    private int rows() {
        return memory.u8(Bda.ROWS_MINUS_1) + 1;
    }

    private int columns() {
        return Math.max(1, memory.u16(Bda.COLUMNS));
    }

    int pages() {
        return mode().pages();
    }

    int colours() {
        return switch (mode().model()) {
            case TEXT, PLANAR -> mode().mono() ? 2 : 16;
            case CGA1 -> 2;
            case CGA2 -> 4;
            case PACKED -> 256;
        };
    }

    private long cellAddress(int page, int row, int column) {
        return mode().segment() * 16L + page * memory.u16(Bda.PAGE_BYTES) + 2L * (row * columns() + column);
    }

    /** Points {@link #raster} at the screen in force; false in text modes. */
    private boolean selectRaster(int page) {
        int vbeMode = memory.u16(Bda.VBE_MODE);
        if (vbeMode != 0) {
            VbeMode m = VbeMode.of(vbeMode);
            if (m == null || m.bpp() == 4) {
                return false;
            }
            raster.packed(m.bytesPerPixel(), vbe.stride());
            return true;
        }
        if (mode().isText()) {
            return false;
        }
        raster.standard(mode(), mode().pages() > 1 ? page * memory.u16(Bda.PAGE_BYTES) : 0);
        return true;
    }

    /** The pixel value for a 4-bit text colour in the mode in force. */
    private int pixelColour(int colour) {
        VbeMode m = VbeMode.of(memory.u16(Bda.VBE_MODE));
        if (m == null || m.bpp() == 8) {
            return colour;
        }
        int rgb = VideoPalette.VGA256.rgb(colour & 0x0F);
        int red = (rgb >> 16) * 255 / 63;
        int green = (rgb >> 8 & 0xFF) * 255 / 63;
        int blue = (rgb & 0xFF) * 255 / 63;
        return switch (m.bpp()) {
            case 15 -> red >> 3 << 10 | green >> 3 << 5 | blue >> 3;
            case 16 -> red >> 3 << 11 | green >> 2 << 5 | blue >> 3;
            default -> red << 16 | green << 8 | blue;
        };
    }

    void setCursorShape(int shape) {
        memory.put16(Bda.CURSOR_SHAPE, shape);
        int start = shape >> 8;
        int end = shape & 0x1F;
        int height = memory.u8(Bda.CHAR_HEIGHT);
        if ((memory.u8(Bda.VIDEO_CONTROL) & 1) == 0 && (start & 0x20) == 0 && start < 8 && end < 8 && height > 8) {
            // Programs speak of the CGA's eight lines: keep the distance from the edge the line is nearer to.
            end = start <= 3 && end == 7 ? height - 1 : cgaLine(end, height);
            start = cgaLine(start, height);
        }
        vga.crtc(0x0A, start);
        vga.crtc(0x0B, end);
    }

    private static int cgaLine(int line, int height) {
        return line <= 3 ? line : height - 9 + line;
    }

    void setCursor(int page, int row, int column) {
        memory.put16(Bda.CURSOR_POSITION + 2 * (page & 7), (row & 0xFF) << 8 | column & 0xFF);
        if ((page & 7) == memory.u8(Bda.ACTIVE_PAGE)) {
            showCursor();
        }
    }

    private void showCursor() {
        if (!textMode()) {
            return;
        }
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * (memory.u8(Bda.ACTIVE_PAGE) & 7));
        int at = memory.u16(Bda.PAGE_START) / 2 + (position >> 8) * columns() + (position & 0xFF);
        vga.crtc(0x0E, at >> 8);
        vga.crtc(0x0F, at);
    }

    private void setPage(int page) {
        if (page >= mode().pages() || memory.u16(Bda.VBE_MODE) != 0) {
            return;
        }
        int start = page * memory.u16(Bda.PAGE_BYTES);
        memory.put16(Bda.PAGE_START, start);
        memory.put8(Bda.ACTIVE_PAGE, page);
        int at = mode().isText() ? start / 2 : start;
        vga.crtc(0x0C, at >> 8);
        vga.crtc(0x0D, at);
        showCursor();
    }

    /** Scrolls a window of the active page; {@code lines} 0 clears it. */
    void scroll(int top, int left, int bottom, int right, int lines, int attribute, boolean down) {
        int lastRow = Math.min(bottom, rows() - 1);
        int lastColumn = Math.min(right, columns() - 1);
        if (top > lastRow || left > lastColumn) {
            return;
        }
        int height = lastRow - top + 1;
        int count = lines == 0 || lines > height ? height : lines;
        int page = memory.u8(Bda.ACTIVE_PAGE);
        if (selectRaster(page)) {
            scrollPixels(top, left, height, lastColumn - left + 1, count, pixelColour(attribute), down);
            return;
        }
        int width = lastColumn - left + 1;
        for (int k = 0; k < height; k++) {
            int row = down ? lastRow - k : top + k;
            int source = down ? row - count : row + count;
            long at = cellAddress(page, row, left);
            if (source < top || source > lastRow) {
                for (int x = 0; x < width; x++) {
                    memory.put16(at + 2L * x, attribute << 8 | ' ');
                }
            } else {
                memory.write(at, memory.bytes(cellAddress(page, source, left), 2 * width));
            }
        }
    }

    private void scrollPixels(int top, int left, int height, int width, int count, int colour, boolean down) {
        int lines = memory.u8(Bda.CHAR_HEIGHT);
        int x = left * 8;
        int kept = (height - count) * lines;
        if (kept > 0) {
            int upper = top * lines;
            int lower = (top + count) * lines;
            raster.move(x, width * 8, down ? upper : lower, down ? lower : upper, kept);
        }
        int blank = down ? top : top + height - count;
        raster.fill(x, width * 8, blank * lines, count * lines, colour);
    }

    private byte[] glyph(int character) {
        int height = memory.u8(Bda.CHAR_HEIGHT);
        int model = memory.u16(Bda.VBE_MODE) == 0 ? mode().number() : 0xFF;
        int vector = model >= 4 && model <= 6 && character >= 0x80 ? 0x1F : 0x43;
        if (model >= 4 && model <= 6 && character < 0x80) {
            return memory.bytes(BiosRom.SEGMENT * 16L + BiosRom.FONT8 + character * 8L, 8);
        }
        int pointer = memory.u32(vector * 4L);
        int index = vector == 0x1F ? character - 0x80 : character;
        long at = (pointer >>> 16) * 16L + (pointer & 0xFFFF) + (long) index * height;
        return memory.bytes(at, height);
    }

    private int readCell(int page) {
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        int row = position >> 8;
        int column = position & 0xFF;
        if (!selectRaster(page)) {
            return memory.u16(cellAddress(page, row, column));
        }
        int height = memory.u8(Bda.CHAR_HEIGHT);
        byte[] shown = raster.readGlyph(column * 8, row * height, height);
        for (int character = 0; character < 256; character++) {
            if (java.util.Arrays.equals(glyph(character), shown)) {
                return character;
            }
        }
        return 0;
    }

    /** Shows one character; in text modes {@code attribute} below 0 keeps the cell's. */
    void putCell(int page, int row, int column, int character, int attribute) {
        if (!selectRaster(page)) {
            long at = cellAddress(page, row, column);
            if (attribute < 0) {
                memory.put8(at, character);
            } else {
                memory.put16(at, attribute << 8 | character & 0xFF);
            }
            return;
        }
        int height = memory.u8(Bda.CHAR_HEIGHT);
        boolean packed = mode().model() == Model.PACKED || memory.u16(Bda.VBE_MODE) != 0;
        boolean xor = !packed && (attribute & 0x80) != 0;
        int colour = packed ? pixelColour(attribute & 0xFF) : attribute & 0x7F;
        raster.glyph(column * 8, row * height, glyph(character), colour, 0, xor);
    }

    private void writeRepeated(int page, int character, int attribute, int count, boolean withAttribute) {
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        int row = position >> 8;
        int column = position & 0xFF;
        int used = withAttribute || !textMode() ? attribute : -1;
        int limit = Math.min(count, columns() * rows());
        for (int k = 0; k < limit && row < rows(); k++) {
            putCell(page, row, column, character, used);
            if (++column >= columns()) {
                column = 0;
                row++;
            }
        }
    }

    private void writePixel(BiosCall c) {
        if (!selectRaster(c.bh())) {
            return;
        }
        boolean packed = mode().model() == Model.PACKED || memory.u16(Bda.VBE_MODE) != 0;
        if (!packed && (c.al() & 0x80) != 0) {
            raster.xorPixel(c.cx(), c.dx(), c.al() & 0x7F);
        } else {
            raster.pixel(c.cx(), c.dx(), c.al());
        }
    }

    /** Writes a character at the active page's cursor and moves it; bell, backspace, line feed and return act. */
    void teletype(int character, int colour) {
        int page = memory.u8(Bda.ACTIVE_PAGE) & 7;
        advance(page, character, textMode() ? -1 : colour);
    }

    private void advance(int page, int character, int attribute) {
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        int row = position >> 8;
        int column = position & 0xFF;
        switch (character) {
            case 7 -> {
                return; // the bell is silent: sounding it would mean holding up the guest
            }
            case 8 -> column = Math.max(0, column - 1);
            case 10 -> row++;
            case 13 -> column = 0;
            default -> {
                putCell(page, row, column, character, attribute);
                column++;
            }
        }
        if (column >= columns()) {
            column = 0;
            row++;
        }
        if (row >= rows()) {
            int fill = textMode() ? memory.u8(cellAddress(page, rows() - 1, Math.min(column, columns() - 1)) + 1) : 0;
            if (page == memory.u8(Bda.ACTIVE_PAGE)) {
                scroll(0, 0, rows() - 1, columns() - 1, 1, fill, false);
            }
            row = rows() - 1;
        }
        setCursor(page, row, column);
    }

    private void writeString(BiosCall c) {
        int page = c.bh() & 7;
        int saved = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        setCursor(page, c.dh(), c.dl());
        boolean attributes = (c.al() & 2) != 0;
        int offset = c.bp();
        for (int k = 0; k < c.cx(); k++) {
            int character = memory.u8(c.es(offset++));
            int attribute = attributes ? memory.u8(c.es(offset++)) : c.bl();
            advance(page, character, attribute);
        }
        if ((c.al() & 1) == 0) {
            setCursor(page, saved >> 8, saved & 0xFF);
        }
    }

    private void displayCombination(BiosCall c) {
        if (c.al() == 0) {
            c.setBx(0x0008); // VGA with colour display, no second adapter
            c.setAl(0x1A);
        } else if (c.al() == 1) {
            c.setAl(0x1A);
        }
    }

    private void alternateSelect(BiosCall c) {
        int on = c.al() & 1;
        switch (c.bl()) {
            case 0x10 -> {
                c.setBx((mode().mono() ? 1 : 0) << 8 | 3);
                c.setCx(0x0009);
                return;
            }
            case 0x20 -> c.setAl(0x12);
            case 0x30 -> {
                int lines = c.al();
                if (lines > 2) {
                    return;
                }
                memory.change8(Bda.VGA_FLAGS, 0x90, lines == 0 ? 0x80 : lines == 2 ? 0x10 : 0);
            }
            case 0x31 -> memory.change8(Bda.VGA_FLAGS, 0x08, on << 3);
            case 0x32 -> {
                int misc = vga.in(Vga.MISC_READ);
                vga.out(Vga.MISC_WRITE, misc & ~2 | (on == 0 ? 2 : 0));
            }
            case 0x33 -> memory.change8(Bda.VGA_FLAGS, 0x02, on == 0 ? 0x02 : 0);
            case 0x34 -> memory.change8(Bda.VIDEO_CONTROL, 0x01, on);
            case 0x35 -> c.setAl(0x12);
            case 0x36 -> vga.sequencer(1, vga.indexed(Vga.SEQUENCER, 1) & ~0x20 | on << 5);
            default -> {
                return;
            }
        }
        c.setAl(0x12);
    }
}
