package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;

/** Takes a snapshot of a running machine every so many minutes, and deletes the oldest ones of this kind. */
final class AutomaticSnapshots implements AutoCloseable {
    private final LiveSnapshots live;
    private final Machine machine;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("automatic snapshots").unstarted(task));
    private ScheduledFuture<?> next;

    AutomaticSnapshots(LiveSnapshots live, Machine machine) {
        this.live = live;
        this.machine = machine;
    }

    /** From now on; 0 for never. */
    synchronized void every(int minutes) {
        if (next != null) {
            next.cancel(false);
        }
        next = minutes == 0 ? null : timer.scheduleWithFixedDelay(this::take, minutes, minutes, TimeUnit.MINUTES);
    }

    /** What happens when the time has come. */
    void take() {
        try {
            replaceOlder(live.take(new Snapshots.Wish("Automatic", "", true)));
        } catch (IOException | RuntimeException e) {
            report(e);
        }
    }

    /** Once a snapshot is written, those that it takes the place of go. */
    void replaceOlderLater(LiveSnapshots.Taken taken) {
        timer.execute(() -> replaceOlder(taken));
    }

    private void replaceOlder(LiveSnapshots.Taken taken) {
        try {
            taken.saving().await();
            for (SnapshotNode old : List.copyOf(live.tree().superfluous())) {
                live.delete(old.id(), Progress.NONE);
            }
        } catch (IOException | RuntimeException e) {
            report(e);
        }
    }

    private void report(Exception e) {
        if (!live.isClosed()) {
            machine.report("no automatic snapshot: " + HostTrouble.sentence(e));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
