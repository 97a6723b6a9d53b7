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
     * Places a picture. One that is larger than the view, as only {@link Scale#ACTUAL} leaves it, has negative edges.
     *
     * @param outputScale device pixels for a logical pixel
     * @param panX which part of a larger picture is seen: 0 the left edge, 1 the right one
     * @param panY the same from top to bottom
     */
    public static Viewport place(
            double viewWidth,
            double viewHeight,
            double outputScale,
            int guestWidth,
            int guestHeight,
            Scale how,
            double panX,
            double panY) {
        double fits = Math.min(viewWidth * outputScale / guestWidth, viewHeight * outputScale / guestHeight);
        double scale = switch (how) {
            case ACTUAL -> 1;
            case FIT -> Math.max(fits, 0.01);
            case WHOLE -> fits >= 1 ? Math.floor(fits) : Math.max(fits, 0.01);
        };
        double width = guestWidth * scale / outputScale;
        double height = guestHeight * scale / outputScale;
        return new Viewport(
                edge(viewWidth, width, outputScale, panX),
                edge(viewHeight, height, outputScale, panY),
                width,
                height,
                guestWidth,
                guestHeight,
                scale == Math.rint(scale));
    }

    /** In the middle when there is room, on a device pixel. */
    private static double edge(double view, double picture, double outputScale, double pan) {
        double free = view - picture;
        return Math.rint((free >= 0 ? free / 2 : free * pan) * outputScale) / outputScale + 0.0; // never -0.0
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
