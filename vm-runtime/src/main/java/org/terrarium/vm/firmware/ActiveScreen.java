package org.terrarium.vm.firmware;

import org.terrarium.vm.firmware.VideoMode.Model;

/** The video mode in force as INT 10h sees it, by the BIOS variables: geometry, cells, pixels. */
final class ActiveScreen {
    private final Vga vga;
    private final BiosMemory memory;
    private final Raster raster;

    ActiveScreen(Vga vga, BiosMemory memory) {
        this.vga = vga;
        this.memory = memory;
        raster = new Raster(vga, memory);
    }

    /** The standard mode in force. */
    VideoMode mode() {
        VideoMode m = VideoMode.of(memory.u8(Bda.VIDEO_MODE));
        return m == null ? VideoMode.of(3) : m;
    }

    /** Whether characters are cells here, not pixels. */
    boolean textMode() {
        return memory.u16(Bda.VBE_MODE) == 0 && mode().isText();
    }

    /** Rows of characters. */
    int rows() {
        return memory.u8(Bda.ROWS_MINUS_1) + 1;
    }

    /** Characters in a row. */
    int columns() {
        return Math.max(1, memory.u16(Bda.COLUMNS));
    }

    /** Display pages of the standard mode. */
    int pages() {
        return mode().pages();
    }

    /** Colours of the standard mode at a time. */
    int colours() {
        return switch (mode().model()) {
            case TEXT, PLANAR -> mode().mono() ? 2 : 16;
            case CGA1 -> 2;
            case CGA2 -> 4;
            case PACKED -> 256;
        };
    }

    /** Guest-physical address of a character cell of a text mode. */
    long cellAddress(int page, int row, int column) {
        return mode().segment() * 16L + page * memory.u16(Bda.PAGE_BYTES) + 2L * (row * columns() + column);
    }

    /** The pixels of the mode in force, from a display page on; null in text modes and in VBE modes of planes. */
    Raster raster(int page) {
        int vbeMode = memory.u16(Bda.VBE_MODE);
        if (vbeMode != 0) {
            VbeMode m = VbeMode.of(vbeMode);
            if (m == null || m.bpp() == 4) {
                return null;
            }
            raster.packed(m.bytesPerPixel(), VbeService.stride(m, vga.dispi(Vga.DISPI_VIRT_WIDTH)));
            return raster;
        }
        if (mode().isText()) {
            return null;
        }
        raster.standard(mode(), mode().pages() > 1 ? page * memory.u16(Bda.PAGE_BYTES) : 0);
        return raster;
    }

    /** Whether a pixel holds its colour's number in one piece: such modes have no exclusive-or writing. */
    boolean packed() {
        return mode().model() == Model.PACKED || memory.u16(Bda.VBE_MODE) != 0;
    }

    /** The pixel value for a 4-bit text colour in the mode in force. */
    int pixelColour(int colour) {
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
}
