package org.terrarium.vm.device.vga;

import java.util.Arrays;
import org.terrarium.vm.display.Frame;

/**
 * The Bochs VBE "display interface": 16-bit registers behind ports 1CE (index) and 1CF (data) that set modes beyond VGA
 * (Bochs project, "VBE DISPI interface"; QEMU docs/specs/standard-vga). While it is enabled, the picture comes from these
 * registers and A0000-AFFFF is a 64 KiB window into the memory.
 */
final class Dispi {
    static final int INDEX_ID = 0;
    static final int INDEX_XRES = 1;
    static final int INDEX_YRES = 2;
    static final int INDEX_BPP = 3;
    static final int INDEX_ENABLE = 4;
    static final int INDEX_BANK = 5;
    static final int INDEX_VIRT_WIDTH = 6;
    static final int INDEX_VIRT_HEIGHT = 7;
    static final int INDEX_X_OFFSET = 8;
    static final int INDEX_Y_OFFSET = 9;
    static final int INDEX_VIDEO_MEMORY_64K = 10;
    static final int REGISTERS = 11;

    static final int ENABLED = 0x01;
    static final int GETCAPS = 0x02;
    static final int BIT8_DAC = 0x20;
    static final int LFB_ENABLED = 0x40;
    static final int NOCLEARMEM = 0x80;
    private static final int ENABLE_MASK = ENABLED | GETCAPS | BIT8_DAC | LFB_ENABLED | NOCLEARMEM;

    private static final int ID0 = 0xB0C0;
    private static final int ID5 = 0xB0C5;
    private static final int MAX_BPP = 32;
    private static final int BANK_SHIFT = 16;

    private final VideoMemory memory;
    private final Dac dac;
    private final int[] values = new int[REGISTERS];
    private int index;

    Dispi(VideoMemory memory, Dac dac) {
        this.memory = memory;
        this.dac = dac;
        reset();
    }

    void reset() {
        Arrays.fill(values, 0);
        values[INDEX_ID] = ID5;
        index = 0;
    }

    int index() {
        return index;
    }

    void select(int newIndex) {
        index = newIndex & 0xFFFF;
    }

    int read(int register) {
        if ((values[INDEX_ENABLE] & GETCAPS) != 0) {
            switch (register) {
                case INDEX_XRES:
                    return Frame.MAX_WIDTH;
                case INDEX_YRES:
                    return Frame.MAX_HEIGHT;
                case INDEX_BPP:
                    return MAX_BPP;
                default:
                    break;
            }
        }
        if (register == INDEX_VIDEO_MEMORY_64K) {
            return memory.size() >> 16;
        }
        return register >= 0 && register < REGISTERS ? values[register] : 0;
    }

    /** Writes a register; tells whether the picture or the window may look different now. */
    boolean write(int register, int value) {
        int v = value & 0xFFFF;
        switch (register) {
            case INDEX_ID -> {
                // A guest announces the interface level it wants; levels we know are taken over, others refused.
                if (v >= ID0 && v <= ID5) {
                    values[INDEX_ID] = v;
                }
                return false;
            }
            case INDEX_XRES -> values[INDEX_XRES] = Math.min(v, Frame.MAX_WIDTH) & ~7;
            case INDEX_YRES -> values[INDEX_YRES] = Math.min(v, Frame.MAX_HEIGHT);
            case INDEX_BPP -> {
                int bpp = v == 0 ? 8 : v;
                if (bpp == 4 || bpp == 8 || bpp == 15 || bpp == 16 || bpp == 24 || bpp == 32) {
                    values[INDEX_BPP] = bpp;
                }
            }
            case INDEX_ENABLE -> enable(v & ENABLE_MASK);
            case INDEX_BANK -> values[INDEX_BANK] = v & banks() - 1;
            case INDEX_VIRT_WIDTH -> values[INDEX_VIRT_WIDTH] = v & ~7;
            case INDEX_X_OFFSET -> values[INDEX_X_OFFSET] = v;
            case INDEX_Y_OFFSET -> values[INDEX_Y_OFFSET] = v;
            default -> {
                return false; // VIRT_HEIGHT follows from the memory size, VIDEO_MEMORY_64K is fixed
            }
        }
        if (enabled()) {
            fit();
        }
        return true;
    }

    private void enable(int v) {
        boolean turningOn = (v & ENABLED) != 0 && !enabled();
        values[INDEX_ENABLE] = v;
        dac.setWide((v & BIT8_DAC) != 0);
        values[INDEX_BANK] = 0;
        if (turningOn) {
            values[INDEX_VIRT_WIDTH] = 0;
            values[INDEX_X_OFFSET] = 0;
            values[INDEX_Y_OFFSET] = 0;
            fit();
            if ((v & NOCLEARMEM) == 0) {
                memory.clear(pitch() * values[INDEX_YRES] * (bpp() == 4 ? 4 : 1));
            }
        }
    }

    /** Makes the registers consistent with each other and the memory size, so that scan-out never leaves the memory. */
    private void fit() {
        if (values[INDEX_BPP] == 0) {
            values[INDEX_BPP] = 8;
        }
        values[INDEX_XRES] = Math.max(8, values[INDEX_XRES]);
        values[INDEX_YRES] = Math.max(1, values[INDEX_YRES]);
        while (bytesPerLine(values[INDEX_XRES]) > memory.size()) {
            values[INDEX_XRES] = values[INDEX_XRES] / 2 & ~7;
        }
        values[INDEX_VIRT_WIDTH] = Math.max(values[INDEX_VIRT_WIDTH], values[INDEX_XRES]);
        if (bytesPerLine(values[INDEX_VIRT_WIDTH]) > memory.size()) {
            values[INDEX_VIRT_WIDTH] = values[INDEX_XRES];
        }
        int lines = Math.min(0xFFFF, memory.size() / bytesPerLine(values[INDEX_VIRT_WIDTH]));
        values[INDEX_VIRT_HEIGHT] = lines;
        values[INDEX_YRES] = Math.min(values[INDEX_YRES], lines);
        values[INDEX_X_OFFSET] = Math.min(values[INDEX_X_OFFSET], values[INDEX_VIRT_WIDTH] - values[INDEX_XRES]);
        values[INDEX_Y_OFFSET] = Math.min(values[INDEX_Y_OFFSET], lines - values[INDEX_YRES]);
    }

    boolean enabled() {
        return (values[INDEX_ENABLE] & ENABLED) != 0;
    }

    int width() {
        return values[INDEX_XRES];
    }

    int height() {
        return values[INDEX_YRES];
    }

    int bpp() {
        return values[INDEX_BPP];
    }

    /** Bytes of a line; in 4 bit modes, plane addresses of a line. */
    int pitch() {
        int bytes = bytesPerLine(values[INDEX_VIRT_WIDTH]);
        return bpp() == 4 ? bytes >> 2 : bytes;
    }

    /** Where the picture starts: a byte offset, in 4 bit modes a plane address. */
    int start() {
        int x = values[INDEX_X_OFFSET];
        return values[INDEX_Y_OFFSET] * pitch() + (bpp() == 4 ? x >> 3 : bytesPerLine(x));
    }

    /** Dots by which a 4 bit mode's start is panned inside its first byte. */
    int panning() {
        return values[INDEX_X_OFFSET] & 7;
    }

    /** What the bank register adds to an offset in the 64 KiB window: bytes, in 4 bit modes plane addresses. */
    int bankBase() {
        return enabled() ? values[INDEX_BANK] << BANK_SHIFT : 0;
    }

    private int banks() {
        return Math.max(1, memory.size() >> (bpp() == 4 ? BANK_SHIFT + 2 : BANK_SHIFT));
    }

    private int bytesPerLine(int pixels) {
        return switch (bpp()) {
            case 4 -> pixels >> 1;
            case 15, 16 -> pixels * 2;
            case 24 -> pixels * 3;
            case 32 -> pixels * 4;
            default -> pixels;
        };
    }

    int[] save() {
        int[] saved = Arrays.copyOf(values, REGISTERS + 1);
        saved[REGISTERS] = index;
        return saved;
    }

    void restore(int[] saved) {
        System.arraycopy(saved, 0, values, 0, REGISTERS);
        index = saved[REGISTERS];
    }
}
