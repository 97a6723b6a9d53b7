package org.terrarium.vm.firmware;

/** INT 10h: hands each function to what serves it. IBM VGA BIOS interface. */
final class VideoService {
    private final Vga vga;
    private final BiosMemory memory;
    private final ActiveScreen screen;
    private final TextCursor cursor;
    private final TextOutput text;
    private final ModeSwitch modes;
    private final FontService fontService;
    private final PaletteService palettes;
    private final VideoState state;
    private final VbeService vbe;

    VideoService(Vga vga, BiosMemory memory, VideoRom rom, VideoFonts fonts) {
        this.vga = vga;
        this.memory = memory;
        screen = new ActiveScreen(vga, memory);
        cursor = new TextCursor(vga, memory, screen);
        text = new TextOutput(memory, screen, cursor);
        fontService = new FontService(vga, memory, fonts, cursor);
        modes = new ModeSwitch(vga, memory, rom, fonts, fontService, cursor);
        palettes = new PaletteService(vga, memory);
        state = new VideoState(vga, memory, rom);
        vbe = new VbeService(vga, memory, rom, modes, state);
    }

    VbeService vbe() {
        return vbe;
    }

    ModeSwitch modes() {
        return modes;
    }

    TextOutput text() {
        return text;
    }

    TextCursor cursor() {
        return cursor;
    }

    /** Serves one INT 10h. */
    void call(BiosCall c) {
        switch (c.ah()) {
            case 0x00 -> modeCall(c);
            case 0x01 -> cursor.shape(c.cx());
            case 0x02 -> cursor.move(c.bh(), c.dh(), c.dl());
            case 0x03 -> {
                c.setDx(memory.u16(Bda.CURSOR_POSITION + 2 * (c.bh() & 7)));
                c.setCx(memory.u16(Bda.CURSOR_SHAPE));
            }
            case 0x04 -> c.setAx(0); // no light pen
            case 0x05 -> cursor.page(c.al());
            case 0x06, 0x07 -> text.scroll(c.ch(), c.cl(), c.dh(), c.dl(), c.al(), c.bh(), c.ah() == 7);
            case 0x08 -> c.setAx(text.readCell(c.bh() & 7));
            case 0x09 -> text.writeRepeated(c.bh() & 7, c.al(), c.bl(), c.cx(), true);
            case 0x0A -> text.writeRepeated(c.bh() & 7, c.al(), c.bl(), c.cx(), false);
            case 0x0B -> palettes.cga(c.bh(), c.bl());
            case 0x0C -> text.writePixel(c);
            case 0x0D -> {
                Raster raster = screen.raster(c.bh());
                c.setAl(raster != null ? raster.pixel(c.cx(), c.dx()) : 0);
            }
            case 0x0E -> text.teletype(c.al(), c.bl());
            case 0x0F -> {
                c.setAx(memory.u8(Bda.COLUMNS) << 8 | memory.u8(Bda.VIDEO_MODE) | memory.u8(Bda.VIDEO_CONTROL) & 0x80);
                c.setBh(memory.u8(Bda.ACTIVE_PAGE));
            }
            case 0x10 -> palettes.call(c);
            case 0x11 -> fontService.call(c);
            case 0x12 -> alternateSelect(c);
            case 0x13 -> text.writeString(c);
            case 0x1A -> displayCombination(c);
            case 0x1B -> state.functionality(c, screen.pages(), screen.colours());
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
        modes.set(number, (c.al() & 0x80) == 0);
        c.setAl(number > 7 ? 0x20 : number == 6 ? 0x3F : 0x30);
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
                c.setBx((screen.mode().mono() ? 1 : 0) << 8 | 3);
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
