package org.terrarium.app.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineListener;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.display.ScreenViewer;
import org.terrarium.vm.library.SoundPlug;

/**
 * What a machine is doing, a small picture of its screen, and the buttons of a PC's front. The machine itself comes and goes:
 * each start is a new one. Properties belong to the JavaFX thread, and so do the methods.
 */
public final class LiveMachine {
    private static final int THUMBNAIL_WIDTH = 800;
    private static final int THUMBNAIL_HEIGHT = 600;
    private static final int THUMBNAILS_PER_SECOND = 2;

    private final String name;
    private final Threads threads;
    private final Problems problems;
    private final ReadOnlyObjectWrapper<Status> status = new ReadOnlyObjectWrapper<>(this, "status", Status.OFF);
    private final ReadOnlyObjectWrapper<String> trouble = new ReadOnlyObjectWrapper<>(this, "trouble", "");
    private final ReadOnlyObjectWrapper<Machine> machine = new ReadOnlyObjectWrapper<>(this, "machine");
    private final ObjectProperty<Picture> thumbnail = new SimpleObjectProperty<>(this, "thumbnail");
    private volatile ScreenViewer viewer;
    private Runnable onEnd = () -> {};

    public LiveMachine(String name, Threads threads, Problems problems) {
        this.name = name;
        this.threads = threads;
        this.problems = problems;
    }

    public ReadOnlyObjectProperty<Status> statusProperty() {
        return status.getReadOnlyProperty();
    }

    public Status status() {
        return status.get();
    }

    /**
     * Why it is broken, in use elsewhere or failed, or what trouble the host had with it while it was on: one sentence, else
     * empty.
     */
    public ReadOnlyObjectProperty<String> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** The machine while it is on, else null. */
    public ReadOnlyObjectProperty<Machine> machineProperty() {
        return machine.getReadOnlyProperty();
    }

    /** What the screen showed last; null before the first start. */
    public ReadOnlyObjectProperty<Picture> thumbnailProperty() {
        return thumbnail;
    }

    /** Whether there is a machine that is on. */
    public boolean on() {
        return machine.get() != null;
    }

    /** Says what a machine that is not on is doing. */
    public void set(Status newStatus, String why) {
        trouble.set(why);
        status.set(newStatus);
    }

    /** Follows a machine that is about to be started; {@code ended} is called, in the background, when it is off again. */
    public void attach(Machine started, Runnable ended) {
        onEnd = ended;
        started.addListener(new MachineListener() {
            @Override
            public void stateChanged(MachineState state) {
                threads.ui().execute(() -> LiveMachine.this.stateChanged(started, state));
            }

            @Override
            public void hostTrouble(String sentence) {
                threads.ui().execute(() -> {
                    if (machine.get() == started) {
                        trouble.set(sentence);
                    }
                });
            }
        });
        machine.set(started);
        viewer = started.screen().open(THUMBNAILS_PER_SECOND, () -> takeThumbnail(started));
    }

    /** On the machine's thread, at most twice a second: the picture is made small before it travels. */
    private void takeThumbnail(Machine of) {
        ScreenViewer v = viewer;
        if (v != null && v.take((w, h, argb, first, end) -> {})) {
            Picture small = of.screen().picture().thumbnail(THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
            threads.ui().execute(() -> thumbnail.set(small));
        }
    }

    private void stateChanged(Machine of, MachineState state) {
        if (machine.get() != of) {
            return;
        }
        switch (state) {
            case READY -> {}
            case RUNNING -> status.set(Status.RUNNING);
            case PAUSED -> status.set(Status.PAUSED);
            case OFF -> ended(Status.OFF, trouble.get());
            case FAILED -> ended(Status.FAILED, of.failure().orElse("The machine stopped."));
        }
    }

    private void ended(Status last, String why) {
        viewer.close();
        viewer = null;
        machine.set(null);
        threads.background().execute(onEnd);
        set(last, why);
        if (last == Status.FAILED) {
            problems.report(Text.of("library.trouble.stopped", name), why);
        }
    }

    /** Pauses a running machine, lets a paused one run. */
    public void togglePause() {
        ask(status.get() == Status.PAUSED ? Machine::resume : Machine::pause);
    }

    /** Presses the reset button. */
    public void reset() {
        ask(Machine::reset);
    }

    /** Presses the power button: asks the guest to shut down. */
    public void powerButton() {
        ask(Machine::powerButton);
    }

    /** Pulls the plug. */
    public void powerOff() {
        if (on()) {
            status.set(Status.STOPPING);
            ask(Machine::powerOff);
        }
    }

    /** What saves a machine's state and switches it off. */
    @FunctionalInterface
    public interface Suspension {
        void run() throws IOException;
    }

    /** Saves the machine's state in the background; it runs on when that fails. */
    public void suspend(Suspension suspension) {
        suspend(suspension, () -> {});
    }

    /** The same; {@code failed} is told, on the JavaFX thread, when the machine runs on. */
    public void suspend(Suspension suspension, Runnable failed) {
        threads.background().execute(() -> {
            try {
                suspension.run();
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("console.suspend.failed"), HostTrouble.sentence(e));
                threads.ui().execute(failed);
            }
        });
    }

    /** Has a live machine do something in the background, as its answer may have to wait for the machine's thread. */
    private void ask(Consumer<Machine> request) {
        Machine m = machine.get();
        if (m != null) {
            threads.background().execute(() -> request.accept(m));
        }
    }

    /** Puts a CD into the running machine's drive, null takes it out; then {@code done}, in the background. */
    public void changeCd(Path iso, Runnable done) {
        Machine m = machine.get();
        threads.background().execute(() -> {
            try {
                if (m != null && iso != null) {
                    m.drives().insertCd(iso);
                } else if (m != null) {
                    m.drives().ejectCd();
                }
                done.run();
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("library.trouble.cd"), HostTrouble.sentence(e));
            }
        });
    }

    /** Puts a floppy into the running machine's drive 0 or 1, null takes it out; then {@code done}, in the background. */
    public void changeFloppy(int drive, Path image, Runnable done) {
        Machine m = machine.get();
        threads.background().execute(() -> {
            try {
                if (m != null && image != null) {
                    m.drives().insertFloppy(drive, image);
                } else if (m != null) {
                    m.drives().ejectFloppy(drive);
                }
                done.run();
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("console.floppy.failed"), HostTrouble.sentence(e));
            }
        });
    }

    /** Lets what a running machine plays be heard, or mutes it; then {@code done}, in the background. */
    public void hear(SoundPlug card, boolean on, Runnable done) {
        threads.background().execute(() -> {
            try {
                card.hear(on);
                done.run();
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("console.sound.failed"), HostTrouble.sentence(e));
            }
        });
    }

    /** Writes what the screen shows into a PNG file. */
    public void screenshot(Path file) {
        Machine m = machine.get();
        if (m == null) {
            return;
        }
        threads.background().execute(() -> {
            try {
                m.screenshot(file);
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("library.trouble.screenshot"), HostTrouble.sentence(e));
            }
        });
    }
}
