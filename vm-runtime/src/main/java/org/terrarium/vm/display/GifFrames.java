package org.terrarium.vm.display;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * The frames of an animated GIF, by the JDK's own writer. A frame with up to 256 colours, as everything in text modes, is stored
 * as it is; in others similar colours become one.
 */
final class GifFrames {
    private static final int COLOURS = 256;
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final long NANOS_OF_HUNDREDTH = TimeUnit.MILLISECONDS.toNanos(10);

    /** Viewers take a shorter one for an error and show the frame much longer. */
    private static final long MIN_DELAY = 2;

    private static final long MAX_DELAY = 0xFFFF;

    private final ImageWriter writer;
    private boolean first = true;

    GifFrames(ImageOutputStream out) throws IOException {
        writer = ImageIO.getImageWritersByFormatName("gif").next();
        writer.setOutput(out);
        writer.prepareWriteSequence(null);
    }

    /**
     * Adds a part of a picture.
     *
     * @param argb the whole picture, {@code width} pixels wide
     * @param nanos how long it stands
     */
    void add(int[] argb, int width, Rectangle part, long nanos) throws IOException {
        BufferedImage image = image(argb, width, part);
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        metadata.mergeTree(FORMAT, describe(part, nanos, first));
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
        first = false;
    }

    void end() throws IOException {
        writer.endWriteSequence();
    }

    void dispose() {
        writer.dispose();
    }

    private static IIOMetadataNode describe(Rectangle part, long nanos, boolean loop) throws IIOInvalidTreeException {
        IIOMetadataNode place = new IIOMetadataNode("ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(part.x));
        place.setAttribute("imageTopPosition", Integer.toString(part.y));
        place.setAttribute("imageWidth", Integer.toString(part.width));
        place.setAttribute("imageHeight", Integer.toString(part.height));
        place.setAttribute("interlaceFlag", "FALSE");
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Long.toString(Math.clamp(nanos / NANOS_OF_HUNDREDTH, MIN_DELAY, MAX_DELAY)));
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(place);
        root.appendChild(control);
        if (loop) {
            IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
            extension.setAttribute("applicationID", "NETSCAPE");
            extension.setAttribute("authenticationCode", "2.0");
            extension.setUserObject(new byte[] {1, 0, 0}); // again and again
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            extensions.appendChild(extension);
            root.appendChild(extensions);
        }
        return root;
    }

    private static BufferedImage image(int[] argb, int width, Rectangle part) {
        int[] pixels = new int[part.width * part.height];
        for (int y = 0; y < part.height; y++) {
            System.arraycopy(argb, (part.y + y) * width + part.x, pixels, y * part.width, part.width);
        }
        int[] palette = palette(pixels);
        if (palette.length > COLOURS) {
            BufferedImage image = new BufferedImage(part.width, part.height, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, part.width, part.height, pixels, 0, part.width);
            return image;
        }
        IndexColorModel colours = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(part.width, part.height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        byte[] indexes = new byte[pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            indexes[n] = (byte) Arrays.binarySearch(palette, pixels[n]);
        }
        image.getRaster().setDataElements(0, 0, part.width, part.height, indexes);
        return image;
    }

    /** The colours in order; a few more than fit when there are too many. */
    private static int[] palette(int[] pixels) {
        int[] found = new int[COLOURS + 2];
        int count = 0;
        int last = 0;
        for (int n = 0; n < pixels.length && count <= COLOURS; n++) {
            int pixel = pixels[n];
            if (n > 0 && pixel == last) {
                continue;
            }
            last = pixel;
            int at = Arrays.binarySearch(found, 0, count, pixel);
            if (at < 0) {
                System.arraycopy(found, -at - 1, found, -at, count - (-at - 1));
                found[-at - 1] = pixel;
                count++;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
