package org.terrarium.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.display.Screen;
import org.terrarium.vm.display.ScreenRecorder;

/** The film that a console makes of its screen, at most one at a time. Belongs to the JavaFX thread. */
final class Recording {
    private final Threads threads;
    private final Problems problems;
    private final LongSupplier nanos;
    private final ReadOnlyStringWrapper elapsed = new ReadOnlyStringWrapper(this, "elapsed", "");
    private ScreenRecorder recorder;
    private long since;

    Recording(Threads threads, Problems problems, LongSupplier nanos) {
        this.threads = threads;
        this.problems = problems;
        this.nanos = nanos;
    }

    /** How long it has been going on, minutes and seconds; empty while there is none. */
    ReadOnlyStringProperty elapsedProperty() {
        return elapsed.getReadOnlyProperty();
    }

    boolean running() {
        return recorder != null;
    }

    /** Begins, unless one is going on. */
    void start(Screen screen, Path file) {
        if (recorder != null) {
            return;
        }
        try {
            ScreenRecorder[] started = new ScreenRecorder[1];
            started[0] = new ScreenRecorder(
                    screen, file, nanos, trouble -> threads.ui().execute(() -> ended(started[0], trouble)));
            recorder = started[0];
            since = nanos.getAsLong();
            tick();
        } catch (IOException e) {
            report(HostTrouble.sentence(e));
        }
    }

    /** Ends it; the file is there a little later. */
    void stop() {
        ScreenRecorder ending = recorder;
        if (ending != null) {
            threads.background().execute(ending::close);
        }
    }

    /** Brings {@link #elapsedProperty} up to date. */
    void tick() {
        if (recorder != null) {
            Duration d = Duration.ofNanos(nanos.getAsLong() - since);
            elapsed.set(String.format(Locale.ROOT, "%d:%02d", d.toMinutes(), d.toSecondsPart()));
        }
    }

    private void ended(ScreenRecorder which, String trouble) {
        if (recorder == which || recorder == null) {
            recorder = null;
            elapsed.set("");
        }
        if (!trouble.isEmpty()) {
            report(trouble);
        }
    }

    private void report(String sentence) {
        problems.report(Text.of("console.record.failed"), sentence);
    }
}
