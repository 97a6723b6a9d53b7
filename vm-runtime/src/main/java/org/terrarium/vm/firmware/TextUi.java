package org.terrarium.vm.firmware;

/** Text-mode drawing for the firmware's own screens, on display page 0 of mode 3. */
final class TextUi {
    static final int COLUMNS = 80;
    static final int ROWS = 25;
    static final int NORMAL = 0x07;
    static final int BRIGHT = 0x0F;
    static final int ACCENT = 0x0B;
    static final int DIM = 0x08;
    static final int PANEL = 0x1F;
    static final int PANEL_TEXT = 0x17;
    static final int SELECTED = 0x30;

    private final TextOutput text;
    private final TextCursor cursor;

    TextUi(TextOutput text, TextCursor cursor) {
        this.text = text;
        this.cursor = cursor;
    }

    void clear(int attribute) {
        text.scroll(0, 0, ROWS - 1, COLUMNS - 1, 0, attribute, false);
        cursor(0, 0);
    }

    void text(int row, int column, String s, int attribute) {
        for (int k = 0; k < s.length() && column + k < COLUMNS; k++) {
            char c = s.charAt(k);
            text.putCell(0, row, column + k, c < 256 ? c : '?', attribute);
        }
    }

    /** Text padded with blanks to {@code width}. */
    void field(int row, int column, int width, String s, int attribute) {
        String cut = s.length() > width ? s.substring(0, width) : s;
        text(row, column, cut + " ".repeat(width - cut.length()), attribute);
    }

    /** A double-lined box (code page 437) with a title. */
    void box(int top, int left, int height, int width, String title, int attribute) {
        for (int r = 0; r < height; r++) {
            boolean first = r == 0;
            boolean last = r == height - 1;
            int l = first ? 0xC9 : last ? 0xC8 : 0xBA;
            int m = first || last ? 0xCD : ' ';
            int e = first ? 0xBB : last ? 0xBC : 0xBA;
            text.putCell(0, top + r, left, l, attribute);
            for (int c = 1; c < width - 1; c++) {
                text.putCell(0, top + r, left + c, m, attribute);
            }
            text.putCell(0, top + r, left + width - 1, e, attribute);
        }
        text(top, left + (width - title.length() - 2) / 2, " " + title + " ", attribute);
    }

    /** Types lines at the cursor, as a program's output. */
    void print(String s) {
        for (int k = 0; k < s.length(); k++) {
            text.teletype(s.charAt(k), NORMAL);
        }
    }

    void cursor(int row, int column) {
        cursor.move(0, row, column);
    }

    void showCursor(boolean on) {
        cursor.shape(on ? 0x0607 : 0x2000);
    }
}
