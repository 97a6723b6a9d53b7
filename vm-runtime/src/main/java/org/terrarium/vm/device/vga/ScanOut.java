package org.terrarium.vm.device.vga;

import org.terrarium.vm.display.Frame;
import org.terrarium.vm.display.TextScreen;

/**
 * Turns registers and memory into the picture on the monitor. What is shown follows from the registers, never from a mode
 * number. Rows whose memory was not written since they were drawn stay as they are.
 */
final class ScanOut {
    private static final int LEGACY_BYTES = 0x40000;
    private static final int ALPHA = 0xFF000000;

    /** For each byte, its bits as eight bytes of 0 or 1, bit 7 in the lowest byte: one plane's share of eight pixels. */
    private static final long[] SPREAD = new long[256];

    static {
        for (int v = 0; v < 256; v++) {
            for (int bit = 0; bit < 8; bit++) {
                SPREAD[v] |= (long) (v >> bit & 1) << 8 * (7 - bit);
            }
        }
    }

    private final VideoMemory memory;
    private final Sequencer sequencer;
    private final GraphicsController graphics;
    private final Crtc crtc;
    private final AttributeController attribute;
    private final Dac dac;
    private final Dispi dispi;
    private final VideoWindow window;
    private final TextPainter textPainter;
    private final RowLayout layout = new RowLayout();
    private final int[] palette = new int[16];
    private final int[] line = new int[Frame.MAX_WIDTH];
    private final int[] scratch = new int[257 * 8];
    private final byte[] bytes = new byte[Frame.MAX_WIDTH * 3];
    private boolean registersChanged = true;
    private boolean positionChanged = true;
    private boolean blank;

    ScanOut(
            VideoMemory memory,
            Sequencer sequencer,
            GraphicsController graphics,
            Crtc crtc,
            AttributeController attribute,
            Dac dac,
            Dispi dispi,
            VideoWindow window) {
        this.memory = memory;
        this.sequencer = sequencer;
        this.graphics = graphics;
        this.crtc = crtc;
        this.attribute = attribute;
        this.dac = dac;
        this.dispi = dispi;
        this.window = window;
        this.textPainter = new TextPainter(memory, sequencer, crtc, attribute);
    }

    /** A register changed that may change every pixel. */
    void registersChanged() {
        registersChanged = true;
    }

    /** The start address or the cursor changed. */
    void positionChanged() {
        positionChanged = true;
    }

    /** Brings the picture up to date; {@code frames} counts frames of the monitor, for what blinks. */
    void render(Frame frame, long frames) {
        boolean on = attribute.displayOn() && (dispi.enabled() || sequencer.screenOn() && crtc.retraceOn());
        if (!on) {
            if (!blank) {
                frame.blacken();
                frame.setText(TextScreen.NONE);
                blank = true;
            }
            registersChanged = true; // once the display is on again, everything is drawn
            return;
        }
        blank = false;
        boolean all = registersChanged;
        boolean moved = positionChanged;
        registersChanged = false;
        positionChanged = false;
        if (dispi.enabled()) {
            renderVbe(frame, all);
        } else if (graphics.graphics()) {
            renderGraphics(frame, all || moved);
        } else {
            renderText(frame, all, moved, frames);
        }
    }

    private void derivePalette() {
        int enabled = attribute.planeEnable();
        for (int i = 0; i < 16; i++) {
            palette[i] = dac.color(attribute.dacIndex(i & enabled));
        }
    }

    private void renderText(Frame frame, boolean all, boolean moved, long frames) {
        boolean written = memory.collectDirty(LEGACY_BYTES);
        boolean fonts = window.takeFontsWritten() || memory.linearlyWritten();
        if (!all && !moved && !written && !fonts && !textPainter.phaseChanges(frames)) {
            return;
        }
        if (all || moved) {
            derivePalette();
            layout.configure(crtc, attribute, sequencer.halfDotClock(), true, textPainter.panning());
            int width = crtc.displayedCharacters() * sequencer.characterWidth() * layout.repeat();
            frame.resize(width, layout.rows());
        }
        textPainter.paint(frame, layout, palette, line, all || fonts, moved, frames);
    }

    private void renderGraphics(Frame frame, boolean all) {
        boolean written = memory.collectDirty(LEGACY_BYTES);
        if (!all && !written) {
            return;
        }
        boolean packed = graphics.shift256();
        int characters = crtc.displayedCharacters();
        int pixels = characters * (packed ? 4 : 8);
        if (all) {
            derivePalette();
            int pan = packed ? attribute.panning() >> 1 & 3 : attribute.panning() & 7;
            layout.configure(crtc, attribute, packed || sequencer.halfDotClock(), false, pan);
            frame.resize(pixels * layout.repeat(), layout.rows());
            frame.setText(TextScreen.NONE);
        }
        int width = frame.width();
        for (int row = 0; row < layout.rows(); row++) {
            int counter = layout.counter[row];
            int scan = layout.scan[row];
            if (!all && !rowWritten(counter, scan, characters)) {
                continue;
            }
            if (packed) {
                fetch256(counter, scan, characters);
            } else {
                fetch16(counter, scan, characters);
            }
            int pan = layout.panning[row];
            int shift = layout.repeat() - 1;
            for (int x = 0; x < width; x++) {
                line[x] = scratch[(x >> shift) + pan];
            }
            frame.setRow(row, line);
        }
    }

    private boolean rowWritten(int counter, int scan, int characters) {
        int first = crtc.planeAddress(counter & 0xFFFF, scan);
        int last = crtc.planeAddress(crtc.advance(counter, characters) & 0xFFFF, scan);
        return last < first || memory.dirty(first << 2, last << 2 | 3);
    }

    /** One more character clock than is shown, for panning. */
    private void fetch256(int counter, int scan, int characters) {
        for (int c = 0; c <= characters; c++) {
            int planes = memory.get32(crtc.planeAddress(crtc.advance(counter, c) & 0xFFFF, scan) << 2);
            for (int p = 0; p < 4; p++) {
                scratch[4 * c + p] = dac.color(planes >> 8 * p & 0xFF);
            }
        }
    }

    private void fetch16(int counter, int scan, int characters) {
        boolean interleaved = graphics.shiftInterleave();
        for (int c = 0; c <= characters; c++) {
            int planes = memory.get32(crtc.planeAddress(crtc.advance(counter, c) & 0xFFFF, scan) << 2);
            long pixels = interleaved ? interleaved(planes) : planar(planes);
            for (int p = 0; p < 8; p++) {
                scratch[8 * c + p] = palette[(int) (pixels >> 8 * p) & 0x0F];
            }
        }
    }

    private static long planar(int planes) {
        return SPREAD[planes & 0xFF]
                | SPREAD[planes >> 8 & 0xFF] << 1
                | SPREAD[planes >> 16 & 0xFF] << 2
                | SPREAD[planes >>> 24] << 3;
    }

    /** CGA's four colours: two bits a pixel, four pixels from an even plane, then four from the odd one. */
    private static long interleaved(int planes) {
        long pixels = 0;
        for (int p = 0; p < 8; p++) {
            int pair = p < 4 ? planes : planes >> 8;
            int bit = 6 - 2 * (p & 3);
            int pixel = pair >> bit & 3 | (pair >> 16 + bit & 3) << 2;
            pixels |= (long) pixel << 8 * p;
        }
        return pixels;
    }

    private void renderVbe(Frame frame, boolean all) {
        int width = dispi.width();
        int height = dispi.height();
        int pitch = dispi.pitch();
        int start = dispi.start();
        boolean planar = dispi.bpp() == 4;
        int unit = planar ? 2 : 0; // a plane address stands for four bytes
        int rowBytes = planar ? width / 8 + 1 : (width * dispi.bpp() + 7) / 8;
        boolean written = memory.collectDirty((start + (height - 1) * pitch + rowBytes) << unit);
        if (!all && !written) {
            return;
        }
        if (all) {
            derivePalette();
            frame.resize(width, height);
            frame.setText(TextScreen.NONE);
        }
        for (int y = 0; y < height; y++) {
            int at = start + y * pitch;
            int last = Math.min((at + rowBytes << unit) - 1, memory.size() - 1);
            if (all || memory.dirty(at << unit, last)) {
                readVbeRow(at, width);
                frame.setRow(y, line);
            }
        }
    }

    private void readVbeRow(int at, int width) {
        switch (dispi.bpp()) {
            case 4 -> {
                int pan = dispi.panning();
                for (int x = 0; x < width; x++) {
                    int address = at + (x + pan >> 3);
                    long pixels = planar(memory.get32(address << 2 & memory.size() - 1));
                    line[x] = palette[(int) (pixels >> 8 * (x + pan & 7)) & 0x0F];
                }
            }
            case 15 -> {
                memory.copy8(at, bytes, width * 2);
                for (int x = 0; x < width; x++) {
                    int v = bytes[2 * x] & 0xFF | (bytes[2 * x + 1] & 0xFF) << 8;
                    line[x] = ALPHA | widen5(v >> 10) << 16 | widen5(v >> 5) << 8 | widen5(v);
                }
            }
            case 16 -> {
                memory.copy8(at, bytes, width * 2);
                for (int x = 0; x < width; x++) {
                    int v = bytes[2 * x] & 0xFF | (bytes[2 * x + 1] & 0xFF) << 8;
                    int green = v >> 5 & 0x3F;
                    line[x] = ALPHA | widen5(v >> 11) << 16 | (green << 2 | green >> 4) << 8 | widen5(v);
                }
            }
            case 24 -> {
                memory.copy8(at, bytes, width * 3);
                for (int x = 0; x < width; x++) {
                    int b = 3 * x;
                    line[x] = ALPHA | (bytes[b + 2] & 0xFF) << 16 | (bytes[b + 1] & 0xFF) << 8 | bytes[b] & 0xFF;
                }
            }
            case 32 -> {
                memory.copy32(at, line, width);
                for (int x = 0; x < width; x++) {
                    line[x] |= ALPHA;
                }
            }
            default -> {
                memory.copy8(at, bytes, width);
                for (int x = 0; x < width; x++) {
                    line[x] = dac.color(bytes[x] & 0xFF);
                }
            }
        }
    }

    private static int widen5(int v) {
        int five = v & 0x1F;
        return five << 3 | five >> 2;
    }
}
