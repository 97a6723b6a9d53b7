package org.terrarium.app.fx;

import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.terrarium.vm.display.Picture;

/** Pictures of guests as JavaFX images. */
public final class Pictures {
    private Pictures() {}

    /** The same picture for an image view; null for null. */
    public static Image image(Picture picture) {
        if (picture == null) {
            return null;
        }
        WritableImage image = new WritableImage(picture.width(), picture.height());
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        picture.width(),
                        picture.height(),
                        PixelFormat.getIntArgbInstance(),
                        picture.argb(),
                        0,
                        picture.width());
        return image;
    }
}
