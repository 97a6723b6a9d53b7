package org.terrarium.vm.display;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.terrarium.vm.spec.AtomicFile;

/**
 * A still of a screen.
 *
 * @param width pixels
 * @param height pixels
 * @param argb opaque pixels, row by row
 */
public record Picture(int width, int height, int[] argb) {
    public Picture {
        if (width < 1 || height < 1 || argb.length != width * height) {
            throw new IllegalArgumentException(
                    "A picture of " + width + " by " + height + " cannot have " + argb.length + " pixels");
        }
    }

    /** The pixel at a column and a row. */
    public int pixel(int x, int y) {
        return argb[y * width + x];
    }

    /**
     * This picture made smaller, each pixel the average of those it stands for, to fit into the given box with its
     * proportions kept; a picture that fits already stays as it is.
     */
    public Picture thumbnail(int maxWidth, int maxHeight) {
        double scale = Math.min(maxWidth / (double) width, maxHeight / (double) height);
        if (scale >= 1) {
            return this;
        }
        int w = Math.max(1, (int) Math.round(width * scale));
        int h = Math.max(1, (int) Math.round(height * scale));
        int[] small = new int[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                small[y * w + x] = average(x * width, y * height, w, h);
            }
        }
        return new Picture(w, h, small);
    }

    /**
     * The average over the box that one pixel of a {@code w} by {@code h} picture covers, pixels at its edges counted by
     * the part that is inside. The box starts at {@code left / w}, {@code top / h} and is {@code width / w} wide; all
     * lengths are kept multiplied by {@code w} and {@code h}, so that they are whole numbers.
     */
    private int average(long left, long top, int w, int h) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = (int) (top / h); (long) y * h < top + height; y++) {
            long down = Math.min((y + 1L) * h, top + height) - Math.max((long) y * h, top);
            for (int x = (int) (left / w); (long) x * w < left + width; x++) {
                long weight = down * (Math.min((x + 1L) * w, left + width) - Math.max((long) x * w, left));
                int p = argb[y * width + x];
                red += weight * (p >> 16 & 0xFF);
                green += weight * (p >> 8 & 0xFF);
                blue += weight * (p & 0xFF);
            }
        }
        long all = (long) width * height;
        return 0xFF000000 | (int) (red / all) << 16 | (int) (green / all) << 8 | (int) (blue / all);
    }

    /** The picture as a PNG file's bytes. */
    public byte[] png() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new AssertionError("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    /** Writes the picture as a PNG file, replacing one that is there; when that fails it is left as it was. */
    public void writePng(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.write(file, png()); // a pipe or device
        } else {
            AtomicFile.write(file, png());
        }
    }
}
