package org.terrarium.vm.device.vga;

import java.util.Arrays;

/** The CRT controller: timing, and which address is shown when (IBM VGA, "CRT Controller Registers"). */
final class Crtc {
    static final int HORIZONTAL_TOTAL = 0x00;
    static final int HORIZONTAL_DISPLAY_END = 0x01;
    static final int HORIZONTAL_RETRACE_START = 0x04;
    static final int VERTICAL_TOTAL = 0x06;
    static final int OVERFLOW = 0x07;
    static final int PRESET_ROW_SCAN = 0x08;
    static final int MAXIMUM_SCAN_LINE = 0x09;
    static final int CURSOR_START = 0x0A;
    static final int CURSOR_END = 0x0B;
    static final int START_ADDRESS_HIGH = 0x0C;
    static final int START_ADDRESS_LOW = 0x0D;
    static final int CURSOR_LOCATION_HIGH = 0x0E;
    static final int CURSOR_LOCATION_LOW = 0x0F;
    static final int VERTICAL_RETRACE_START = 0x10;
    static final int VERTICAL_RETRACE_END = 0x11;
    static final int VERTICAL_DISPLAY_END = 0x12;
    static final int OFFSET = 0x13;
    static final int UNDERLINE_LOCATION = 0x14;
    static final int MODE_CONTROL = 0x17;
    static final int LINE_COMPARE = 0x18;
    private static final int REGISTERS = 0x19;

    private static final int PROTECT_0_TO_7 = 0x80;
    private static final int OVERFLOW_LINE_COMPARE_8 = 0x10;
    private static final int SCAN_DOUBLE = 0x80;
    private static final int CURSOR_OFF = 0x20;
    private static final int UNDERLINE_COUNT_BY_4 = 0x20;
    private static final int UNDERLINE_DOUBLEWORD = 0x40;
    private static final int MODE_MAP_13_KEPT = 0x01;
    private static final int MODE_MAP_14_KEPT = 0x02;
    private static final int MODE_COUNT_BY_2 = 0x08;
    private static final int MODE_ADDRESS_WRAP = 0x20;
    private static final int MODE_BYTE = 0x40;
    private static final int MODE_RETRACE_ON = 0x80;

    final RegisterFile file = new RegisterFile(allBits());

    private static int[] allBits() {
        int[] masks = new int[REGISTERS];
        Arrays.fill(masks, 0xFF);
        return masks;
    }

    /** Writes the selected register as far as the protect bit lets it; tells whether that changed it. */
    boolean write(int value) {
        boolean locked = (file.get(VERTICAL_RETRACE_END) & PROTECT_0_TO_7) != 0;
        if (locked && file.index() <= OVERFLOW) {
            if (file.index() != OVERFLOW) {
                return false;
            }
            int kept = file.get(OVERFLOW) & ~OVERFLOW_LINE_COMPARE_8;
            return file.set(OVERFLOW, kept | value & OVERFLOW_LINE_COMPARE_8);
        }
        return file.write(value);
    }

    /** Character clocks of a line that show something. */
    int displayedCharacters() {
        return file.get(HORIZONTAL_DISPLAY_END) + 1;
    }

    /** Character clocks of a line with its blanking. */
    int totalCharacters() {
        return file.get(HORIZONTAL_TOTAL) + 5;
    }

    int retraceStartCharacter() {
        return file.get(HORIZONTAL_RETRACE_START);
    }

    /** Scan lines that show something. */
    int displayedLines() {
        int o = file.get(OVERFLOW);
        return (file.get(VERTICAL_DISPLAY_END) | (o & 0x02) << 7 | (o & 0x40) << 3) + 1;
    }

    /** Scan lines of a frame with its blanking. */
    int totalLines() {
        int o = file.get(OVERFLOW);
        return (file.get(VERTICAL_TOTAL) | (o & 0x01) << 8 | (o & 0x20) << 4) + 2;
    }

    int retraceStartLine() {
        int o = file.get(OVERFLOW);
        return file.get(VERTICAL_RETRACE_START) | (o & 0x04) << 6 | (o & 0x80) << 2;
    }

    /** Lines of the vertical retrace; the end register holds the low four bits of its last line plus one. */
    int retraceLines() {
        int lines = file.get(VERTICAL_RETRACE_END) - retraceStartLine() & 0x0F;
        return lines == 0 ? 16 : lines;
    }

    /** The scan line after which the address counter restarts at 0. */
    int lineCompare() {
        return file.get(LINE_COMPARE)
                | (file.get(OVERFLOW) & OVERFLOW_LINE_COMPARE_8) << 4
                | (file.get(MAXIMUM_SCAN_LINE) & 0x40) << 3;
    }

    int startAddress() {
        return file.get(START_ADDRESS_HIGH) << 8 | file.get(START_ADDRESS_LOW);
    }

    /** What the address counter advances by from one character row to the next. */
    int rowOffset() {
        return file.get(OFFSET) * 2;
    }

    int presetRowScan() {
        return file.get(PRESET_ROW_SCAN) & 0x1F;
    }

    /** Bytes by which the start is panned. */
    int bytePanning() {
        return file.get(PRESET_ROW_SCAN) >> 5 & 3;
    }

    /** Scan lines of a character row. */
    int rowLines() {
        return (file.get(MAXIMUM_SCAN_LINE) & 0x1F) + 1;
    }

    boolean doubleScan() {
        return (file.get(MAXIMUM_SCAN_LINE) & SCAN_DOUBLE) != 0;
    }

    /** Whether the row scan counter takes part in addressing, as CGA's two and Hercules' four banks need. */
    boolean rowScanAddresses() {
        int both = MODE_MAP_13_KEPT | MODE_MAP_14_KEPT;
        return (file.get(MODE_CONTROL) & both) != both;
    }

    boolean retraceOn() {
        return (file.get(MODE_CONTROL) & MODE_RETRACE_ON) != 0;
    }

    boolean cursorOn() {
        return (file.get(CURSOR_START) & CURSOR_OFF) == 0 && cursorFirstLine() <= cursorLastLine();
    }

    int cursorFirstLine() {
        return file.get(CURSOR_START) & 0x1F;
    }

    int cursorLastLine() {
        return file.get(CURSOR_END) & 0x1F;
    }

    /** Address counter value of the cursor's cell, its skew included. */
    int cursorAddress() {
        int skew = file.get(CURSOR_END) >> 5 & 3;
        return (file.get(CURSOR_LOCATION_HIGH) << 8 | file.get(CURSOR_LOCATION_LOW)) + skew & 0xFFFF;
    }

    /** The row scan line that underlined characters have their line on. */
    int underlineLine() {
        return file.get(UNDERLINE_LOCATION) & 0x1F;
    }

    /** Address counter value after {@code characters} character clocks of a row that starts at {@code counter}. */
    int advance(int counter, int characters) {
        if ((file.get(UNDERLINE_LOCATION) & UNDERLINE_COUNT_BY_4) != 0) {
            return counter + (characters >> 2);
        }
        return (file.get(MODE_CONTROL) & MODE_COUNT_BY_2) != 0 ? counter + (characters >> 1) : counter + characters;
    }

    /** The plane address that the counter puts out on a row scan line: byte, word and doubleword mode, bank bits. */
    int planeAddress(int counter, int rowScan) {
        int mode = file.get(MODE_CONTROL);
        int a = counter;
        if ((file.get(UNDERLINE_LOCATION) & UNDERLINE_DOUBLEWORD) != 0) {
            a = counter << 2 | counter >> 14 & 3;
        } else if ((mode & MODE_BYTE) == 0) {
            a = counter << 1 | counter >> ((mode & MODE_ADDRESS_WRAP) != 0 ? 15 : 13) & 1;
        }
        if ((mode & MODE_MAP_13_KEPT) == 0) {
            a = a & ~0x2000 | (rowScan & 1) << 13;
        }
        if ((mode & MODE_MAP_14_KEPT) == 0) {
            a = a & ~0x4000 | (rowScan & 2) << 13;
        }
        return a & 0xFFFF;
    }
}
