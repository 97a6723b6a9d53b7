package org.terrarium.app.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.disk.DiskJob;

/** The long work that is under way: how far it is, and a way to stop it. Belongs to the JavaFX thread. */
public final class Tasks {
    private static final Duration POLL = Duration.ofMillis(200);

    /** One piece of work. */
    public static final class Task {
        private final DiskJob<?> job;
        private final ReadOnlyDoubleWrapper done = new ReadOnlyDoubleWrapper(this, "done", -1);

        private Task(DiskJob<?> job) {
            this.job = job;
        }

        public String title() {
            return job.title();
        }

        /** From 0 to 1; negative while that is unknown. */
        public ReadOnlyDoubleProperty doneProperty() {
            return done.getReadOnlyProperty();
        }

        /** Asks the work to stop and to undo what it did. */
        public void cancel() {
            job.cancel();
        }

        private void look() {
            done.set(job.step().total() <= 0 ? -1 : job.step().fraction());
        }
    }

    private final Executor ui;
    private final ObservableList<Task> running = FXCollections.observableArrayList();
    private final Ticker poll = new Ticker(POLL, () -> running().forEach(Task::look));

    /** @param ui where results go: the JavaFX thread */
    public Tasks(Executor ui) {
        this.ui = ui;
    }

    /** What is under way, oldest first. */
    public ObservableList<Task> running() {
        return running;
    }

    /**
     * Shows a job until it ends.
     *
     * @param done gets the result
     * @param failed gets one sentence; not called when the user stopped it
     */
    public <T> Task follow(DiskJob<T> job, Consumer<T> done, Consumer<String> failed) {
        Task task = new Task(job);
        running.add(task);
        poll.start();
        job.result()
                .whenComplete((result, trouble) -> ui.execute(() -> {
                    running.remove(task);
                    if (running.isEmpty()) {
                        poll.stop();
                    }
                    if (trouble == null) {
                        done.accept(result);
                    } else if (!(trouble instanceof DiskCancelledException)) {
                        failed.accept(HostTrouble.sentence(trouble));
                    }
                }));
        return task;
    }
}
