package org.terrarium.app.console;

import java.nio.IntBuffer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.text.Text;
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
    private final ScrollBar across = scrollBar(Orientation.HORIZONTAL);
    private final ScrollBar down = scrollBar(Orientation.VERTICAL);
    private final ObjectProperty<Scale> scale = new SimpleObjectProperty<>(this, "scale", Scale.WHOLE);
    private final ReadOnlyObjectWrapper<Viewport> viewport =
            new ReadOnlyObjectWrapper<>(this, "viewport", Viewport.place(720, 400, 1, 720, 400, Scale.WHOLE, 0, 0));
    private final Runnable update = FxThread.coalesced(this::update);
    private long frames;
    private Screen screen;
    private ScreenViewer viewer;
    private boolean active;
    private PixelBuffer<IntBuffer> pixels;
    private WritableImage image;

    ScreenCanvas() {
        getStyleClass().add("screen-canvas");
        setAccessibleText(Text.of("console.screen"));
        getChildren().addAll(canvas, across, down);
        canvas.setManaged(false);
        scale.addListener((o, was, is) -> {
            requestLayout();
            drawAll();
        });
        setPrefSize(720, 400);
        setMinSize(160, 100);
    }

    private ScrollBar scrollBar(Orientation orientation) {
        ScrollBar bar = new ScrollBar();
        bar.setOrientation(orientation);
        bar.setMax(1);
        bar.setVisible(false);
        bar.setFocusTraversable(false);
        bar.valueProperty().addListener((o, was, is) -> drawAll());
        return bar;
    }

    ObjectProperty<Scale> scaleProperty() {
        return scale;
    }

    ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    /** How many pictures were drawn, each different from the one before. */
    long frames() {
        return frames;
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
        frames++;
        int first = resized ? 0 : firstRow;
        int end = resized ? height : endRow;
        pixels.updateBuffer(buffer -> {
            buffer.getBuffer().put(first * width, argb, first * width, (end - first) * width);
            return new Rectangle2D(0, first, width, end - first);
        });
        if (resized) {
            requestLayout(); // scroll bars may come or go
            drawAll();
        } else {
            drawRows(first, end);
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double barWidth = down.prefWidth(-1);
        double barHeight = across.prefHeight(-1);
        boolean actual = scale.get() == Scale.ACTUAL && pixels != null;
        double pictureWidth = actual ? pixels.getWidth() / outputScale() : 0;
        double pictureHeight = actual ? pixels.getHeight() / outputScale() : 0;
        boolean wide = pictureWidth > width;
        boolean tall = pictureHeight > height - (wide ? barHeight : 0);
        wide = pictureWidth > width - (tall ? barWidth : 0);
        show(across, wide, (width - (tall ? barWidth : 0)) / Math.max(1, pictureWidth));
        show(down, tall, (height - (wide ? barHeight : 0)) / Math.max(1, pictureHeight));
        double viewWidth = width - (tall ? barWidth : 0);
        double viewHeight = height - (wide ? barHeight : 0);
        across.resizeRelocate(0, height - barHeight, viewWidth, barHeight);
        down.resizeRelocate(width - barWidth, 0, barWidth, viewHeight);
        if (canvas.getWidth() != viewWidth || canvas.getHeight() != viewHeight) {
            canvas.setWidth(viewWidth);
            canvas.setHeight(viewHeight);
            drawAll();
        }
    }

    private static void show(ScrollBar bar, boolean on, double seen) {
        bar.setVisible(on);
        bar.setVisibleAmount(Math.clamp(seen, 0, 1));
        if (!on) {
            bar.setValue(0);
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
                scale.get(),
                across.getValue(),
                down.getValue()));
        drawRows(0, pixels.getHeight());
    }

    private void drawRows(int firstRow, int endRow) {
        Viewport v = viewport.get();
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setImageSmoothing(!v.crisp());
        if (v.crisp()) {
            double enlarged = v.scale();
            g.drawImage(
                    image,
                    0,
                    firstRow,
                    v.guestWidth(),
                    endRow - firstRow,
                    v.x(),
                    v.y() + firstRow * enlarged,
                    v.width(),
                    (endRow - firstRow) * enlarged);
        } else {
            g.drawImage(image, v.x(), v.y(), v.width(), v.height());
        }
    }

    private double outputScale() {
        Window window = getScene() == null ? null : getScene().getWindow();
        return window == null ? 1 : window.getOutputScaleX();
    }
}
