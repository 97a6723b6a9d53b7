package org.terrarium.vm.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    @Test
    void pngHoldsTheSamePixels(@TempDir Path folder) throws IOException {
        int[] pixels = {0xFF000000, 0xFFFFFFFF, 0xFF123456, 0xFFFF0000, 0xFF00FF00, 0xFF0000FF};
        Path file = folder.resolve("shot.png");
        new Picture(3, 2, pixels).writePng(file);
        var image = ImageIO.read(file.toFile());
        assertEquals(3, image.getWidth());
        assertEquals(2, image.getHeight());
        for (int i = 0; i < 6; i++) {
            assertEquals(pixels[i], image.getRGB(i % 3, i / 3) | 0xFF000000);
        }
    }

    @Test
    void thumbnailsAverageAndKeepProportions() {
        int[] pixels = new int[40 * 20];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 2 == 0 ? 0xFF000000 : 0xFFFEFEFE;
        }
        Picture small = new Picture(40, 20, pixels).thumbnail(10, 10);
        assertEquals(10, small.width());
        assertEquals(5, small.height());
        assertEquals(0xFF7F7F7F, small.pixel(3, 3));
        assertSame(small, small.thumbnail(100, 100));
    }

    @Test
    void sizeAndPixelsMustAgree() {
        assertThrows(IllegalArgumentException.class, () -> new Picture(2, 2, new int[3]));
    }
}
