package org.terrarium.vm.device.vga;

/**
 * Where the beam is: line and frame times as the CRT controller and the dot clock give them. Registers that describe no
 * real monitor timing, and the VBE modes, count as 60 frames a second.
 */
final class RetraceTiming {
    private static final long SECOND = 1_000_000_000L;
    private static final long DEFAULT_FRAME = SECOND / 60;
    private static final long SHORTEST_FRAME = SECOND / 200;
    private static final long LONGEST_FRAME = SECOND / 20;
    private static final int CLOCK_25 = 25_175_000;
    private static final int CLOCK_28 = 28_322_000;

    private long frame = DEFAULT_FRAME;
    private int totalLines = 525;
    private int displayedLines = 480;
    private int retraceStart = 490;
    private int retraceEnd = 492;
    private int totalCharacters = 100;
    private int displayedCharacters = 80;

    void configure(Crtc crtc, Sequencer sequencer, int clockSelect, boolean vbe) {
        long dots = (long) crtc.totalCharacters() * sequencer.characterWidth() * crtc.totalLines();
        long hertz = clockSelect == 1 ? CLOCK_28 : CLOCK_25;
        if (sequencer.halfDotClock()) {
            hertz /= 2;
        }
        long nanos = dots * SECOND / hertz;
        boolean real = !vbe
                && nanos >= SHORTEST_FRAME
                && nanos <= LONGEST_FRAME
                && crtc.displayedLines() < crtc.totalLines()
                && crtc.displayedCharacters() < crtc.totalCharacters();
        if (real) {
            frame = nanos;
            totalLines = crtc.totalLines();
            displayedLines = crtc.displayedLines();
            retraceStart = Math.clamp(crtc.retraceStartLine(), displayedLines, totalLines - 1);
            retraceEnd = Math.min(totalLines, retraceStart + crtc.retraceLines());
            totalCharacters = crtc.totalCharacters();
            displayedCharacters = crtc.displayedCharacters();
        } else {
            frame = DEFAULT_FRAME;
            totalLines = 525;
            displayedLines = 480;
            retraceStart = 490;
            retraceEnd = 492;
            totalCharacters = 100;
            displayedCharacters = 80;
        }
    }

    boolean verticalRetrace(long nanos) {
        long line = nanos % frame * totalLines / frame;
        return line >= retraceStart && line < retraceEnd;
    }

    /** Whether no pixels are shown at this moment: horizontal or vertical blanking. */
    boolean blanking(long nanos) {
        long at = nanos % frame * totalLines;
        if (at / frame >= displayedLines) {
            return true;
        }
        return at % frame * totalCharacters / frame >= displayedCharacters;
    }

    /** Frames since the machine was switched on. */
    long frames(long nanos) {
        return nanos / frame;
    }
}
