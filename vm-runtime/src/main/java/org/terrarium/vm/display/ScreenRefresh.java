package org.terrarium.vm.display;

import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * Keeps a screen up to date on the machine's thread: as often as the most demanding viewer asks, at most 60 times a second,
 * and not at all while nobody looks.
 */
public final class ScreenRefresh {
    private static final long SECOND = 1_000_000_000L;

    /** How soon a new viewer is noticed, in checks a second. */
    private static final int UNWATCHED_RATE = 10;

    private final FrameSource source;
    private final Screen screen;
    private final TimerQueue timers;
    private final Timer timer;
    private final Frame frame = new Frame();

    public ScreenRefresh(FrameSource source, Screen screen, TimerQueue timers) {
        this.source = source;
        this.screen = screen;
        this.timers = timers;
        this.timer = timers.create("screen", this::due);
    }

    /** Starts refreshing; stops with the machine's time. */
    public void start() {
        timer.at(timers.nanos());
    }

    /** Brings the screen up to date now, whether somebody looks or not (screenshots, a paused machine). */
    public void refresh() {
        source.render(frame);
        screen.publish(frame);
    }

    private void due() {
        int rate = screen.wantedRate();
        if (rate > 0) {
            refresh();
        }
        timer.at(timers.nanos() + SECOND / (rate > 0 ? rate : UNWATCHED_RATE));
    }
}
