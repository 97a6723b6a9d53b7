package org.terrarium.app.console;

/**
 * Where the guest's picture lies in the canvas, in the canvas's logical pixels.
 *
 * @param x left edge
 * @param y top edge
 * @param width of the whole picture
 * @param height of the whole picture
 * @param guestWidth pixels of the guest's picture
 * @param guestHeight pixels of the guest's picture
 * @param crisp whether each guest pixel becomes the same whole number of device pixels
 */
public record Viewport(
        double x, double y, double width, double height, int guestWidth, int guestHeight, boolean crisp) {
    /**
     * Places a picture: enlarged by the largest whole number of device pixels that fits, or made smaller when it does not fit;
     * with {@code fill} as large as fits.
     *
     * @param outputScale device pixels for a logical pixel
     */
    public static Viewport place(
            double viewWidth, double viewHeight, double outputScale, int guestWidth, int guestHeight, boolean fill) {
        double fits = Math.min(viewWidth * outputScale / guestWidth, viewHeight * outputScale / guestHeight);
        boolean whole = fits >= 1 && (!fill || fits == Math.rint(fits));
        double scale = whole ? Math.floor(fits) : Math.max(fits, 0.01);
        double width = guestWidth * scale / outputScale;
        double height = guestHeight * scale / outputScale;
        double x = Math.rint((viewWidth - width) / 2 * outputScale) / outputScale;
        double y = Math.rint((viewHeight - height) / 2 * outputScale) / outputScale;
        return new Viewport(Math.max(0, x), Math.max(0, y), width, height, guestWidth, guestHeight, whole);
    }

    /** Canvas pixels of a guest pixel. */
    public double scale() {
        return width / guestWidth;
    }

    /** How far right a point of the canvas lies in the picture: 0 the left edge, 1 the right one; cut to that. */
    public double relativeX(double canvasX) {
        return Math.clamp((canvasX - x) / width, 0.0, 1.0);
    }

    /** How far down a point of the canvas lies in the picture: 0 the top edge, 1 the lower one; cut to that. */
    public double relativeY(double canvasY) {
        return Math.clamp((canvasY - y) / height, 0.0, 1.0);
    }

    /** Whether a point of the canvas lies in the picture. */
    public boolean contains(double canvasX, double canvasY) {
        return canvasX >= x && canvasX < x + width && canvasY >= y && canvasY < y + height;
    }
}
