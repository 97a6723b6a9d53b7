package org.terrarium.vm.device.hpet;

import java.util.List;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * High precision event timers (IA-PC HPET specification 1.0a): a 64-bit counter at 100 MHz and three timers, all of which can
 * be periodic and 64 bits wide. Interrupts go to the I/O APIC's inputs, or take the place of PIT and RTC in legacy
 * replacement mode; FSB delivery is not there.
 */
public final class Hpet implements Device<HpetState>, MmioDevice {
    /** Where a PC has it, and how large its range is. */
    public static final long DEFAULT_BASE = 0xFED0_0000L;

    public static final long BYTES = 0x400;

    /** Length of one count, femtoseconds: 10 nanoseconds. */
    public static final long PERIOD_FEMTOSECONDS = 10_000_000;

    // Registers (HPET 1.0a, 2.3).
    public static final int CAPABILITIES = 0x000;
    public static final int CONFIGURATION = 0x010;
    public static final int INTERRUPT_STATUS = 0x020;
    public static final int MAIN_COUNTER = 0x0F0;
    public static final int TIMERS = 0x100;
    public static final int TIMER_STRIDE = 0x20;

    private static final int TIMER_COUNT = 3;
    private static final long NANOS_PER_COUNT = 10;

    /** 64-bit counter, legacy replacement capable, vendor 8086h, revision 1. */
    private static final long CAPABILITIES_VALUE =
            PERIOD_FEMTOSECONDS << 32 | 0x8086L << 16 | 1 << 15 | 1 << 13 | TIMER_COUNT - 1 << 8 | 1;

    private static final long ENABLE_CNF = 1;
    private static final long LEG_RT_CNF = 1 << 1;

    // Timer configuration (HPET 1.0a, 2.3.8).
    private static final long INT_TYPE_CNF = 1 << 1;
    private static final long INT_ENB_CNF = 1 << 2;
    private static final long TYPE_CNF = 1 << 3;
    private static final long PER_INT_CAP = 1 << 4;
    private static final long SIZE_CAP = 1 << 5;
    private static final long VAL_SET_CNF = 1 << 6;
    private static final long MODE32_CNF = 1 << 8;
    private static final long WRITABLE = INT_TYPE_CNF | INT_ENB_CNF | TYPE_CNF | VAL_SET_CNF | MODE32_CNF | 0x3E00;

    /** I/O APIC inputs a timer may be routed to: those no other chip of the board needs. */
    private static final long ROUTES = 0x00F0_0000L;

    /** A periodic timer fires at most this often, counts: the guest must not starve the machine's thread. */
    private static final long SHORTEST_PERIOD = 100;

    /** Counts ahead beyond which an alarm is never reached: some 140 years. A distance with the top bit set is further still. */
    private static final long FARTHEST = Long.MAX_VALUE / NANOS_PER_COUNT / 2;

    private static final int LEGACY_TIMER0 = 0;
    private static final int LEGACY_TIMER1 = 8;

    /** Told when legacy replacement is switched: while on, PIT and RTC must not reach the interrupt controllers. */
    @FunctionalInterface
    public interface LegacyListener {
        void replaced(boolean on);
    }

    private final String label;
    private final TimerQueue queue;
    private final Timer[] alarms = new Timer[TIMER_COUNT];
    private final List<IrqLine> outputs;
    private final LegacyListener legacy;
    private long configuration;
    private long interruptStatus;
    private long counterBase;
    private long startNanos;
    private final long[] timerConfiguration = new long[TIMER_COUNT];
    private final long[] comparator = new long[TIMER_COUNT];
    private final long[] period = new long[TIMER_COUNT];
    private final long[] next = new long[TIMER_COUNT];

    /**
     * @param outputs the wires a timer can drive, by number: ISA interrupts 0 to 15 (legacy replacement uses 0 and 8), I/O
     *     APIC inputs 16 to 23; one of its own per wire
     */
    public Hpet(String label, TimerQueue queue, List<IrqLine> outputs, LegacyListener legacy) {
        this.label = label;
        this.queue = queue;
        this.outputs = List.copyOf(outputs);
        this.legacy = legacy;
        for (int k = 0; k < TIMER_COUNT; k++) {
            int timer = k;
            alarms[k] = queue.create(label + "." + k, () -> expired(timer));
        }
        initialize();
    }

    private boolean enabled() {
        return (configuration & ENABLE_CNF) != 0;
    }

    private long counter() {
        return enabled() ? counterBase + (queue.nanos() - startNanos) / NANOS_PER_COUNT : counterBase;
    }

    @Override
    public long read(long offset, int size) {
        long value = register((int) offset & 0x3F8) >>> 8 * (offset & 7);
        return size == 8 ? value : value & (1L << 8 * size) - 1;
    }

    private long register(int offset) {
        if (offset >= TIMERS) {
            int timer = (offset - TIMERS) / TIMER_STRIDE;
            if (timer >= TIMER_COUNT) {
                return 0;
            }
            return switch (offset & TIMER_STRIDE - 1) {
                case 0 -> timerConfiguration[timer];
                case 8 -> comparator[timer];
                default -> 0;
            };
        }
        return switch (offset) {
            case CAPABILITIES -> CAPABILITIES_VALUE;
            case CONFIGURATION -> configuration;
            case INTERRUPT_STATUS -> interruptStatus;
            case MAIN_COUNTER -> counter();
            default -> 0;
        };
    }

    @Override
    public void write(long offset, int size, long value) {
        int at = (int) offset & 0x3F8;
        int shift = 8 * ((int) offset & 7);
        long lanes = size == 8 ? -1L : (1L << 8 * size) - 1 << shift;
        long v = value << shift & lanes;
        if (at >= TIMERS) {
            int timer = (at - TIMERS) / TIMER_STRIDE;
            if (timer < TIMER_COUNT) {
                switch (at & TIMER_STRIDE - 1) {
                    case 0 -> writeTimerConfiguration(timer, timerConfiguration[timer] & ~lanes | v);
                    case 8 -> writeComparator(timer, v, lanes);
                    default -> {
                        // No FSB interrupt route register.
                    }
                }
            }
            return;
        }
        switch (at) {
            case CONFIGURATION -> configure((configuration & ~lanes | v) & (ENABLE_CNF | LEG_RT_CNF));
            case INTERRUPT_STATUS -> {
                interruptStatus &= ~v;
                driveAll();
            }
            case MAIN_COUNTER -> {
                long now = counter();
                counterBase = now & ~lanes | v;
                startNanos = queue.nanos();
                armAll();
            }
            default -> {
                // Read-only or reserved.
            }
        }
    }

    private void configure(long value) {
        long count = counter();
        boolean legacyBefore = (configuration & LEG_RT_CNF) != 0;
        boolean enabledBefore = enabled();
        if (legacyBefore != ((value & LEG_RT_CNF) != 0)) {
            releaseAll();
        }
        configuration = value;
        if (enabledBefore != enabled()) {
            counterBase = count;
            startNanos = queue.nanos();
            armAll();
        }
        boolean legacyNow = (configuration & LEG_RT_CNF) != 0;
        if (legacyBefore != legacyNow) {
            legacy.replaced(legacyNow);
        }
        driveAll();
    }

    private void writeTimerConfiguration(int timer, long value) {
        output(timer).set(false);
        long fixed = ROUTES << 32 | PER_INT_CAP | SIZE_CAP;
        timerConfiguration[timer] = value & WRITABLE | fixed;
        if ((value & MODE32_CNF) != 0) {
            comparator[timer] &= 0xFFFF_FFFFL;
            period[timer] &= 0xFFFF_FFFFL;
        }
        if (!level(timer)) {
            interruptStatus &= ~(1L << timer);
        }
        arm(timer);
        drive(timer);
    }

    /**
     * In periodic mode a write sets the period; with VAL_SET the first one sets the accumulator too (HPET 1.0a, 2.3.9.2.2).
     */
    private void writeComparator(int timer, long v, long lanes) {
        boolean periodic = periodic(timer);
        boolean high = (lanes & 0xFFFF_FFFFL) == 0;
        if (wide(timer) || !high) {
            long width = wide(timer) ? -1L : 0xFFFF_FFFFL;
            if (!periodic || (timerConfiguration[timer] & VAL_SET_CNF) != 0) {
                comparator[timer] = (comparator[timer] & ~lanes | v) & width;
            }
            if (periodic) {
                period[timer] = (period[timer] & ~lanes | v) & width;
            }
        }
        timerConfiguration[timer] &= ~VAL_SET_CNF;
        arm(timer);
    }

    private boolean periodic(int timer) {
        return (timerConfiguration[timer] & TYPE_CNF) != 0;
    }

    private boolean level(int timer) {
        return (timerConfiguration[timer] & INT_TYPE_CNF) != 0;
    }

    private boolean wide(int timer) {
        return (timerConfiguration[timer] & MODE32_CNF) == 0;
    }

    private void armAll() {
        for (int k = 0; k < TIMER_COUNT; k++) {
            arm(k);
        }
    }

    /** Finds when the counter will next equal the comparator. */
    private void arm(int timer) {
        if (!enabled()) {
            alarms[timer].cancel();
            return;
        }
        long count = counter();
        long distance = comparator[timer] - count;
        if (!wide(timer)) {
            distance &= 0xFFFF_FFFFL;
        }
        if (distance == 0 && !periodic(timer)) {
            distance = wide(timer) ? Long.MIN_VALUE : 0x1_0000_0000L;
        }
        next[timer] = count + distance;
        if (distance < 0 || distance > FARTHEST) {
            alarms[timer].cancel();
        } else {
            setAlarm(timer);
        }
    }

    private void setAlarm(int timer) {
        alarms[timer].at(startNanos + (next[timer] - counterBase) * NANOS_PER_COUNT);
    }

    private void expired(int timer) {
        if (periodic(timer)) {
            long step = period[timer];
            if (step == 0) {
                alarms[timer].cancel();
            } else {
                long late = Math.max(counter() - next[timer], 0);
                long steps = Math.max(late / step + 1, (SHORTEST_PERIOD + step - 1) / step);
                next[timer] += steps * step;
                comparator[timer] = wide(timer) ? next[timer] : next[timer] & 0xFFFF_FFFFL;
                if (steps * step < 0 || steps * step > FARTHEST) {
                    alarms[timer].cancel();
                } else {
                    setAlarm(timer);
                }
            }
        } else if (!wide(timer)) {
            next[timer] += 0x1_0000_0000L; // a 32-bit timer matches again after each wrap
            setAlarm(timer);
        }
        fire(timer);
    }

    private void fire(int timer) {
        boolean enabledOutput = (timerConfiguration[timer] & INT_ENB_CNF) != 0;
        if (level(timer)) {
            interruptStatus |= 1L << timer;
            drive(timer);
        } else if (enabledOutput) {
            output(timer).pulse();
        }
    }

    /** Level-triggered timers hold their wire while their status bit is set. */
    private void drive(int timer) {
        if (level(timer)) {
            boolean enabledOutput = (timerConfiguration[timer] & INT_ENB_CNF) != 0;
            output(timer).set(enabledOutput && (interruptStatus >> timer & 1) != 0);
        }
    }

    private void driveAll() {
        for (int k = 0; k < TIMER_COUNT; k++) {
            drive(k);
        }
    }

    private void releaseAll() {
        for (int k = 0; k < TIMER_COUNT; k++) {
            output(k).set(false);
        }
    }

    private IrqLine output(int timer) {
        if ((configuration & LEG_RT_CNF) != 0 && timer < 2) {
            return outputs.get(timer == 0 ? LEGACY_TIMER0 : LEGACY_TIMER1);
        }
        int route = (int) (timerConfiguration[timer] >> 9) & 0x1F;
        boolean wired = (ROUTES >> route & 1) != 0 && route < outputs.size();
        return wired ? outputs.get(route) : IrqLine.NONE;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        releaseAll();
        boolean wasLegacy = (configuration & LEG_RT_CNF) != 0;
        initialize();
        if (wasLegacy) {
            legacy.replaced(false);
        }
    }

    private void initialize() {
        configuration = 0;
        interruptStatus = 0;
        counterBase = 0;
        startNanos = 0;
        for (int k = 0; k < TIMER_COUNT; k++) {
            timerConfiguration[k] = ROUTES << 32 | PER_INT_CAP | SIZE_CAP;
            comparator[k] = -1L;
            period[k] = 0;
            next[k] = 0;
            alarms[k].cancel();
        }
    }

    @Override
    public HpetState save() {
        boolean[] armed = new boolean[TIMER_COUNT];
        for (int k = 0; k < TIMER_COUNT; k++) {
            armed[k] = alarms[k].armed();
        }
        return new HpetState(
                configuration,
                interruptStatus,
                counterBase,
                startNanos,
                timerConfiguration.clone(),
                comparator.clone(),
                period.clone(),
                next.clone(),
                armed);
    }

    @Override
    public void restore(HpetState s) {
        configuration = s.configuration();
        interruptStatus = s.interruptStatus();
        counterBase = s.counterBase();
        startNanos = s.startNanos();
        for (int k = 0; k < TIMER_COUNT; k++) {
            timerConfiguration[k] = s.timerConfiguration()[k];
            comparator[k] = s.comparator()[k];
            period[k] = s.period()[k];
            next[k] = s.next()[k];
            if (s.armed()[k]) {
                setAlarm(k);
            } else {
                alarms[k].cancel();
            }
        }
        legacy.replaced((configuration & LEG_RT_CNF) != 0);
    }
}
