package org.terrarium.app.console;

import java.nio.IntBuffer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import org.terrarium.app.fx.FxThread;
import org.terrarium.vm.display.Screen;
import org.terrarium.vm.display.ScreenViewer;

/**
 * Draws a machine's screen. Only rows that changed are copied and drawn, nothing while nothing changes; a canvas with
 * smoothing off is the only way in JavaFX to enlarge pixels crisply. While it is not {@link #setActive active} it does not look
 * at the screen at all.
 */
final class ScreenCanvas extends Region {
    private static final int FRAMES_PER_SECOND = 60;

    private final Canvas canvas = new Canvas();
    private final BooleanProperty fill = new SimpleBooleanProperty(this, "fill");
    private final ReadOnlyObjectWrapper<Viewport> viewport =
            new ReadOnlyObjectWrapper<>(this, "viewport", Viewport.place(720, 400, 1, 720, 400, false));
    private final Runnable update = FxThread.coalesced(this::update);
    private Screen screen;
    private ScreenViewer viewer;
    private boolean active;
    private PixelBuffer<IntBuffer> pixels;
    private WritableImage image;

    ScreenCanvas() {
        getStyleClass().add("screen-canvas");
        getChildren().add(canvas);
        canvas.setManaged(false);
        fill.addListener((o, was, is) -> drawAll());
        setPrefSize(720, 400);
    }

    BooleanProperty fillProperty() {
        return fill;
    }

    ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    /** Shows another screen; null shows black. */
    void setScreen(Screen newScreen) {
        stopLooking();
        screen = newScreen;
        if (screen == null) {
            image = null;
            pixels = null;
            drawAll();
        } else if (active) {
            look();
        }
    }

    /** Whether somebody can see the canvas. An unseen canvas would pile up drawing commands. */
    void setActive(boolean nowActive) {
        if (nowActive == active) {
            return;
        }
        active = nowActive;
        if (active && screen != null) {
            look();
        } else {
            stopLooking();
        }
    }

    private void look() {
        viewer = screen.open(FRAMES_PER_SECOND, update);
        update.run();
    }

    private void stopLooking() {
        if (viewer != null) {
            viewer.close();
            viewer = null;
        }
    }

    private void update() {
        if (viewer != null) {
            viewer.take(this::receive);
        }
    }

    private void receive(int width, int height, int[] argb, int firstRow, int endRow) {
        boolean resized = pixels == null || pixels.getWidth() != width || pixels.getHeight() != height;
        if (resized) {
            pixels = new PixelBuffer<>(
                    width, height, IntBuffer.allocate(width * height), PixelFormat.getIntArgbPreInstance());
            image = new WritableImage(pixels);
        } else if (firstRow >= endRow) {
            return;
        }
        int first = resized ? 0 : firstRow;
        int end = resized ? height : endRow;
        pixels.updateBuffer(buffer -> {
            buffer.getBuffer().put(first * width, argb, first * width, (end - first) * width);
            return new Rectangle2D(0, first, width, end - first);
        });
        if (resized) {
            drawAll();
        } else {
            drawRows(first, end);
        }
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            drawAll();
        }
    }

    private void drawAll() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(Color.BLACK);
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (image == null || canvas.getWidth() < 1 || canvas.getHeight() < 1) {
            return;
        }
        viewport.set(Viewport.place(
                canvas.getWidth(),
                canvas.getHeight(),
                outputScale(),
                pixels.getWidth(),
                pixels.getHeight(),
                fill.get()));
        drawRows(0, pixels.getHeight());
    }

    private void drawRows(int firstRow, int endRow) {
        Viewport v = viewport.get();
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setImageSmoothing(!v.crisp());
        if (v.crisp()) {
            double scale = v.scale();
            g.drawImage(
                    image,
                    0,
                    firstRow,
                    v.guestWidth(),
                    endRow - firstRow,
                    v.x(),
                    v.y() + firstRow * scale,
                    v.width(),
                    (endRow - firstRow) * scale);
        } else {
            g.drawImage(image, v.x(), v.y(), v.width(), v.height());
        }
    }

    private double outputScale() {
        Window window = getScene() == null ? null : getScene().getWindow();
        return window == null ? 1 : window.getOutputScaleX();
    }
}
