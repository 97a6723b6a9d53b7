package org.terrarium.vm.device.vga;

/**
 * What each row of the picture shows in the VGA's own modes: the CRT controller's counters played through once for a frame,
 * with start address, preset row scan, double scan and the split at line compare. Where two scan lines always look the same
 * and pixels are twice as wide too, both count as one row and one pixel.
 */
final class RowLayout {
    private static final int MAX_LINES = 1024;

    /** Address counter at the start of each row. */
    final int[] counter = new int[MAX_LINES];

    /** Row scan counter in each row. */
    final int[] scan = new int[MAX_LINES];

    /** Dots by which each row is panned to the left. */
    final int[] panning = new int[MAX_LINES];

    private int rows;
    private int repeat;

    /**
     * @param dotsDoubled whether a pixel is two dot clocks wide
     * @param text whether row scan lines show different things (text), not banks of memory
     * @param pan dots of panning above the split
     */
    void configure(Crtc crtc, AttributeController attribute, boolean dotsDoubled, boolean text, int pan) {
        boolean pairs = crtc.doubleScan()
                || !text && !crtc.rowScanAddresses() && crtc.rowLines() % 2 == 0 && crtc.presetRowScan() == 0;
        int step = dotsDoubled && pairs ? 2 : 1;
        repeat = dotsDoubled && step == 1 ? 2 : 1;
        int lines = crtc.displayedLines();
        rows = Math.max(1, lines / step);
        int at = crtc.startAddress() + crtc.bytePanning();
        int rowScan = crtc.presetRowScan();
        int pans = pan;
        boolean second = false;
        for (int line = 0; line < lines; line++) {
            if (line % step == 0 && line / step < rows) {
                counter[line / step] = at & 0xFFFF;
                scan[line / step] = rowScan;
                panning[line / step] = pans;
            }
            if (line == crtc.lineCompare()) {
                at = 0;
                rowScan = 0;
                second = false;
                pans = attribute.panningStopsAtSplit() ? 0 : pan;
            } else if (crtc.doubleScan() && !second) {
                second = true;
            } else {
                second = false;
                rowScan = rowScan + 1 & 0x1F;
                if (rowScan == crtc.rowLines() % 32) {
                    rowScan = 0;
                    at += crtc.rowOffset();
                }
            }
        }
    }

    int rows() {
        return rows;
    }

    /** How many pixels of the picture a pixel of the mode is wide: 1 or 2. */
    int repeat() {
        return repeat;
    }

    /** Whether a row begins a new row of characters. */
    boolean startsCharacterRow(int row) {
        return row == 0 || counter[row] != counter[row - 1] || scan[row] < scan[row - 1];
    }
}
