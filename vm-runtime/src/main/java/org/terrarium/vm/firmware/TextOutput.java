package org.terrarium.vm.firmware;

import java.util.Arrays;

/** Characters on the screen of INT 10h, in text and graphics modes: written, read back, scrolled. */
final class TextOutput {
    private final BiosMemory memory;
    private final ActiveScreen screen;
    private final TextCursor cursor;

    TextOutput(BiosMemory memory, ActiveScreen screen, TextCursor cursor) {
        this.memory = memory;
        this.screen = screen;
        this.cursor = cursor;
    }

    /** Scrolls a window of the active page; {@code lines} 0 clears it. */
    void scroll(int top, int left, int bottom, int right, int lines, int attribute, boolean down) {
        int lastRow = Math.min(bottom, screen.rows() - 1);
        int lastColumn = Math.min(right, screen.columns() - 1);
        if (top > lastRow || left > lastColumn) {
            return;
        }
        int height = lastRow - top + 1;
        int count = lines == 0 || lines > height ? height : lines;
        int page = memory.u8(Bda.ACTIVE_PAGE);
        Raster raster = screen.raster(page);
        if (raster != null) {
            scrollPixels(raster, top, left, height, lastColumn - left + 1, count, screen.pixelColour(attribute), down);
            return;
        }
        int width = lastColumn - left + 1;
        for (int k = 0; k < height; k++) {
            int row = down ? lastRow - k : top + k;
            int source = down ? row - count : row + count;
            long at = screen.cellAddress(page, row, left);
            if (source < top || source > lastRow) {
                for (int x = 0; x < width; x++) {
                    memory.put16(at + 2L * x, attribute << 8 | ' ');
                }
            } else {
                memory.write(at, memory.bytes(screen.cellAddress(page, source, left), 2 * width));
            }
        }
    }

    private void scrollPixels(
            Raster raster, int top, int left, int height, int width, int count, int colour, boolean down) {
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
        int model = memory.u16(Bda.VBE_MODE) == 0 ? screen.mode().number() : 0xFF;
        int vector = model >= 4 && model <= 6 && character >= 0x80 ? 0x1F : 0x43;
        if (model >= 4 && model <= 6 && character < 0x80) {
            return memory.bytes(BiosRom.SEGMENT * 16L + BiosRom.FONT8 + character * 8L, 8);
        }
        int pointer = memory.u32(vector * 4L);
        int index = vector == 0x1F ? character - 0x80 : character;
        long at = (pointer >>> 16) * 16L + (pointer & 0xFFFF) + (long) index * height;
        return memory.bytes(at, height);
    }

    /** The character and attribute at a page's cursor; among pixels the character whose form is there, or 0. */
    int readCell(int page) {
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        int row = position >> 8;
        int column = position & 0xFF;
        Raster raster = screen.raster(page);
        if (raster == null) {
            return memory.u16(screen.cellAddress(page, row, column));
        }
        int height = memory.u8(Bda.CHAR_HEIGHT);
        byte[] shown = raster.readGlyph(column * 8, row * height, height);
        for (int character = 0; character < 256; character++) {
            if (Arrays.equals(glyph(character), shown)) {
                return character;
            }
        }
        return 0;
    }

    /** Shows one character; in text modes {@code attribute} below 0 keeps the cell's. */
    void putCell(int page, int row, int column, int character, int attribute) {
        Raster raster = screen.raster(page);
        if (raster == null) {
            long at = screen.cellAddress(page, row, column);
            if (attribute < 0) {
                memory.put8(at, character);
            } else {
                memory.put16(at, attribute << 8 | character & 0xFF);
            }
            return;
        }
        int height = memory.u8(Bda.CHAR_HEIGHT);
        boolean packed = screen.packed();
        boolean xor = !packed && (attribute & 0x80) != 0;
        int colour = packed ? screen.pixelColour(attribute & 0xFF) : attribute & 0x7F;
        raster.glyph(column * 8, row * height, glyph(character), colour, 0, xor);
    }

    /** Functions 09h and 0Ah: a character so many times from a page's cursor on, which stays. */
    void writeRepeated(int page, int character, int attribute, int count, boolean withAttribute) {
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        int row = position >> 8;
        int column = position & 0xFF;
        int used = withAttribute || !screen.textMode() ? attribute : -1;
        int limit = Math.min(count, screen.columns() * screen.rows());
        for (int k = 0; k < limit && row < screen.rows(); k++) {
            putCell(page, row, column, character, used);
            if (++column >= screen.columns()) {
                column = 0;
                row++;
            }
        }
    }

    /** Function 0Ch. */
    void writePixel(BiosCall c) {
        Raster raster = screen.raster(c.bh());
        if (raster == null) {
            return;
        }
        boolean packed = screen.packed();
        if (!packed && (c.al() & 0x80) != 0) {
            raster.xorPixel(c.cx(), c.dx(), c.al() & 0x7F);
        } else {
            raster.pixel(c.cx(), c.dx(), c.al());
        }
    }

    /** Writes a character at the active page's cursor and moves it; bell, backspace, line feed and return act. */
    void teletype(int character, int colour) {
        int page = memory.u8(Bda.ACTIVE_PAGE) & 7;
        advance(page, character, screen.textMode() ? -1 : colour);
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
        if (column >= screen.columns()) {
            column = 0;
            row++;
        }
        if (row >= screen.rows()) {
            int fill = screen.textMode()
                    ? memory.u8(screen.cellAddress(page, screen.rows() - 1, Math.min(column, screen.columns() - 1)) + 1)
                    : 0;
            if (page == memory.u8(Bda.ACTIVE_PAGE)) {
                scroll(0, 0, screen.rows() - 1, screen.columns() - 1, 1, fill, false);
            }
            row = screen.rows() - 1;
        }
        cursor.move(page, row, column);
    }

    /** Function 13h. */
    void writeString(BiosCall c) {
        int page = c.bh() & 7;
        int saved = memory.u16(Bda.CURSOR_POSITION + 2 * page);
        cursor.move(page, c.dh(), c.dl());
        boolean attributes = (c.al() & 2) != 0;
        int offset = c.bp();
        for (int k = 0; k < c.cx(); k++) {
            int character = memory.u8(c.es(offset++));
            int attribute = attributes ? memory.u8(c.es(offset++)) : c.bl();
            advance(page, character, attribute);
        }
        if ((c.al() & 1) == 0) {
            cursor.move(page, saved >> 8, saved & 0xFF);
        }
    }
}
