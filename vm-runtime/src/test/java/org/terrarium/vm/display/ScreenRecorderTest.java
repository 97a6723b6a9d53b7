package org.terrarium.vm.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings, read back by the JDK's GIF reader and put together as a viewer does. */
class ScreenRecorderTest {
    @TempDir
    Path folder;

    private final Screen screen = new Screen();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> ended = new ArrayList<>();

    private void show(int width, int height, int... colours) {
        Frame frame = new Frame();
        frame.resize(width, height);
        int[] argb = frame.argb();
        for (int n = 0; n < width * height; n++) {
            argb[n] = colours[n % colours.length];
        }
        frame.changed(0, height);
        screen.publish(frame);
    }

    /** The film's pictures as a viewer shows them one after the other, on a black ground of the film's size. */
    private static List<int[]> film(Path file) throws IOException {
        List<int[]> pictures = new ArrayList<>();
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            byte[] header = Files.readAllBytes(file);
            int width = header[6] & 0xFF | (header[7] & 0xFF) << 8;
            int height = header[8] & 0xFF | (header[9] & 0xFF) << 8;
            BufferedImage ground = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            for (int n = 0; n < reader.getNumImages(true); n++) {
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(n).getAsTree("javax_imageio_gif_image_1.0");
                IIOMetadataNode place = (IIOMetadataNode)
                        root.getElementsByTagName("ImageDescriptor").item(0);
                ground.getGraphics()
                        .drawImage(
                                reader.read(n),
                                Integer.parseInt(place.getAttribute("imageLeftPosition")),
                                Integer.parseInt(place.getAttribute("imageTopPosition")),
                                null);
                pictures.add(ground.getRGB(0, 0, width, height, null, 0, width));
            }
        }
        reader.dispose();
        return pictures;
    }

    @Test
    void theFilmEndsWithWhatTheScreenShowedLast() throws Exception {
        Path file = folder.resolve("film.gif");
        show(8, 4, 0xFF112233, 0xFF445566, 0xFFFFFFFF);
        try (ScreenRecorder recorder = new ScreenRecorder(screen, file, nanos::get, ended::add)) {
            assertEquals(file.toAbsolutePath(), recorder.file());
            nanos.set(500_000_000);
            show(8, 4, 0xFF000000, 0xFF00FF00);
        }
        List<int[]> film = film(file);
        assertTrue(Arrays.equals(screen.picture().argb(), film.getLast()), "the last picture is another");
        assertEquals(List.of(""), ended);
        assertFalse(Files.exists(folder.resolve("film.gif.part")));
    }

    @Test
    void aLargerScreenMakesAllOfTheFilmLargerAndASmallerOneLeavesBlack() throws Exception {
        Path file = folder.resolve("film.gif");
        show(4, 4, 0xFFAA0000);
        try (ScreenRecorder recorder = new ScreenRecorder(screen, file, nanos::get, ended::add)) {
            assertEquals("", recorder.trouble());
            show(6, 2, 0xFF00BB00);
        }
        int[] last = film(file).getLast();
        assertEquals(0xFF00BB00, last[0]);
        // The first picture may have come and gone before the recorder looked: then the film never was higher than two
        // rows.
        int width = 6;
        for (int n = 2 * width; n < last.length; n++) {
            assertEquals(0xFF000000, last[n], "pixel " + n);
        }
    }

    @Test
    void manyColoursStayRecognizable() throws Exception {
        int[] rainbow = new int[1000];
        for (int n = 0; n < rainbow.length; n++) {
            rainbow[n] = 0xFF000000 | (n % 10) * 25 << 16 | (n / 10 % 10) * 25 << 8 | n / 100 * 25;
        }
        show(40, 25, rainbow);
        Path file = folder.resolve("film.gif");
        new ScreenRecorder(screen, file, nanos::get, ended::add).close();
        int[] last = film(file).getLast();
        long error = 0;
        for (int n = 0; n < last.length; n++) {
            for (int shift = 0; shift < 24; shift += 8) {
                error += Math.abs((last[n] >> shift & 0xFF) - (rainbow[n] >> shift & 0xFF));
            }
        }
        assertTrue(error / (3 * last.length) < 16, "the colours are off by " + error / (3 * last.length));
    }

    @Test
    void aFolderThatIsNotThereIsSaidAtOnce() {
        Path file = folder.resolve("none/film.gif");
        IOException e = assertThrows(IOException.class, () -> new ScreenRecorder(screen, file, nanos::get, ended::add));
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertEquals(0, screen.wantedRate(), "nobody looks any more");
    }
}
