package org.terrarium.app.fx;

import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;

/** The one way onto the JavaFX thread. */
public final class FxThread {
    private FxThread() {}

    /** Runs {@code action} now when this is the JavaFX thread, else soon on it. */
    public static void run(Runnable action) {
        if (Platform.isFxApplicationThread()) {
            action.run();
        } else {
            Platform.runLater(action);
        }
    }

    /** Runs {@code action} on the JavaFX thread after what it does now. */
    public static void later(Runnable action) {
        Platform.runLater(action);
    }

    /** A signal for {@code action}: however often it is given from any thread, at most one run is waiting. */
    public static Runnable coalesced(Runnable action) {
        AtomicBoolean waiting = new AtomicBoolean();
        return () -> {
            if (waiting.compareAndSet(false, true)) {
                Platform.runLater(() -> {
                    waiting.set(false);
                    action.run();
                });
            }
        };
    }
}
