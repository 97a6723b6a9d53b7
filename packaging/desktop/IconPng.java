import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javax.imageio.ImageIO;
import org.terrarium.app.fx.Icons;

/** Draws one of our SVG icons into PNG files of several sizes: IconPng NAME FOLDER SIZE..., giving FOLDER/SIZE.png. */
public final class IconPng {
    private IconPng() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch drawn = new CountDownLatch(1);
        Platform.startup(() -> {
            try {
                for (int n = 2; n < args.length; n++) {
                    write(Icons.image(args[0], Integer.parseInt(args[n])), Path.of(args[1], args[n] + ".png"));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                drawn.countDown();
            }
        });
        drawn.await();
        Platform.exit();
    }

    private static void write(Image image, Path file) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", new File(file.toString()));
    }
}
