package org.terrarium.vm.device.floppy;

import static org.terrarium.vm.device.floppy.Fdc.*;

import java.util.Arrays;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * Moves the heads of the drives, several at a time, and keeps each drive's result until SENSE INTERRUPT STATUS asks for it
 * (82077AA datasheet, 5.2.6 to 5.2.8).
 */
final class SeekUnit {
    /** Target of a RECALIBRATE, which unlike a SEEK to cylinder 0 checks that the drive gets there. */
    static final int TRACK_0 = -1;

    private static final long SEEK_NANOS = 500_000;
    private static final int NONE = -1;

    private final TimerQueue timers;
    private final Timer timer;
    private final FloppyDrive[] drives;
    private final Runnable interrupt;
    private final int[] results;
    private final int[] targets;
    private int busy;

    /** {@code interrupt} is called when seeks end. */
    SeekUnit(String label, TimerQueue timers, FloppyDrive[] drives, Runnable interrupt) {
        this.timers = timers;
        this.drives = drives;
        this.interrupt = interrupt;
        timer = timers.create(label, this::end);
        results = new int[drives.length];
        targets = new int[drives.length];
    }

    /** Moves a drive's head by so many steps; {@code target} is the cylinder it is held to be on then, or {@link #TRACK_0}. */
    void start(int drive, int target, int steps) {
        drives[drive].step(steps);
        targets[drive] = target;
        busy |= 1 << drive;
        timer.at(timers.nanos() + SEEK_NANOS);
    }

    private void end() {
        for (int n = 0; n < drives.length; n++) {
            if ((busy >> n & 1) != 0) {
                FloppyDrive d = drives[n];
                boolean lost = targets[n] == TRACK_0 && !d.atTrack0();
                d.presentCylinder = Math.max(targets[n], 0);
                results[n] = ST0_SEEK_END | (lost ? ST0_ABNORMAL | ST0_EQUIPMENT_CHECK : 0) | n;
            }
        }
        busy = 0;
        interrupt.run();
    }

    /** The drives that seek, a bit each: the low bits of the main status register. */
    int busy() {
        return busy;
    }

    /** The first drive whose result waits, or -1. */
    int finished() {
        for (int n = 0; n < results.length; n++) {
            if (results[n] != NONE) {
                return n;
            }
        }
        return -1;
    }

    /** Status register 0 of a drive's finished seek, which is forgotten. */
    int take(int drive) {
        int st0 = results[drive];
        results[drive] = NONE;
        return st0;
    }

    /** Seeks under way are abandoned, results forgotten. */
    void reset() {
        timer.cancel();
        busy = 0;
        Arrays.fill(results, NONE);
    }

    void powerOn() {
        Arrays.fill(targets, 0);
    }

    int[] results() {
        return results.clone();
    }

    int[] targets() {
        return targets.clone();
    }

    /** Machine time at which the seeks under way end; {@code Long.MAX_VALUE} when there are none. */
    long deadline() {
        return timer.deadline();
    }

    void restore(int[] savedResults, int savedBusy, int[] savedTargets, long deadline) {
        System.arraycopy(savedResults, 0, results, 0, results.length);
        busy = savedBusy;
        System.arraycopy(savedTargets, 0, targets, 0, targets.length);
        timer.at(deadline);
    }
}
