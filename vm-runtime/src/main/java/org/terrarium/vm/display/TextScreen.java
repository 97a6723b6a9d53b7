package org.terrarium.vm.display;

import java.util.Arrays;

/**
 * What stands on a screen in a text mode: characters, their attribute bytes and the cursor. In graphics modes it is
 * {@link #NONE}, which has no columns and no rows. Immutable.
 */
public final class TextScreen {
    /** The screen shows graphics, or nothing. */
    public static final TextScreen NONE = new TextScreen(0, 0, new byte[0], new byte[0], -1, -1);

    private final int columns;
    private final int rows;
    private final byte[] codes;
    private final byte[] attributes;
    private final int cursorColumn;
    private final int cursorRow;

    /**
     * Copies the arrays, which hold {@code columns * rows} cells line by line.
     *
     * @param cursorColumn column of the cursor, or -1 when it is hidden or off the screen; the same for the row
     */
    public TextScreen(int columns, int rows, byte[] codes, byte[] attributes, int cursorColumn, int cursorRow) {
        this.columns = columns;
        this.rows = rows;
        this.codes = Arrays.copyOf(codes, columns * rows);
        this.attributes = Arrays.copyOf(attributes, columns * rows);
        this.cursorColumn = cursorColumn;
        this.cursorRow = cursorRow;
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    /** Whether the screen is in a text mode. */
    public boolean present() {
        return columns > 0 && rows > 0;
    }

    /** Column of the visible cursor, or -1. */
    public int cursorColumn() {
        return cursorColumn;
    }

    /** Row of the visible cursor, or -1. */
    public int cursorRow() {
        return cursorRow;
    }

    /** The character in a cell. */
    public char character(int row, int column) {
        return Cp437.decode(codes[row * columns + column]);
    }

    /** The attribute byte of a cell: foreground in bits 0-3, background in 4-6, blink or bright background in bit 7. */
    public int attribute(int row, int column) {
        return attributes[row * columns + column] & 0xFF;
    }

    /** One line, without the blanks at its end. */
    public String line(int row) {
        char[] line = new char[columns];
        int end = 0;
        for (int c = 0; c < columns; c++) {
            line[c] = character(row, c);
            if (line[c] != ' ') {
                end = c + 1;
            }
        }
        return new String(line, 0, end);
    }

    /** All lines, without the blanks at their ends, separated by line feeds. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (int r = 0; r < rows; r++) {
            all.append(r == 0 ? "" : "\n").append(line(r));
        }
        return all.toString();
    }

    /** Whether {@code wanted} stands on the screen; it may span lines with a line feed between them. */
    public boolean contains(String wanted) {
        return present() && text().contains(wanted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextScreen t
                && columns == t.columns
                && rows == t.rows
                && cursorColumn == t.cursorColumn
                && cursorRow == t.cursorRow
                && Arrays.equals(codes, t.codes)
                && Arrays.equals(attributes, t.attributes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes) * 31 + columns;
    }

    @Override
    public String toString() {
        return present() ? text() : "(graphics)";
    }
}
