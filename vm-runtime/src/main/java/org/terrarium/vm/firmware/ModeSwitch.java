package org.terrarium.vm.firmware;

import org.terrarium.vm.firmware.VideoMode.Model;

/** Sets the standard video modes: registers, palette, character set, BIOS variables. IBM VGA BIOS interface, INT 10h AH=00h. */
final class ModeSwitch {
    private static final int[] MODE_CONTROL = {0x2C, 0x28, 0x2D, 0x29, 0x2A, 0x2E, 0x1E, 0x29};

    private final Vga vga;
    private final BiosMemory memory;
    private final VideoRom rom;
    private final VideoFonts fonts;
    private final FontService fontService;
    private final TextCursor cursor;

    ModeSwitch(Vga vga, BiosMemory memory, VideoRom rom, VideoFonts fonts, FontService fontService, TextCursor cursor) {
        this.vga = vga;
        this.memory = memory;
        this.rom = rom;
        this.fonts = fonts;
        this.fontService = fontService;
        this.cursor = cursor;
    }

    /** Sets a standard mode, with its font, palette and BIOS variables; clears the screen if asked. */
    void set(int number, boolean clear) {
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
            cursor.shape(0x0607);
            memory.setVector(0x43, VideoRom.fontAddress(8));
        } else {
            memory.put16(Bda.CURSOR_SHAPE, 0);
            memory.setVector(0x43, VideoRom.fontAddress(charHeight));
        }
        memory.setVector(0x1F, VideoRom.fontAddress(8) + 128 * 8);
        if (clear) {
            clear(mode);
        }
        cursor.show();
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
}
