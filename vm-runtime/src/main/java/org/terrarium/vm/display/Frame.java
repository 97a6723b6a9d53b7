package org.terrarium.vm.display;

import java.util.Arrays;

/**
 * The picture a video chip draws into, on the machine's thread: opaque ARGB pixels, and which rows have changed since the
 * frame was last published.
 */
public final class Frame {
    /** Widest picture any mode gives. */
    public static final int MAX_WIDTH = 2560;

    /** Tallest picture any mode gives. */
    public static final int MAX_HEIGHT = 1600;

    /** Opaque black. */
    public static final int BLACK = 0xFF000000;

    private int width = 720;
    private int height = 400;
    private int[] argb = new int[width * height];
    private int firstChanged;
    private int endChanged = height;
    private TextScreen text = TextScreen.NONE;
    private boolean textChanged;

    public Frame() {
        Arrays.fill(argb, BLACK);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels, row by row; {@link #resize} may replace the array. */
    public int[] argb() {
        return argb;
    }

    /** Makes the picture {@code newWidth} by {@code newHeight} (cut to the largest size), black when that is a change. */
    public void resize(int newWidth, int newHeight) {
        int w = Math.clamp(newWidth, 1, MAX_WIDTH);
        int h = Math.clamp(newHeight, 1, MAX_HEIGHT);
        if (w == width && h == height) {
            return;
        }
        width = w;
        height = h;
        if (argb.length != w * h) {
            argb = new int[w * h];
        }
        Arrays.fill(argb, BLACK);
        changed(0, h);
    }

    /** Rows {@code first} to {@code end} (exclusive) have been drawn anew. */
    public void changed(int first, int end) {
        firstChanged = Math.min(firstChanged, first);
        endChanged = Math.max(endChanged, end);
    }

    /** Takes over a row when it differs from what the frame shows. {@code row} holds at least {@code width()} pixels. */
    public void setRow(int y, int[] row) {
        int at = y * width;
        if (!Arrays.equals(argb, at, at + width, row, 0, width)) {
            System.arraycopy(row, 0, argb, at, width);
            changed(y, y + 1);
        }
    }

    /** Blackens the whole picture. */
    public void blacken() {
        for (int i = 0; i < argb.length; i++) {
            if (argb[i] != BLACK) {
                Arrays.fill(argb, BLACK);
                changed(0, height);
                return;
            }
        }
    }

    public void setText(TextScreen newText) {
        if (!newText.equals(text)) {
            text = newText;
            textChanged = true;
        }
    }

    TextScreen text() {
        return text;
    }

    boolean pending() {
        return firstChanged < endChanged || textChanged;
    }

    int firstChanged() {
        return firstChanged;
    }

    int endChanged() {
        return endChanged;
    }

    void clean() {
        firstChanged = Integer.MAX_VALUE;
        endChanged = 0;
        textChanged = false;
    }
}
