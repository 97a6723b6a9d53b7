package org.terrarium.vm.firmware;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** INT 10h AH=4Fh: VESA BIOS Extension 3.0 on the Bochs VBE registers; packed modes have a linear framebuffer. */
final class VbeService {
    private static final int WINDOW_KIB = 64;
    static final int MODE_LINEAR = 0x4000;
    private static final int MODE_KEEP = 0x8000;
    private static final int DISPI_STATE_WORDS = 10;

    private final Vga vga;
    private final BiosMemory memory;
    private final VideoRom rom;
    private final ModeSwitch modes;
    private final VideoState state;
    private int framebuffer;

    VbeService(Vga vga, BiosMemory memory, VideoRom rom, ModeSwitch modes, VideoState state) {
        this.vga = vga;
        this.memory = memory;
        this.rom = rom;
        this.modes = modes;
        this.state = state;
    }

    /** Tells where POST mapped the linear framebuffer. */
    void framebuffer(int pa) {
        framebuffer = pa;
    }

    int framebuffer() {
        return framebuffer;
    }

    /** Video memory in 64 KiB units. */
    private int memory64k() {
        return vga.dispi(Vga.DISPI_MEMORY_64K);
    }

    private boolean fits(VbeMode m) {
        return m.bytes() <= (long) memory64k() << 16;
    }

    void call(BiosCall c) {
        if (!vga.hasDispi()) {
            return;
        }
        int status = switch (c.al()) {
            case 0x00 -> controllerInfo(c);
            case 0x01 -> modeInfo(c);
            case 0x02 -> setMode(c.bx()) ? 0 : 1;
            case 0x03 -> currentMode(c);
            case 0x04 -> saveRestore(c);
            case 0x05 -> window(c);
            case 0x06 -> scanLine(c);
            case 0x07 -> displayStart(c);
            case 0x08 -> dacWidth(c);
            case 0x09 -> palette(c);
            case 0x0A -> protectedMode(c);
            case 0x15 -> displayData(c);
            default -> -1;
        };
        c.setAx(status < 0 ? 0x0100 : 0x004F | status << 8);
    }

    private int controllerInfo(BiosCall c) {
        long at = c.es(c.di());
        boolean vbe2 = memory.u32(at) == 0x32454256; // "VBE2"
        byte[] zero = new byte[vbe2 ? 512 : 256];
        memory.write(at, zero);
        memory.write(at, "VESA".getBytes(StandardCharsets.US_ASCII));
        memory.put16(at + 4, 0x0300);
        memory.put32(at + 6, pointer("oem"));
        memory.put32(at + 10, 1); // the DAC can be switched to 8 bits
        // The list goes into the caller's block, so that modes that do not fit the memory can be left out.
        int list = vbe2 ? 256 : 34;
        memory.put32(at + 14, (int) (c.es(0) >> 4) << 16 | c.di() + list & 0xFFFF);
        memory.put16(at + 18, memory64k());
        if (vbe2) {
            memory.put16(at + 20, 0x0100);
            memory.put32(at + 22, pointer("vendor"));
            memory.put32(at + 26, pointer("product"));
            memory.put32(at + 30, pointer("revision"));
        }
        List<VbeMode> modes = VbeMode.ALL.stream().filter(this::fits).toList();
        int room = (zero.length - list) / 2 - 1;
        int count = Math.min(room, modes.size());
        for (int k = 0; k < count; k++) {
            memory.put16(at + list + 2L * k, modes.get(k).number());
        }
        memory.put16(at + list + 2L * count, 0xFFFF);
        return 0;
    }

    private int pointer(String label) {
        return VideoRom.SEGMENT << 16 | rom.address(label);
    }

    private int modeInfo(BiosCall c) {
        VbeMode m = VbeMode.of(c.cx());
        long at = c.es(c.di());
        if (m == null || !fits(m)) {
            return 1;
        }
        memory.fill(at, 256, 0);
        boolean planar = m.bpp() == 4;
        // supported, extended info, colour, graphics, windowed; linear framebuffer for packed modes; TTY output
        memory.put16(at, planar ? 0x001B : framebuffer == 0 ? 0x001F : 0x009F);
        memory.put8(at + 2, 0x07); // window A: relocatable, readable, writable
        memory.put16(at + 4, WINDOW_KIB);
        memory.put16(at + 6, WINDOW_KIB);
        memory.put16(at + 8, 0xA000);
        memory.put32(at + 12, pointer("window"));
        memory.put16(at + 16, m.stride());
        memory.put16(at + 18, m.width());
        memory.put16(at + 20, m.height());
        memory.put8(at + 22, 8);
        memory.put8(at + 23, 16);
        memory.put8(at + 24, planar ? 4 : 1);
        memory.put8(at + 25, m.bpp());
        memory.put8(at + 26, 1);
        memory.put8(at + 27, planar ? 3 : m.bpp() == 8 ? 4 : 6);
        int pages = Math.min(256, (int) (((long) memory64k() << 16) / m.bytes()));
        memory.put8(at + 29, pages - 1);
        memory.put8(at + 30, 1);
        colourMask(at + 31, m.bpp());
        memory.put8(at + 39, m.bpp() > 8 ? 0x02 : 0); // the reserved field is usable
        if (!planar) {
            memory.put32(at + 40, framebuffer);
        }
        memory.put16(at + 50, m.stride());
        memory.put8(at + 52, pages - 1);
        memory.put8(at + 53, pages - 1);
        colourMask(at + 54, m.bpp());
        memory.put32(at + 62, 230_000_000);
        return 0;
    }

    /** Size and position of red, green, blue and reserved. */
    private void colourMask(long at, int bpp) {
        int[] mask = switch (bpp) {
            case 15 -> new int[] {5, 10, 5, 5, 5, 0, 1, 15};
            case 16 -> new int[] {5, 11, 6, 5, 5, 0, 0, 0};
            case 24 -> new int[] {8, 16, 8, 8, 8, 0, 0, 0};
            case 32 -> new int[] {8, 16, 8, 8, 8, 0, 8, 24};
            default -> new int[8];
        };
        for (int k = 0; k < 8; k++) {
            memory.put8(at + k, mask[k]);
        }
    }

    /** Sets a mode by its number with flag bits; false when there is no such mode. */
    boolean setMode(int request) {
        int number = request & 0x1FF;
        if (number < 0x100) {
            if (VideoMode.of(number & 0x7F) == null) {
                return false;
            }
            modes.set(number & 0x7F, (request & MODE_KEEP) == 0);
            return true;
        }
        VbeMode m = VbeMode.of(number);
        if (m == null || !fits(m) || m.bpp() == 4 && (request & MODE_LINEAR) != 0) {
            return false;
        }
        boolean clear = (request & MODE_KEEP) == 0;
        // The standard registers carry a graphics mode, so that what the extension does not define is sane.
        modes.set(m.bpp() == 4 ? 0x12 : 0x13, false);
        vga.dispi(Vga.DISPI_ENABLE, 0);
        vga.dispi(Vga.DISPI_XRES, m.width());
        vga.dispi(Vga.DISPI_YRES, m.height());
        vga.dispi(Vga.DISPI_BPP, m.bpp());
        vga.dispi(Vga.DISPI_BANK, 0);
        int linear = (request & MODE_LINEAR) != 0 ? Vga.LINEAR : 0;
        vga.dispi(Vga.DISPI_ENABLE, Vga.ENABLED | linear | (clear ? 0 : Vga.KEEP_MEMORY));
        vga.dispi(Vga.DISPI_VIRT_WIDTH, m.width());
        vga.dispi(Vga.DISPI_X_OFFSET, 0);
        vga.dispi(Vga.DISPI_Y_OFFSET, 0);
        memory.put16(Bda.VBE_MODE, number | request & MODE_LINEAR);
        memory.put16(Bda.COLUMNS, m.width() / 8);
        memory.put8(Bda.ROWS_MINUS_1, m.height() / 16 - 1);
        memory.put16(Bda.CHAR_HEIGHT, 16);
        memory.setVector(0x43, VideoRom.fontAddress(16));
        return true;
    }

    private int currentMode(BiosCall c) {
        int mode = memory.u16(Bda.VBE_MODE);
        c.setBx(mode != 0 ? mode : memory.u8(Bda.VIDEO_MODE));
        return 0;
    }

    private int saveRestore(BiosCall c) {
        int parts = c.cx() & 7;
        boolean extended = (c.cx() & 8) != 0;
        int standard = state.size(parts);
        int size = standard + (extended ? 2 * DISPI_STATE_WORDS + 2 : 0);
        switch (c.dl()) {
            case 0 -> c.setBx((size + 63) / 64);
            case 1 -> {
                state.save(c.es(c.bx()), parts);
                if (extended) {
                    long at = c.es(c.bx() + standard);
                    for (int k = 0; k < DISPI_STATE_WORDS; k++) {
                        memory.put16(at + 2L * k, vga.dispi(k));
                    }
                    memory.put16(at + 2L * DISPI_STATE_WORDS, memory.u16(Bda.VBE_MODE));
                }
            }
            case 2 -> {
                if (extended) {
                    restoreDispi(c.es(c.bx() + standard));
                }
                state.restore(c.es(c.bx()), parts);
            }
            default -> {
                return 1;
            }
        }
        return 0;
    }

    private void restoreDispi(long at) {
        vga.dispi(Vga.DISPI_ENABLE, 0);
        int enable = memory.u16(at + 2L * Vga.DISPI_ENABLE);
        for (int k = Vga.DISPI_XRES; k <= Vga.DISPI_BPP; k++) {
            vga.dispi(k, memory.u16(at + 2L * k));
        }
        vga.dispi(Vga.DISPI_ENABLE, enable | Vga.KEEP_MEMORY);
        for (int k : new int[] {Vga.DISPI_BANK, Vga.DISPI_VIRT_WIDTH, Vga.DISPI_X_OFFSET, Vga.DISPI_Y_OFFSET}) {
            vga.dispi(k, memory.u16(at + 2L * k));
        }
        memory.put16(Bda.VBE_MODE, memory.u16(at + 2L * DISPI_STATE_WORDS));
    }

    private int window(BiosCall c) {
        if (c.bl() != 0) {
            return 1;
        }
        return windowFunction(c) ? 0 : 3;
    }

    /** The function behind the window pointer of the mode information: BH=0 sets the bank to DX, BH=1 gets it. */
    boolean windowFunction(BiosCall c) {
        if ((memory.u16(Bda.VBE_MODE) & MODE_LINEAR) != 0) {
            return false;
        }
        if (c.bh() == 0) {
            if (c.dx() >= memory64k()) {
                return false;
            }
            vga.dispi(Vga.DISPI_BANK, c.dx());
        } else {
            c.setDx(vga.dispi(Vga.DISPI_BANK));
        }
        return true;
    }

    private VbeMode active() {
        return VbeMode.of(memory.u16(Bda.VBE_MODE));
    }

    /** Bytes from one scan line to the next as the mode runs now. */
    int stride() {
        VbeMode m = active();
        return m == null ? 0 : stride(m, vga.dispi(Vga.DISPI_VIRT_WIDTH));
    }

    static int stride(VbeMode m, int pixels) {
        return m.bpp() == 4 ? pixels / 8 : pixels * m.bytesPerPixel();
    }

    private int scanLine(BiosCall c) {
        VbeMode m = active();
        if (m == null) {
            return 3;
        }
        int planes = m.bpp() == 4 ? 4 : 1;
        long bytes = (long) memory64k() << 16;
        int maximum = (int) Math.min(
                0x7FF8, bytes / planes / m.height() * (m.bpp() == 4 ? 8 : 1) / (m.bpp() == 4 ? 1 : m.bytesPerPixel()));
        switch (c.bl()) {
            case 0, 2 -> {
                int unit = m.bpp() == 4 ? 1 : m.bytesPerPixel();
                int pixels = c.bl() == 0 ? c.cx() : m.bpp() == 4 ? c.cx() * 8 : (c.cx() + unit - 1) / unit;
                int rounded = pixels + 7 & ~7;
                if (rounded < m.width() || rounded > maximum) {
                    return 2;
                }
                vga.dispi(Vga.DISPI_VIRT_WIDTH, rounded);
            }
            case 1 -> {
                // report only
            }
            case 3 -> {
                c.setBx(stride(m, maximum));
                c.setCx(maximum);
                c.setDx(m.height());
                return 0;
            }
            default -> {
                return 1;
            }
        }
        c.setBx(stride());
        c.setCx(vga.dispi(Vga.DISPI_VIRT_WIDTH));
        c.setDx((int) Math.min(0xFFFF, bytes / planes / Math.max(1, stride())));
        return 0;
    }

    private int displayStart(BiosCall c) {
        VbeMode m = active();
        if (m == null) {
            return 3;
        }
        switch (c.bl()) {
            case 0x00, 0x80 -> {
                long needed = (long) (c.dx() + m.height()) * stride() * (m.bpp() == 4 ? 4 : 1);
                if (needed > (long) memory64k() << 16) {
                    return 2;
                }
                vga.dispi(Vga.DISPI_X_OFFSET, c.cx());
                vga.dispi(Vga.DISPI_Y_OFFSET, c.dx());
            }
            case 0x01 -> {
                c.setBh(0);
                c.setCx(vga.dispi(Vga.DISPI_X_OFFSET));
                c.setDx(vga.dispi(Vga.DISPI_Y_OFFSET));
            }
            default -> {
                return 1;
            }
        }
        return 0;
    }

    private int dacWidth(BiosCall c) {
        VbeMode m = active();
        if (m == null || m.bpp() > 8) {
            return 3;
        }
        int enable = vga.dispi(Vga.DISPI_ENABLE);
        if (c.bl() == 0) {
            int wide = c.bh() >= 8 ? Vga.DAC_8BIT : 0;
            enable = enable & ~Vga.DAC_8BIT | wide | Vga.KEEP_MEMORY;
            vga.dispi(Vga.DISPI_ENABLE, enable);
        } else if (c.bl() != 1) {
            return 1;
        }
        c.setBh((enable & Vga.DAC_8BIT) != 0 ? 8 : 6);
        return 0;
    }

    private int palette(BiosCall c) {
        VbeMode m = active();
        if (m != null && m.bpp() > 8) {
            return 3;
        }
        if (c.dx() + c.cx() > 256) {
            return 1;
        }
        for (int k = 0; k < c.cx(); k++) {
            long at = c.es(c.di() + 4 * k);
            switch (c.bl()) {
                case 0x00, 0x80 -> vga.dac(c.dx() + k, memory.u8(at + 2), memory.u8(at + 1), memory.u8(at));
                case 0x01 -> {
                    int[] rgb = vga.dac(c.dx() + k);
                    memory.put32(at, rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
                }
                default -> {
                    return 2; // no secondary palette
                }
            }
        }
        return 0;
    }

    private int protectedMode(BiosCall c) {
        if (c.bl() != 0) {
            return 1;
        }
        c.setEs(VideoRom.SEGMENT);
        c.setDi(rom.address("pmTable"));
        c.setCx(VbeProtectedCode.table().length);
        return 0;
    }

    private int displayData(BiosCall c) {
        switch (c.bl()) {
            case 0 -> c.setBx(0x0103); // DDC1 and DDC2, one second a block at most
            case 1 -> {
                if (c.dx() != 0) {
                    return 1;
                }
                memory.write(c.es(c.di()), Edid.block());
            }
            default -> {
                return 1;
            }
        }
        return 0;
    }
}
