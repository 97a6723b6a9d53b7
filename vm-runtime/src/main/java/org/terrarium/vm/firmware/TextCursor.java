package org.terrarium.vm.firmware;

/** The cursor and the active display page of INT 10h, in the BIOS variables and the CRT controller. */
final class TextCursor {
    private final Vga vga;
    private final BiosMemory memory;
    private final ActiveScreen screen;

    TextCursor(Vga vga, BiosMemory memory, ActiveScreen screen) {
        this.vga = vga;
        this.memory = memory;
        this.screen = screen;
    }

    /** Sets the first and last line of the cursor, in CH and CL of function 01h. */
    void shape(int shape) {
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

    /** Moves a display page's cursor. */
    void move(int page, int row, int column) {
        memory.put16(Bda.CURSOR_POSITION + 2 * (page & 7), (row & 0xFF) << 8 | column & 0xFF);
        if ((page & 7) == memory.u8(Bda.ACTIVE_PAGE)) {
            show();
        }
    }

    /** Lets the CRT controller show the active page's cursor where the BIOS variables say. */
    void show() {
        if (!screen.textMode()) {
            return;
        }
        int position = memory.u16(Bda.CURSOR_POSITION + 2 * (memory.u8(Bda.ACTIVE_PAGE) & 7));
        int at = memory.u16(Bda.PAGE_START) / 2 + (position >> 8) * screen.columns() + (position & 0xFF);
        vga.crtc(0x0E, at >> 8);
        vga.crtc(0x0F, at);
    }

    /** Makes a display page the active one; a number that the mode lacks is ignored. */
    void page(int page) {
        if (page >= screen.mode().pages() || memory.u16(Bda.VBE_MODE) != 0) {
            return;
        }
        int start = page * memory.u16(Bda.PAGE_BYTES);
        memory.put16(Bda.PAGE_START, start);
        memory.put8(Bda.ACTIVE_PAGE, page);
        int at = screen.mode().isText() ? start / 2 : start;
        vga.crtc(0x0C, at >> 8);
        vga.crtc(0x0D, at);
        show();
    }
}
