package org.terrarium.vm.firmware;

/** INT 10h AH=0Bh and AH=10h: attribute controller palette and DAC. */
final class PaletteService {
    private static final int MODE_CONTROL = 0x10;
    private static final int BORDER = 0x11;
    private static final int COLOUR_SELECT = 0x14;

    private final Vga vga;
    private final BiosMemory memory;

    PaletteService(Vga vga, BiosMemory memory) {
        this.vga = vga;
        this.memory = memory;
    }

    /** AH=0Bh: background and border (id 0) or one of the two CGA palettes (id 1). */
    void cga(int id, int value) {
        if (id == 0) {
            int colour = value & 7 | (value & 8) << 1;
            vga.attribute(BORDER, colour);
            int mode = memory.u8(Bda.VIDEO_MODE);
            if (mode > 3 && mode != 7) {
                vga.attribute(0, colour);
                for (int k = 1; k < 4; k++) {
                    vga.attribute(k, vga.attribute(k) & 0xEF | value & 0x10);
                }
            }
            memory.change8(Bda.CGA_PALETTE, 0x1F, value & 0x1F);
        } else if (id == 1) {
            for (int k = 1; k < 4; k++) {
                vga.attribute(k, vga.attribute(k) & 0xFE | value & 1);
            }
            memory.change8(Bda.CGA_PALETTE, 0x20, (value & 1) << 5);
        }
    }

    void call(BiosCall c) {
        switch (c.al()) {
            case 0x00 -> {
                if (c.bl() <= COLOUR_SELECT) {
                    vga.attribute(c.bl(), c.bh());
                }
            }
            case 0x01 -> vga.attribute(BORDER, c.bh());
            case 0x02 -> {
                for (int k = 0; k < 16; k++) {
                    vga.attribute(k, memory.u8(c.es(c.dx() + k)));
                }
                vga.attribute(BORDER, memory.u8(c.es(c.dx() + 16)));
            }
            case 0x03 -> vga.attribute(MODE_CONTROL, vga.attribute(MODE_CONTROL) & ~8 | (c.bl() & 1) << 3);
            case 0x07 -> {
                if (c.bl() <= COLOUR_SELECT) {
                    c.setBh(vga.attribute(c.bl()));
                }
            }
            case 0x08 -> c.setBh(vga.attribute(BORDER));
            case 0x09 -> {
                for (int k = 0; k < 16; k++) {
                    memory.put8(c.es(c.dx() + k), vga.attribute(k));
                }
                memory.put8(c.es(c.dx() + 16), vga.attribute(BORDER));
            }
            default -> dac(c);
        }
    }

    private void dac(BiosCall c) {
        switch (c.al()) {
            case 0x10 -> vga.dac(c.bl(), c.dh(), c.ch(), c.cl());
            case 0x12 -> {
                for (int k = 0; k < Math.min(c.cx(), 256); k++) {
                    long at = c.es(c.dx() + 3 * k);
                    vga.dac(c.bl() + k & 0xFF, memory.u8(at), memory.u8(at + 1), memory.u8(at + 2));
                }
            }
            case 0x13 -> colourPage(c.bl(), c.bh());
            case 0x15 -> {
                int[] rgb = vga.dac(c.bl());
                c.setDh(rgb[0]);
                c.setCh(rgb[1]);
                c.setCl(rgb[2]);
            }
            case 0x17 -> {
                for (int k = 0; k < Math.min(c.cx(), 256); k++) {
                    int[] rgb = vga.dac(c.bl() + k & 0xFF);
                    for (int n = 0; n < 3; n++) {
                        memory.put8(c.es(c.dx() + 3 * k + n), rgb[n]);
                    }
                }
            }
            case 0x18 -> vga.out(Vga.DAC_MASK, c.bl());
            case 0x19 -> c.setBl(vga.in(Vga.DAC_MASK));
            case 0x1A -> {
                boolean sixteen = (vga.attribute(MODE_CONTROL) & 0x80) != 0;
                int select = vga.attribute(COLOUR_SELECT);
                c.setBx((sixteen ? select & 0x0F : select >> 2 & 3) << 8 | (sixteen ? 1 : 0));
            }
            case 0x1B -> {
                for (int k = 0; k < Math.min(c.cx(), 256); k++) {
                    vga.dacToGrey(c.bl() + k & 0xFF);
                }
            }
            default -> {
                // reserved
            }
        }
    }

    private void colourPage(int function, int value) {
        if (function == 0) {
            vga.attribute(MODE_CONTROL, vga.attribute(MODE_CONTROL) & 0x7F | (value & 1) << 7);
        } else if (function == 1) {
            boolean sixteen = (vga.attribute(MODE_CONTROL) & 0x80) != 0;
            vga.attribute(COLOUR_SELECT, sixteen ? value & 0x0F : (value & 3) << 2);
        }
    }
}
