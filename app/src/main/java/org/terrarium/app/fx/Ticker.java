package org.terrarium.app.fx;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does something on the JavaFX thread every so often while it is started. Not an animation: a running animation has JavaFX
 * prepare sixty frames a second whether anything changes or not, which an idle window should not cost.
 */
public final class Ticker {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ticker").daemon(true).factory());

    private final Duration period;
    private final Runnable tick;
    private ScheduledFuture<?> running;

    public Ticker(Duration period, Runnable action) {
        this.period = period;
        this.tick = FxThread.coalesced(() -> {
            if (running != null) {
                action.run();
            }
        });
    }

    public void start() {
        if (running == null) {
            running = CLOCK.scheduleAtFixedRate(tick, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** No tick comes after this. */
    public void stop() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
