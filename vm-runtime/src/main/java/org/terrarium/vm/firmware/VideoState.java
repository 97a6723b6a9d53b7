package org.terrarium.vm.firmware;

/** INT 10h AH=1Bh (what the adapter can do and does) and AH=1Ch (save and restore its state). */
final class VideoState {
    private static final int BDA_START = Bda.VIDEO_MODE;
    private static final int BDA_BYTES = 0x1E;
    private static final int BDA2_BYTES = 7;
    private static final int HARDWARE = 1;
    private static final int BIOS_DATA = 2;
    private static final int DAC = 4;
    private static final int BLOCK = 64;

    private final Vga vga;
    private final BiosMemory memory;
    private final VideoRom rom;

    VideoState(Vga vga, BiosMemory memory, VideoRom rom) {
        this.vga = vga;
        this.memory = memory;
        this.rom = rom;
    }

    void functionality(BiosCall c, int pages, int colours) {
        if (c.bx() != 0) {
            return;
        }
        long at = c.es(c.di());
        memory.fill(at, 64, 0);
        memory.put32(at, VideoRom.SEGMENT << 16 | rom.address("static"));
        memory.write(at + 4, memory.bytes(BDA_START, BDA_BYTES));
        memory.put8(at + 0x22, memory.u8(Bda.ROWS_MINUS_1) + 1);
        memory.put16(at + 0x23, memory.u16(Bda.CHAR_HEIGHT));
        memory.put8(at + 0x25, 0x08);
        memory.put16(at + 0x27, colours);
        memory.put8(at + 0x29, pages);
        int lines = VideoMode.of(memory.u8(Bda.VIDEO_MODE)) == null ? 0 : scanLineCode();
        memory.put8(at + 0x2A, lines);
        memory.put8(at + 0x2D, 0x01 | (vga.attribute(0x10) & 8) << 2);
        memory.put8(at + 0x31, 3); // 256 KiB and more
        c.setAl(0x1B);
    }

    private int scanLineCode() {
        VideoMode mode = VideoMode.of(memory.u8(Bda.VIDEO_MODE));
        return switch (mode.height()) {
            case 200 -> 0;
            case 350 -> 1;
            case 480 -> 3;
            default -> 2;
        };
    }

    /** AH=1Ch. */
    void call(BiosCall c) {
        int parts = c.cx() & 7;
        switch (c.al()) {
            case 0 -> c.setBx((size(parts) + BLOCK - 1) / BLOCK);
            case 1 -> save(c.es(c.bx()), parts);
            case 2 -> restore(c.es(c.bx()), parts);
            default -> {
                return;
            }
        }
        c.setAl(0x1C);
    }

    /** Bytes that {@link #save} writes. */
    int size(int parts) {
        int size = 0;
        if ((parts & HARDWARE) != 0) {
            size += 1 + 5 + 25 + 21 + 9;
        }
        if ((parts & BIOS_DATA) != 0) {
            size += BDA_BYTES + BDA2_BYTES + 8;
        }
        if ((parts & DAC) != 0) {
            size += 4 + 768;
        }
        return size;
    }

    void save(long to, int parts) {
        long at = to;
        if ((parts & HARDWARE) != 0) {
            memory.put8(at++, vga.in(Vga.MISC_READ));
            at = read(at, Vga.SEQUENCER, 5);
            at = read(at, vga.crtcPort(), 25);
            for (int k = 0; k < 21; k++) {
                memory.put8(at++, vga.attribute(k));
            }
            at = read(at, Vga.GRAPHICS, 9);
        }
        if ((parts & BIOS_DATA) != 0) {
            memory.write(at, memory.bytes(BDA_START, BDA_BYTES));
            memory.write(at + BDA_BYTES, memory.bytes(Bda.ROWS_MINUS_1, BDA2_BYTES));
            memory.put32(at + BDA_BYTES + BDA2_BYTES, memory.u32(0x1F * 4L));
            memory.put32(at + BDA_BYTES + BDA2_BYTES + 4, memory.u32(0x43 * 4L));
            at += BDA_BYTES + BDA2_BYTES + 8;
        }
        if ((parts & DAC) != 0) {
            memory.put8(at, vga.in(Vga.DAC_MASK));
            at += 4;
            for (int k = 0; k < 256; k++) {
                for (int component : vga.dac(k)) {
                    memory.put8(at++, component);
                }
            }
        }
    }

    private long read(long to, int port, int count) {
        for (int k = 0; k < count; k++) {
            memory.put8(to + k, vga.indexed(port, k));
        }
        return to + count;
    }

    void restore(long from, int parts) {
        long at = from;
        if ((parts & HARDWARE) != 0) {
            vga.out(Vga.MISC_WRITE, memory.u8(at++));
            vga.sequencer(0, 1);
            for (int k = 1; k < 5; k++) {
                vga.sequencer(k, memory.u8(at + k));
            }
            vga.sequencer(0, 3);
            at += 5;
            vga.crtc(0x11, 0);
            for (int k = 0; k < 25; k++) {
                vga.crtc(k, memory.u8(at + k));
            }
            at += 25;
            for (int k = 0; k < 21; k++) {
                vga.attribute(k, memory.u8(at + k));
            }
            at += 21;
            for (int k = 0; k < 9; k++) {
                vga.graphics(k, memory.u8(at + k));
            }
            at += 9;
        }
        if ((parts & BIOS_DATA) != 0) {
            memory.write(BDA_START, memory.bytes(at, BDA_BYTES));
            memory.write(Bda.ROWS_MINUS_1, memory.bytes(at + BDA_BYTES, BDA2_BYTES));
            memory.put32(0x1F * 4L, memory.u32(at + BDA_BYTES + BDA2_BYTES));
            memory.put32(0x43 * 4L, memory.u32(at + BDA_BYTES + BDA2_BYTES + 4));
            at += BDA_BYTES + BDA2_BYTES + 8;
        }
        if ((parts & DAC) != 0) {
            vga.out(Vga.DAC_MASK, memory.u8(at));
            at += 4;
            for (int k = 0; k < 256; k++) {
                vga.dac(k, memory.u8(at), memory.u8(at + 1), memory.u8(at + 2));
                at += 3;
            }
        }
    }
}
