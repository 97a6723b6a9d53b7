package org.terrarium.vm.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The character sets of code page 437 in the three standard heights, from the resource that {@code packaging/font/FontMaker}
 * writes: 256 glyphs of 16 rows, of 14 rows, of 8 rows.
 */
final class VideoFonts {
    private static final String RESOURCE = "cp437-8x16-8x14-8x8.font";

    private final byte[] all;

    VideoFonts() {
        try (InputStream in = VideoFonts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource missing: " + RESOURCE);
            }
            all = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (all.length != 256 * (16 + 14 + 8)) {
            throw new IllegalStateException("resource damaged: " + RESOURCE);
        }
    }

    byte[] font16() {
        return Arrays.copyOfRange(all, 0, 256 * 16);
    }

    byte[] font14() {
        return Arrays.copyOfRange(all, 256 * 16, 256 * 30);
    }

    byte[] font8() {
        return Arrays.copyOfRange(all, 256 * 30, 256 * 38);
    }

    /** The set with this many rows a glyph; 16 unless 14 or 8. */
    byte[] font(int height) {
        return switch (height) {
            case 8 -> font8();
            case 14 -> font14();
            default -> font16();
        };
    }
}
