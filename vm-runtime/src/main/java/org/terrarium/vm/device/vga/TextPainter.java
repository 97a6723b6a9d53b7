package org.terrarium.vm.device.vga;

import org.terrarium.vm.display.Frame;
import org.terrarium.vm.display.TextScreen;

/** Paints text modes: 8 or 9 dots, two fonts at a time, blinking, cursor, underline. Rows of unchanged cells are kept. */
final class TextPainter {
    private static final int CURSOR = 1 << 16;
    private static final int BLINKED_OUT = 1 << 17;
    private static final int FRAMES_OF_CURSOR_PHASE = 16;
    private static final int FRAMES_OF_BLINK_PHASE = 32;
    private static final int MAX_COLUMNS = 257;

    private final VideoMemory memory;
    private final Sequencer sequencer;
    private final Crtc crtc;
    private final AttributeController attribute;
    private final int[] scratch = new int[MAX_COLUMNS * 9];
    private int[] shown = new int[0];
    private long phase = -1;

    TextPainter(VideoMemory memory, Sequencer sequencer, Crtc crtc, AttributeController attribute) {
        this.memory = memory;
        this.sequencer = sequencer;
        this.crtc = crtc;
        this.attribute = attribute;
    }

    /** Whether something that blinks may look different in this frame than when it was painted last. */
    boolean phaseChanges(long frames) {
        return frames / FRAMES_OF_CURSOR_PHASE != phase;
    }

    /** Dots by which the panning register shifts; with 9 dots the value 8 means none. */
    int panning() {
        int value = attribute.panning();
        if (sequencer.characterWidth() == 8) {
            return value & 7;
        }
        return value >= 8 ? 0 : value + 1;
    }

    /** Paints what differs, everything when {@code all}; {@code moved} tells that the cursor or the start moved. */
    void paint(Frame frame, RowLayout layout, int[] palette, int[] line, boolean all, boolean moved, long frames) {
        phase = frames / FRAMES_OF_CURSOR_PHASE;
        boolean cursorPhase = frames / FRAMES_OF_CURSOR_PHASE % 2 == 0;
        boolean blinkPhase = frames / FRAMES_OF_BLINK_PHASE % 2 == 0;
        int columns = crtc.displayedCharacters();
        int characterRows = 0;
        for (int row = 0; row < layout.rows(); row++) {
            characterRows += layout.startsCharacterRow(row) ? 1 : 0;
        }
        int stride = columns + 1;
        boolean fresh = all;
        if (shown.length != characterRows * stride) {
            shown = new int[characterRows * stride];
            fresh = true;
        }
        boolean anyCell = fresh || moved;
        int at = -stride;
        boolean rowChanged = false;
        for (int row = 0; row < layout.rows(); row++) {
            if (layout.startsCharacterRow(row)) {
                at += stride;
                rowChanged = readCells(at, layout.counter[row], layout.scan[row], stride, cursorPhase, blinkPhase);
                anyCell |= rowChanged;
            }
            if (rowChanged || fresh) {
                paintRow(at, layout, row, palette, line, frame.width());
                frame.setRow(row, line);
            }
        }
        if (anyCell) {
            frame.setText(text(columns, characterRows, layout));
        }
    }

    /** Reads one row of characters; tells whether any cell differs from what is shown. */
    private boolean readCells(int at, int counter, int scan, int count, boolean cursorPhase, boolean blinkPhase) {
        int cursorAt = crtc.cursorOn() && cursorPhase ? crtc.cursorAddress() : -1;
        boolean blinks = attribute.blink() && !blinkPhase;
        boolean changed = false;
        for (int c = 0; c < count; c++) {
            int position = crtc.advance(counter, c) & 0xFFFF;
            int cell = memory.get32(crtc.planeAddress(position, scan) << 2) & 0xFFFF;
            if (position == cursorAt) {
                cell |= CURSOR;
            }
            if (blinks && (cell & 0x8000) != 0) {
                cell |= BLINKED_OUT;
            }
            changed |= cell != shown[at + c];
            shown[at + c] = cell;
        }
        return changed;
    }

    private void paintRow(int at, RowLayout layout, int row, int[] palette, int[] line, int width) {
        int dots = sequencer.characterWidth();
        int scan = layout.scan[row];
        int fontA = sequencer.fontA();
        int fontB = sequencer.fontB();
        int backgroundMask = attribute.blink() ? 7 : 15;
        boolean cursorLine = scan >= crtc.cursorFirstLine() && scan <= crtc.cursorLastLine();
        boolean lineGraphics = attribute.lineGraphics();
        int columns = crtc.displayedCharacters();
        int x = 0;
        for (int c = 0; c <= columns; c++) {
            int cell = shown[at + c];
            int code = cell & 0xFF;
            int colors = cell >> 8 & 0xFF;
            int font = (colors & 8) != 0 ? fontA : fontB;
            int glyph = memory.get8((font + code * 32 + scan & 0xFFFF) << 2 | 2) << 1;
            if (lineGraphics && (code & 0xE0) == 0xC0) {
                glyph |= glyph >> 1 & 1;
            }
            if (scan == crtc.underlineLine() && (colors & 0x77) == 0x01) {
                glyph = 0x1FF;
            }
            if ((cell & BLINKED_OUT) != 0) {
                glyph = 0;
            }
            if ((cell & CURSOR) != 0 && cursorLine) {
                glyph = 0x1FF;
            }
            int foreground = palette[colors & 15];
            int background = palette[colors >> 4 & backgroundMask];
            for (int dot = 0; dot < dots; dot++) {
                scratch[x++] = (glyph & 0x100 >> dot) != 0 ? foreground : background;
            }
        }
        int repeat = layout.repeat();
        int pan = layout.panning[row];
        if (repeat == 1) {
            System.arraycopy(scratch, pan, line, 0, Math.min(width, columns * dots));
        } else {
            for (int i = 0; i < width; i++) {
                line[i] = scratch[i / 2 + pan];
            }
        }
    }

    private TextScreen text(int columns, int rows, RowLayout layout) {
        byte[] codes = new byte[columns * rows];
        byte[] attributes = new byte[columns * rows];
        int cursorColumn = -1;
        int cursorRow = -1;
        int characterRow = -1;
        for (int row = 0; row < layout.rows(); row++) {
            if (!layout.startsCharacterRow(row)) {
                continue;
            }
            characterRow++;
            for (int c = 0; c < columns; c++) {
                int cell = shown[characterRow * (columns + 1) + c];
                codes[characterRow * columns + c] = (byte) cell;
                attributes[characterRow * columns + c] = (byte) (cell >> 8);
                if (crtc.cursorOn() && (crtc.advance(layout.counter[row], c) & 0xFFFF) == crtc.cursorAddress()) {
                    cursorColumn = c;
                    cursorRow = characterRow;
                }
            }
        }
        return new TextScreen(columns, rows, codes, attributes, cursorColumn, cursorRow);
    }
}
