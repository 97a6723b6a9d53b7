package org.terrarium.vm.firmware;

import org.terrarium.vm.firmware.VideoMode.Model;

/**
 * Characters and pixels in graphics modes: the same few operations on each arrangement of video memory. Packed pictures of
 * VBE modes are reached through the 64 KiB window at A0000h, so the linear framebuffer need not be mapped.
 */
final class Raster {
    private static final int WINDOW = 0xA0000;
    private static final int CGA = 0xB8000;
    private static final int WINDOW_BYTES = 0x10000;

    private final Vga vga;
    private final BiosMemory memory;
    private Model model = Model.TEXT;
    private int bytesPerPixel = 1;
    private int stride;
    private int base;
    private boolean banked;
    private int bank = -1;

    Raster(Vga vga, BiosMemory memory) {
        this.vga = vga;
        this.memory = memory;
    }

    /** Selects a standard mode; {@code base} is the display page's offset in video memory. */
    void standard(VideoMode mode, int base) {
        model = mode.model();
        bytesPerPixel = 1;
        stride = model == Model.PACKED ? mode.width() : mode.columns() * (model == Model.CGA2 ? 2 : 1);
        this.base = base;
        banked = false;
    }

    /** Selects a packed VBE mode with 1 to 4 bytes a pixel. */
    void packed(int bytesPerPixel, int stride) {
        model = Model.PACKED;
        this.bytesPerPixel = bytesPerPixel;
        this.stride = stride;
        base = 0;
        banked = true;
        bank = -1;
    }

    /** Draws a glyph ({@code rows} of 8 pixels, top left at pixel x, y); {@code xor} combines with what is there. */
    void glyph(int x, int y, byte[] rows, int foreground, int background, boolean xor) {
        switch (model) {
            case PLANAR -> planarGlyph(x, y, rows, foreground, background, xor);
            case CGA1, CGA2 -> cgaGlyph(x, y, rows, foreground, xor);
            default -> {
                for (int r = 0; r < rows.length; r++) {
                    for (int k = 0; k < 8; k++) {
                        boolean on = (rows[r] & 0x80 >> k) != 0;
                        if (xor && !on) {
                            continue;
                        }
                        int colour = on ? foreground : background;
                        pixel(x + k, y + r, xor ? colour ^ pixel(x + k, y + r) : colour);
                    }
                }
            }
        }
    }

    private void planarGlyph(int x, int y, byte[] rows, int foreground, int background, boolean xor) {
        vga.graphics(3, xor ? 0x18 : 0);
        for (int r = 0; r < rows.length; r++) {
            int at = WINDOW + base + (y + r) * stride + (x >> 3);
            if (xor) {
                vga.sequencer(2, foreground & 0x0F);
                memory.u8(at); // fills the latches that the XOR works on
                memory.put8(at, rows[r]);
                continue;
            }
            for (int plane = 0; plane < 4; plane++) {
                int bits = ((foreground >> plane & 1) != 0 ? rows[r] : 0)
                        | ((background >> plane & 1) != 0 ? ~rows[r] : 0);
                vga.sequencer(2, 1 << plane);
                memory.put8(at, bits);
            }
        }
        vga.sequencer(2, 0x0F);
        vga.graphics(3, 0);
    }

    private int cgaRow(int y) {
        return CGA + (y & 1) * 0x2000 + (y >> 1) * 80;
    }

    private void cgaGlyph(int x, int y, byte[] rows, int foreground, boolean xor) {
        for (int r = 0; r < rows.length; r++) {
            if (model == Model.CGA1) {
                int at = cgaRow(y + r) + (x >> 3);
                int bits = (foreground & 1) != 0 ? rows[r] : 0;
                memory.put8(at, xor ? memory.u8(at) ^ bits : bits);
            } else {
                int at = cgaRow(y + r) + (x >> 2);
                int bits = 0;
                for (int k = 0; k < 8; k++) {
                    bits = bits << 2 | ((rows[r] & 0x80 >> k) != 0 ? foreground & 3 : 0);
                }
                int swapped = bits >> 8 | (bits & 0xFF) << 8;
                memory.put16(at, xor ? memory.u16(at) ^ swapped : swapped);
            }
        }
    }

    /** Sets one pixel. */
    void pixel(int x, int y, int colour) {
        switch (model) {
            case PLANAR -> {
                int at = WINDOW + base + y * stride + (x >> 3);
                vga.graphics(8, 0x80 >> (x & 7));
                vga.graphics(5, 2);
                memory.u8(at);
                memory.put8(at, colour);
                vga.graphics(5, 0);
                vga.graphics(8, 0xFF);
            }
            case CGA1 -> change(cgaRow(y) + (x >> 3), 7 - (x & 7), 1, colour);
            case CGA2 -> change(cgaRow(y) + (x >> 2), 6 - 2 * (x & 3), 3, colour);
            default -> {
                int offset = y * stride + x * bytesPerPixel;
                for (int k = 0; k < bytesPerPixel; k++) {
                    memory.put8(window(offset + k), colour >> 8 * k);
                }
            }
        }
    }

    /** Combines the pixel with {@code colour} by exclusive or. */
    void xorPixel(int x, int y, int colour) {
        pixel(x, y, pixel(x, y) ^ colour);
    }

    private void change(int at, int shift, int mask, int colour) {
        memory.put8(at, memory.u8(at) & ~(mask << shift) | (colour & mask) << shift);
    }

    /** Reads one pixel. */
    int pixel(int x, int y) {
        return switch (model) {
            case PLANAR -> {
                int colour = 0;
                for (int plane = 0; plane < 4; plane++) {
                    vga.graphics(4, plane);
                    int bits = memory.u8(WINDOW + base + y * stride + (x >> 3));
                    colour |= (bits >> 7 - (x & 7) & 1) << plane;
                }
                vga.graphics(4, 0);
                yield colour;
            }
            case CGA1 -> memory.u8(cgaRow(y) + (x >> 3)) >> 7 - (x & 7) & 1;
            case CGA2 -> memory.u8(cgaRow(y) + (x >> 2)) >> 6 - 2 * (x & 3) & 3;
            default -> {
                int offset = y * stride + x * bytesPerPixel;
                int colour = 0;
                for (int k = 0; k < bytesPerPixel; k++) {
                    colour |= memory.u8(window(offset + k)) << 8 * k;
                }
                yield colour;
            }
        };
    }

    /** Linear address of a byte of a packed picture, with the bank switched to it. */
    private int window(int offset) {
        if (!banked) {
            return WINDOW + base + (offset & WINDOW_BYTES - 1);
        }
        int wanted = offset / WINDOW_BYTES;
        if (wanted != bank) {
            vga.dispi(Vga.DISPI_BANK, wanted);
            bank = wanted;
        }
        return WINDOW + offset % WINDOW_BYTES;
    }

    /** Copies a rectangle of {@code height} scan lines from line {@code fromY} to {@code toY}; x and width are multiples of 8. */
    void move(int x, int width, int fromY, int toY, int height) {
        boolean up = toY < fromY;
        if (model == Model.PLANAR) {
            vga.graphics(5, 1); // write mode 1: latches to memory, all four planes at once
            vga.sequencer(2, 0x0F);
        }
        for (int k = 0; k < height; k++) {
            int line = up ? k : height - 1 - k;
            copyLine(x, width, fromY + line, toY + line);
        }
        if (model == Model.PLANAR) {
            vga.graphics(5, 0);
        }
    }

    private void copyLine(int x, int width, int from, int to) {
        switch (model) {
            case PLANAR -> {
                int source = WINDOW + base + from * stride + (x >> 3);
                int target = WINDOW + base + to * stride + (x >> 3);
                for (int k = 0; k < width >> 3; k++) {
                    memory.u8(source + k);
                    memory.put8(target + k, 0);
                }
            }
            case CGA1 -> copyBytes(cgaRow(from) + (x >> 3), cgaRow(to) + (x >> 3), width >> 3);
            case CGA2 -> copyBytes(cgaRow(from) + (x >> 2), cgaRow(to) + (x >> 2), width >> 2);
            default -> {
                byte[] line = new byte[width * bytesPerPixel];
                for (int k = 0; k < line.length; k++) {
                    line[k] = (byte) memory.u8(window(from * stride + x * bytesPerPixel + k));
                }
                for (int k = 0; k < line.length; k++) {
                    memory.put8(window(to * stride + x * bytesPerPixel + k), line[k]);
                }
            }
        }
    }

    private void copyBytes(int from, int to, int count) {
        memory.write(to, memory.bytes(from, count));
    }

    /** Fills a rectangle; x and width are multiples of 8. */
    void fill(int x, int width, int y, int height, int colour) {
        byte[] solid = new byte[height];
        if (model == Model.PACKED) {
            for (int r = 0; r < height; r++) {
                for (int k = 0; k < width; k++) {
                    pixel(x + k, y + r, colour);
                }
            }
            return;
        }
        java.util.Arrays.fill(solid, (byte) 0xFF);
        for (int k = 0; k < width; k += 8) {
            glyph(x + k, y, solid, colour, 0, false);
        }
    }

    /** The 8-pixel rows of a character cell as a bit pattern: set where a pixel differs from colour 0. */
    byte[] readGlyph(int x, int y, int height) {
        byte[] rows = new byte[height];
        for (int r = 0; r < height; r++) {
            int bits = 0;
            for (int k = 0; k < 8; k++) {
                bits = bits << 1 | (pixel(x + k, y + r) != 0 ? 1 : 0);
            }
            rows[r] = (byte) bits;
        }
        return rows;
    }
}
