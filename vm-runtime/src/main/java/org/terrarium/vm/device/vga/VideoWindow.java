package org.terrarium.vm.device.vga;

import org.terrarium.vm.bus.MmioDevice;

/**
 * The processor's view of video memory at A0000-BFFFF: latches, write modes 0 to 3, read modes 0 and 1, odd/even and chain-4
 * addressing (IBM VGA, "Graphics Controller"), or a plain bank while the VBE interface is enabled. What the registers say
 * is worked out when they change, so that the common cases (VBE bank, text, chain-4) are one store.
 */
final class VideoWindow implements MmioDevice {
    private static final int PLANE_BYTES = 0x10000;
    private static final int FONT_PLANE = 4;

    private enum Path {
        OFF,
        LINEAR,
        PLANAR,
        ODD_EVEN,
        CHAIN_4
    }

    private final VideoMemory memory;
    private final Sequencer sequencer;
    private final GraphicsController graphics;
    private final Dispi dispi;

    private int latch;
    private boolean fontsWritten = true;

    // Derived from the registers by configure().
    private Path writePath = Path.OFF;
    private Path readPath = Path.OFF;
    private int start;
    private int length;
    private int base;
    private int addressMask;
    private boolean chained;
    private boolean plain;
    private int mapMask;
    private int mapBytes;
    private int writeMode;
    private int rotate;
    private int function;
    private int bitMask;
    private int setResetBytes;
    private int enableSetResetBytes;
    private boolean compare;
    private int compareBytes;
    private int careBytes;
    private int readMap;

    VideoWindow(VideoMemory memory, Sequencer sequencer, GraphicsController graphics, Dispi dispi) {
        this.memory = memory;
        this.sequencer = sequencer;
        this.graphics = graphics;
        this.dispi = dispi;
    }

    int latch() {
        return latch;
    }

    void setLatch(int value) {
        latch = value;
    }

    /** Whether plane 2 was written through the window since the last call. */
    boolean takeFontsWritten() {
        boolean was = fontsWritten;
        fontsWritten = false;
        return was;
    }

    /** Works out the access path after a register changed; {@code decoding} tells whether the card answers at all. */
    void configure(boolean decoding) {
        RegisterFile g = graphics.file;
        mapMask = sequencer.mapMask();
        mapBytes = expand(mapMask);
        writeMode = graphics.writeMode();
        rotate = g.get(GraphicsController.DATA_ROTATE) & 7;
        function = g.get(GraphicsController.DATA_ROTATE) >> 3 & 3;
        bitMask = g.get(GraphicsController.BIT_MASK);
        setResetBytes = expand(g.get(GraphicsController.SET_RESET));
        enableSetResetBytes = expand(g.get(GraphicsController.ENABLE_SET_RESET));
        compare = graphics.readCompare();
        compareBytes = expand(g.get(GraphicsController.COLOR_COMPARE));
        careBytes = expand(g.get(GraphicsController.COLOR_DONT_CARE));
        readMap = g.get(GraphicsController.READ_MAP_SELECT);
        plain = writeMode == 0 && rotate == 0 && function == 0 && bitMask == 0xFF && enableSetResetBytes == 0;
        chained = graphics.chainOddEven();

        int map = dispi.enabled() ? 1 : graphics.memoryMap();
        start = map < 2 ? 0 : map == 2 ? 0x10000 : 0x18000;
        length = map == 0 ? 0x20000 : map == 1 ? 0x10000 : 0x8000;
        base = dispi.bankBase();
        boolean wide = dispi.enabled() && dispi.bpp() == 4;
        addressMask = wide ? (memory.size() >> 2) - 1 : PLANE_BYTES - 1;
        if (!decoding) {
            writePath = Path.OFF;
            readPath = Path.OFF;
        } else if (dispi.enabled() && dispi.bpp() != 4) {
            writePath = Path.LINEAR;
            readPath = Path.LINEAR;
        } else if (sequencer.chain4()) {
            writePath = Path.CHAIN_4;
            readPath = Path.CHAIN_4;
        } else {
            writePath = sequencer.oddEven() ? Path.ODD_EVEN : Path.PLANAR;
            readPath = graphics.hostOddEven() ? Path.ODD_EVEN : Path.PLANAR;
        }
    }

    /** Each of the four low bits as a byte of ones or zeros: one byte per plane. */
    private static int expand(int planes) {
        return (planes & 1) * 0xFF
                | (planes >> 1 & 1) * 0xFF00
                | (planes >> 2 & 1) * 0xFF0000
                | (planes >> 3 & 1) * 0xFF000000;
    }

    @Override
    public long read(long offset, int size) {
        int at = (int) offset - start;
        if (readPath == Path.LINEAR && at >= 0 && at + size <= length && base + at + size <= memory.size()) {
            return memory.get(base + at, size);
        }
        long value = 0;
        for (int k = 0; k < size; k++) {
            value |= (long) readByte(at + k) << 8 * k;
        }
        return value;
    }

    private int readByte(int at) {
        if (at < 0 || at >= length) {
            return 0xFF;
        }
        switch (readPath) {
            case OFF:
                return 0xFF;
            case LINEAR:
                return base + at < memory.size() ? memory.get8(base + at) : 0xFF;
            case CHAIN_4:
                latch = memory.get32((base + (at & ~3) & addressMask) << 2);
                return compare ? compared() : latch >> 8 * (at & 3) & 0xFF;
            case ODD_EVEN:
                latch = memory.get32((base + oddEvenAddress(at) & addressMask) << 2);
                return compare ? compared() : latch >> 8 * (readMap & 2 | at & 1) & 0xFF;
            default:
                latch = memory.get32((base + at & addressMask) << 2);
                return compare ? compared() : latch >> 8 * readMap & 0xFF;
        }
    }

    /** Read mode 1: a bit is set where all planes that matter have the compared colour. */
    private int compared() {
        int differs = (latch ^ compareBytes) & careBytes;
        differs |= differs >>> 16;
        differs |= differs >>> 8;
        return ~differs & 0xFF;
    }

    /** Odd/even addressing gives address bit 0 to the plane choice and puts the next higher one, if there is one, there. */
    private int oddEvenAddress(int at) {
        if (!chained) {
            return at;
        }
        int high = length == 0x20000 ? at >> 16 & 1 : 0;
        return at & 0xFFFE | high;
    }

    @Override
    public void write(long offset, int size, long value) {
        int at = (int) offset - start;
        if (at >= 0 && at + size <= length && writeAtOnce(at, size, value)) {
            return;
        }
        for (int k = 0; k < size; k++) {
            writeByte(at + k, (int) (value >>> 8 * k) & 0xFF);
        }
    }

    /** The common wide stores whose bytes lie side by side in our memory. */
    private boolean writeAtOnce(int at, int size, long value) {
        switch (writePath) {
            case OFF:
                return true;
            case LINEAR:
                if (base + at + size > memory.size()) {
                    return false;
                }
                memory.set(base + at, size, value);
                return true;
            case CHAIN_4:
                if (plain && mapMask == 0xF && size == 4 && (at & 3) == 0) {
                    memory.set32((base + at & addressMask) << 2, (int) value);
                    return true;
                }
                return false;
            case ODD_EVEN:
                if (plain
                        && chained
                        && (mapMask & FONT_PLANE) == 0
                        && (mapMask & 3) == 3
                        && size == 2
                        && (at & 1) == 0) {
                    memory.set((base + oddEvenAddress(at) & addressMask) << 2, 2, value);
                    return true;
                }
                return false;
            default:
                return false;
        }
    }

    private void writeByte(int at, int value) {
        if (at < 0 || at >= length) {
            return;
        }
        switch (writePath) {
            case OFF:
                break;
            case LINEAR:
                if (base + at < memory.size()) {
                    memory.set8(base + at, value);
                }
                break;
            case CHAIN_4:
                writePlanes(base + (at & ~3) & addressMask, 0xFF << 8 * (at & 3) & mapBytes, value);
                break;
            case ODD_EVEN:
                int planes = (at & 1) == 0 ? 0x00FF00FF : 0xFF00FF00;
                writePlanes(base + oddEvenAddress(at) & addressMask, planes & mapBytes, value);
                break;
            default:
                writePlanes(base + at & addressMask, mapBytes, value);
        }
    }

    /** The write path of the graphics controller for all four planes at once; {@code planes} has ones where to write. */
    private void writePlanes(int address, int planes, int value) {
        fontsWritten |= (planes & 0x00FF0000) != 0;
        int mask = bitMask * 0x01010101;
        int data;
        switch (writeMode) {
            case 0:
                int rotated = rotated(value) * 0x01010101;
                data = rotated & ~enableSetResetBytes | setResetBytes & enableSetResetBytes;
                break;
            case 1:
                store(address, planes, latch);
                return;
            case 2:
                data = expand(value);
                break;
            default:
                mask &= rotated(value) * 0x01010101;
                data = setResetBytes;
        }
        data = switch (function) {
            case 1 -> data & latch;
            case 2 -> data | latch;
            case 3 -> data ^ latch;
            default -> data;
        };
        store(address, planes, data & mask | latch & ~mask);
    }

    private int rotated(int value) {
        return (value >> rotate | value << 8 - rotate) & 0xFF;
    }

    private void store(int address, int planes, int data) {
        int at = address << 2;
        memory.set32(at, planes == -1 ? data : data & planes | memory.get32(at) & ~planes);
    }
}
