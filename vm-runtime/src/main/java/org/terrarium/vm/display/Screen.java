package org.terrarium.vm.display;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A machine's screen as others see it. The machine's thread publishes; windows, thumbnails and the command line read from
 * any thread, each through a {@link ScreenViewer} that remembers which rows it has not seen yet.
 */
public final class Screen {
    private final Object lock = new Object();
    private final List<ScreenViewer> viewers = new CopyOnWriteArrayList<>();
    private int width = 720;
    private int height = 400;
    private int[] argb = new int[width * height];
    private long generation;
    private TextScreen text = TextScreen.NONE;

    public Screen() {
        Arrays.fill(argb, Frame.BLACK);
    }

    public int width() {
        synchronized (lock) {
            return width;
        }
    }

    public int height() {
        synchronized (lock) {
            return height;
        }
    }

    /** Counts published changes; equal numbers mean an equal screen. */
    public long generation() {
        synchronized (lock) {
            return generation;
        }
    }

    /** The characters on the screen as last published; {@link TextScreen#NONE} in graphics modes. */
    public TextScreen text() {
        synchronized (lock) {
            return text;
        }
    }

    /** A copy of what the screen shows, as last published. */
    public Picture picture() {
        synchronized (lock) {
            return new Picture(width, height, Arrays.copyOf(argb, width * height));
        }
    }

    /**
     * Starts looking at the screen; it is only kept up to date while somebody looks.
     *
     * @param perSecond how many updates a second this viewer wants at most, 1 to 60
     * @param changed called on the machine's thread when there is something to take, and not again before it was taken
     */
    public ScreenViewer open(int perSecond, Runnable changed) {
        ScreenViewer viewer = new ScreenViewer(this, Math.clamp(perSecond, 1, 60), changed);
        viewers.add(viewer);
        return viewer;
    }

    /** The highest update rate any viewer asks for, a second; 0 when nobody looks. */
    public int wantedRate() {
        int rate = 0;
        for (ScreenViewer v : viewers) {
            rate = Math.max(rate, v.perSecond());
        }
        return rate;
    }

    /** Machine's thread: shows what changed in the frame since it was last published. */
    public void publish(Frame frame) {
        if (!frame.pending()) {
            return;
        }
        synchronized (lock) {
            boolean resized = frame.width() != width || frame.height() != height;
            if (resized) {
                width = frame.width();
                height = frame.height();
                if (argb.length != width * height) {
                    argb = new int[width * height];
                }
            }
            int first = resized ? 0 : Math.clamp(frame.firstChanged(), 0, height);
            int end = resized ? height : Math.clamp(frame.endChanged(), first, height);
            System.arraycopy(frame.argb(), first * width, argb, first * width, (end - first) * width);
            text = frame.text();
            generation++;
            for (ScreenViewer v : viewers) {
                v.add(first, end);
            }
        }
        frame.clean();
        for (ScreenViewer v : viewers) {
            v.tell();
        }
    }

    boolean take(ScreenViewer viewer, ScreenViewer.Receiver receiver) {
        synchronized (lock) {
            if (!viewer.pending()) {
                return false;
            }
            int first = Math.min(viewer.firstRow(), height);
            int end = Math.min(viewer.endRow(), height);
            viewer.clean();
            receiver.receive(width, height, argb, first, Math.max(first, end));
            return true;
        }
    }

    void close(ScreenViewer viewer) {
        viewers.remove(viewer);
    }
}
