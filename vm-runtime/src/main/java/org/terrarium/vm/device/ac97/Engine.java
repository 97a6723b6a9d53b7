package org.terrarium.vm.device.ac97;

import static org.terrarium.vm.device.ac97.Reg82801.*;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * One bus master of the 82801AA: walks a ring of 32 buffer descriptors and moves samples at the codec's rate (Intel 290655,
 * "Native audio bus mastering register description"). What has moved follows from machine time, so a register always shows
 * where the engine is at that instant, however seldom it is looked at.
 */
final class Engine {
    private static final int DESCRIPTORS = 32;
    private static final int SAMPLE_BYTES = 2;
    private static final long SECOND = 1_000_000_000L;

    /** How often samples travel on when the guest does not look, so that they are heard in time. */
    private static final long TICK = 10_000_000L;

    /** What is made up for at most after a time in which the machine was not served. */
    private static final long CATCH_UP = 5 * SECOND;

    /** Moves frames between guest memory and the outside. */
    @FunctionalInterface
    interface Mover {
        void move(long address, int frames, int rate);
    }

    private final TimerQueue timers;
    private final DmaMemory memory;
    private final int channels;
    private final BooleanSupplier allowed;
    private final IntSupplier rate;
    private final Mover mover;
    private final Timer timer;

    private int bdbar;
    private int civ;
    private int lvi;
    private int sr;
    private int piv;
    private int cr;
    private boolean loaded;
    private long address;
    private int left;
    private int control;
    private boolean moving;
    private long anchor;
    private long done;

    /**
     * @param channels samples in a frame
     * @param allowed whether the function may master the bus and the codec takes samples
     * @param rate frames a second
     * @param interrupted told after time has passed
     */
    Engine(
            String label,
            TimerQueue timers,
            DmaMemory memory,
            int channels,
            BooleanSupplier allowed,
            IntSupplier rate,
            Mover mover,
            Runnable interrupted) {
        this.timers = timers;
        this.memory = memory;
        this.channels = channels;
        this.allowed = allowed;
        this.rate = rate;
        this.mover = mover;
        timer = timers.create(label, () -> {
            advance();
            update();
            interrupted.run();
        });
        reset();
    }

    /** Everything as after RST#. */
    void reset() {
        cr = 0;
        resetRegisters();
        moving = false;
        anchor = 0;
        done = 0;
        timer.cancel();
    }

    /** The RR bit: all registers but the interrupt enables. */
    private void resetRegisters() {
        bdbar = 0;
        civ = 0;
        lvi = 0;
        sr = SR_DCH;
        piv = 0;
        cr &= CR_INTERRUPTS;
        loaded = false;
        address = 0;
        left = 0;
        control = 0;
    }

    boolean interrupt() {
        return (sr & SR_BCIS) != 0 && (cr & CR_IOCE) != 0
                || (sr & SR_LVBCI) != 0 && (cr & CR_LVBIE) != 0
                || (sr & SR_FIFOE) != 0 && (cr & CR_FEIE) != 0;
    }

    /** One byte of the engine's registers; {@link #advance} comes first. */
    int readByte(int register) {
        return switch (register) {
            case BDBAR, BDBAR + 1, BDBAR + 2, BDBAR + 3 -> bdbar >>> 8 * register & 0xFF;
            case CIV -> civ;
            case LVI -> lvi;
            case SR -> sr;
            case PICB -> left & 0xFF;
            case PICB + 1 -> left >> 8;
            case PIV -> piv;
            case CR -> cr;
            default -> 0;
        };
    }

    /** One byte of the engine's registers; {@link #advance} comes first, {@link #update} after it. */
    void writeByte(int register, int value) {
        switch (register) {
            case BDBAR, BDBAR + 1, BDBAR + 2, BDBAR + 3 -> {
                int shift = 8 * register;
                bdbar = (bdbar & ~(0xFF << shift) | (value & 0xFF) << shift) & ~7;
            }
            case LVI -> {
                lvi = value % DESCRIPTORS;
                if ((cr & CR_RPBM) != 0 && (sr & SR_CELV) != 0) {
                    goOn(); // there are more buffers now
                }
            }
            case SR -> sr &= ~(value & SR_WRITE_ONE_TO_CLEAR);
            case CR -> control(value);
            default -> {} // read only
        }
    }

    private void control(int value) {
        boolean ran = (cr & CR_RPBM) != 0;
        cr = value & (CR_RPBM | CR_INTERRUPTS);
        if ((value & CR_RR) != 0) {
            resetRegisters();
        } else if ((cr & CR_RPBM) == 0) {
            sr |= SR_DCH;
        } else if (!ran) {
            if (loaded && (sr & SR_CELV) == 0) {
                sr &= ~SR_DCH; // was only paused
            } else {
                goOn();
            }
        }
    }

    /** The prefetched index becomes the current one, and its descriptor is read. */
    private void goOn() {
        sr &= ~(SR_DCH | SR_CELV);
        civ = piv;
        piv = (piv + 1) % DESCRIPTORS;
        long at = (bdbar & 0xFFFF_FFFFL) + 8L * civ;
        address = memory.read32(at) & 0xFFFF_FFFEL;
        control = memory.read32(at + 4);
        left = control & 0xFFFF;
        loaded = true;
    }

    /** Moves what is due at this instant. */
    void advance() {
        if (!moving) {
            return;
        }
        long now = timers.nanos();
        if (now - anchor > CATCH_UP + SECOND) {
            anchor = now - CATCH_UP;
            done = 0;
        }
        while (moving) {
            long due = (now - anchor) * rate.getAsInt() / SECOND - done;
            if (due <= 0) {
                return;
            }
            // A descriptor without samples still takes a moment, else a ring of them would go round for ever.
            int frames = (int) Math.min(due, Math.max(1, frames()));
            transfer(frames);
            count(frames);
            if (left == 0) {
                complete();
            }
        }
    }

    /** Frames left of the buffer; a last one may be incomplete. */
    private int frames() {
        return (left + channels - 1) / channels;
    }

    private void transfer(int frames) {
        int whole = Math.min(frames, left / channels);
        if (whole > 0) {
            mover.move(address, whole, rate.getAsInt());
        }
        address += (long) frames * channels * SAMPLE_BYTES;
        left = Math.max(0, left - frames * channels);
    }

    private void count(int frames) {
        done += frames;
        int perSecond = rate.getAsInt();
        if (done >= perSecond) {
            done -= perSecond;
            anchor += SECOND;
        }
    }

    private void complete() {
        if ((control & BD_IOC) != 0) {
            sr |= SR_BCIS;
        }
        if (civ == lvi) {
            sr |= SR_LVBCI | SR_CELV | SR_DCH;
            moving = false;
        } else {
            goOn();
        }
    }

    /** Starts or stops the passing of time after something has changed that it depends on. */
    void update() {
        boolean moves = (cr & CR_RPBM) != 0 && (sr & SR_DCH) == 0 && allowed.getAsBoolean();
        if (moves && !moving) {
            restart();
        }
        moving = moves;
        arm();
    }

    /** Frames are counted from this instant on: the rate may be another from here. */
    void restart() {
        anchor = timers.nanos();
        done = 0;
    }

    private void arm() {
        if (!moving) {
            timer.cancel();
            return;
        }
        long perSecond = rate.getAsInt();
        long end = anchor + ((done + Math.max(1, frames())) * SECOND + perSecond - 1) / perSecond;
        timer.at(Math.min(end, timers.nanos() + TICK));
    }

    EngineState save() {
        return new EngineState(bdbar, civ, lvi, sr, piv, cr, loaded, address, left, control, moving, anchor, done);
    }

    void restore(EngineState s) {
        bdbar = s.bdbar();
        civ = s.civ() & DESCRIPTORS - 1;
        lvi = s.lvi() & DESCRIPTORS - 1;
        sr = s.sr();
        piv = s.piv() & DESCRIPTORS - 1;
        cr = s.cr();
        loaded = s.loaded();
        address = s.address();
        left = s.left() & 0xFFFF;
        control = s.control();
        moving = s.moving();
        anchor = s.anchor();
        done = s.done();
        arm();
    }
}
