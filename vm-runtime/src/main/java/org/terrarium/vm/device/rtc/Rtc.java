package org.terrarium.vm.device.rtc;

import static org.terrarium.vm.device.rtc.RegMc146818.*;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * The MC146818 real-time clock with the PC's CMOS memory: 128 bytes behind ports 70h/71h and 128 more behind 72h/73h
 * (82371SB datasheet, 2.5.5). It shows the host's wall time; when the guest sets it, the difference is kept.
 *
 * <p>Flags are computed when somebody looks; an alarm in machine time is set only while an interrupt for one is enabled, so an
 * unused clock costs nothing.
 */
public final class Rtc implements Device<RtcState> {
    /** Bytes in each of the two banks. */
    public static final int BANK = 128;

    private static final long SECOND = 1_000_000_000;
    /** Update in progress is announced 244 us ahead and the update takes 1984 us with a 32768 Hz crystal. */
    private static final long UPDATE_NANOS = 244_000 + 1_984_000;
    /** After the divider is released the first update comes half a second later. */
    private static final long DIVIDER_RELEASE_NANOS = SECOND / 2;

    private static final long OSCILLATOR_HERTZ = 32_768;
    private static final int SECONDS_PER_DAY = 86_400;
    /** Keeps an alarm from being set again and again when the wall clock lags behind machine time. */
    private static final long MIN_ALARM_NANOS = 50_000;

    private final String label;
    private final TimerQueue timers;
    private final InstantSource wall;
    private final ZoneId zone;
    private final IrqLine irq8;
    private final Timer timer;
    private byte[] cmos = new byte[2 * BANK];
    private int index;
    private int extendedIndex;
    private long offsetNanos;
    private int dayOfWeekOffset;
    private int flags;
    private long lastSecond;
    private long lastPeriod;
    private boolean wire;

    /**
     * @param wall the host's time
     * @param zone what the clock shows: {@code UTC} for most systems, the local zone for those that expect local time
     */
    public Rtc(String label, TimerQueue timers, InstantSource wall, ZoneId zone, IrqLine irq8) {
        this.label = label;
        this.timers = timers;
        this.wall = wall;
        this.zone = zone;
        this.irq8 = irq8;
        this.timer = timers.create(label, this::update);
        cmos[REGISTER_A] = 0x26; // 32768 Hz time base, 1024 Hz rate: what every PC firmware sets
        cmos[REGISTER_B] = B_24_12;
        lastSecond = guestSecond();
        lastPeriod = period();
    }

    @Override
    public String label() {
        return label;
    }

    /** RESET#: interrupts off; time and memory live on the battery. */
    @Override
    public void reset() {
        cmos[REGISTER_B] &= (byte) ~(B_PIE | B_AIE | B_UIE | B_SQWE);
        index = 0;
        extendedIndex = 0;
        flags = 0;
        lastSecond = guestSecond();
        lastPeriod = period();
        update();
    }

    /** Ports 70h and 71h. */
    public PortDevice ports() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return offset == 0 ? 0xFF : Rtc.this.read(index & 0x7F);
            }

            @Override
            public void writeByte(int offset, int value) {
                if (offset == 0) {
                    index = value;
                } else {
                    Rtc.this.write(index & 0x7F, value);
                }
            }
        };
    }

    /** Ports 72h and 73h: the second bank. */
    public PortDevice extendedPorts() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return offset == 0 ? extendedIndex : cmos[BANK + (extendedIndex & 0x7F)] & 0xFF;
            }

            @Override
            public void writeByte(int offset, int value) {
                if (offset == 0) {
                    extendedIndex = value;
                } else {
                    cmos[BANK + (extendedIndex & 0x7F)] = (byte) value;
                }
            }
        };
    }

    /** Bit 7 of port 70h: the guest does not want non-maskable interrupts. */
    public boolean nmiDisabled() {
        return (index & 0x80) != 0;
    }

    /** Sets a CMOS byte (0..255) as the factory or an earlier setup would; for bytes that are not part of the clock. */
    public void setCmos(int register, int value) {
        cmos[register] = (byte) value;
    }

    /** A CMOS byte (0..255) as it is stored. */
    public int cmos(int register) {
        return cmos[register] & 0xFF;
    }

    /** Everything that the battery keeps but the time: 256 bytes for a file, zeroes where the clock registers are. */
    public byte[] contents() {
        byte[] kept = new byte[cmos.length];
        copySettings(cmos, kept);
        return kept;
    }

    /** Takes over what {@link #contents} gave; clock registers are left alone, missing bytes too. */
    public void setContents(byte[] saved) {
        copySettings(saved, cmos);
    }

    private static void copySettings(byte[] from, byte[] to) {
        for (int k = REGISTER_D + 1; k < Math.min(from.length, to.length); k++) {
            if (k != CENTURY) {
                to[k] = from[k];
            }
        }
    }

    private int read(int register) {
        return switch (register) {
            case SECONDS, MINUTES, HOURS, DAY_OF_WEEK, DATE_OF_MONTH, MONTH, YEAR, CENTURY -> {
                showTime();
                yield cmos[register] & 0xFF;
            }
            case REGISTER_A -> cmos[REGISTER_A] & 0xFF | (updateInProgress() ? A_UIP : 0);
            case REGISTER_C -> readC();
            case REGISTER_D -> D_VRT;
            default -> cmos[register] & 0xFF;
        };
    }

    private int readC() {
        account();
        int value = flags | ((flags & registerB()) != 0 ? C_IRQF : 0);
        flags = 0;
        update();
        return value;
    }

    private void write(int register, int value) {
        switch (register) {
            case SECONDS, MINUTES, HOURS, DAY_OF_WEEK, DATE_OF_MONTH, MONTH, YEAR, CENTURY -> {
                showTime();
                cmos[register] = (byte) value;
                if (running()) {
                    takeTime(Math.floorMod(guestNanos(), SECOND));
                }
            }
            case REGISTER_A -> changeControl(REGISTER_A, value & ~A_UIP, DIVIDER_RELEASE_NANOS);
            case REGISTER_B -> changeControl(REGISTER_B, value, Math.floorMod(guestNanos(), SECOND));
            case REGISTER_C, REGISTER_D -> {
                return; // read only
            }
            case SECONDS_ALARM, MINUTES_ALARM, HOURS_ALARM -> {
                account();
                cmos[register] = (byte) value;
            }
            default -> cmos[register] = (byte) value;
        }
        if (register < REGISTER_C) {
            update();
        }
    }

    /** Writes register A or B; a clock that starts again by this goes on from its time bytes and {@code fraction}. */
    private void changeControl(int register, int value, long fraction) {
        account();
        showTime();
        boolean ran = running();
        cmos[register] = (byte) value;
        if (register == REGISTER_B && (value & B_SET) != 0) {
            cmos[REGISTER_B] &= (byte) ~B_UIE; // SET clears UIE
        }
        if (!ran && running()) {
            takeTime(fraction);
        }
        lastPeriod = period();
    }

    private int registerB() {
        return cmos[REGISTER_B] & 0xFF;
    }

    /** Divider chain at work (DV 0..2 select the three time bases, 6 and 7 hold it in reset) and no time being set. */
    private boolean running() {
        return (registerB() & B_SET) == 0 && dividerRuns();
    }

    private boolean dividerRuns() {
        return (cmos[REGISTER_A] & A_DV) >> A_DV_SHIFT <= 2;
    }

    private long hostLocalNanos() {
        Instant now = wall.instant();
        long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        return local * SECOND + now.getNano();
    }

    /** Guest time in nanoseconds since 1970, local. */
    private long guestNanos() {
        return hostLocalNanos() + offsetNanos;
    }

    private long guestSecond() {
        return Math.floorDiv(guestNanos(), SECOND);
    }

    private boolean updateInProgress() {
        return running() && Math.floorMod(guestNanos(), SECOND) >= SECOND - UPDATE_NANOS;
    }

    /** Brings the time bytes up to date while the clock runs; while it is stopped they are what was written. */
    private void showTime() {
        if (running()) {
            ClockRegisters.encode(cmos, registerB(), guestSecond(), dayOfWeekOffset);
        }
    }

    private void takeTime(long fraction) {
        long second = ClockRegisters.decode(cmos, registerB());
        dayOfWeekOffset = ClockRegisters.dayOfWeekOffset(cmos, registerB(), second);
        offsetNanos = second * SECOND + fraction - hostLocalNanos();
        lastSecond = second;
    }

    /** Number of the current period of the periodic interrupt since power-on, at the present rate. */
    private long period() {
        int ticks = periodTicks();
        return ticks == 0 ? 0 : oscillatorTicks() / ticks;
    }

    private long oscillatorTicks() {
        long now = timers.nanos();
        return now / SECOND * OSCILLATOR_HERTZ + now % SECOND * OSCILLATOR_HERTZ / SECOND;
    }

    /** Length of the periodic interrupt's period in oscillator ticks, 0 when there is none. */
    private int periodTicks() {
        int rs = cmos[REGISTER_A] & A_RS;
        if (rs == 0 || !dividerRuns()) {
            return 0;
        }
        return 1 << (rs <= 2 ? rs + 6 : rs - 1); // rates 1 and 2 give 256 Hz and 128 Hz with this crystal
    }

    /** Sets the flags for what has happened since the last call. */
    private void account() {
        long period = period();
        if (period != lastPeriod) {
            lastPeriod = period;
            flags |= C_PF;
        }
        if (!running()) {
            return;
        }
        long second = guestSecond();
        if (second > lastSecond) {
            flags |= C_UF;
            if ((flags & C_AF) == 0 && nextAlarm(lastSecond, second) <= second) {
                flags |= C_AF;
            }
        }
        lastSecond = second;
    }

    /** The first second after {@code from} that the alarm matches; beyond {@code to} it need not be looked for. */
    private long nextAlarm(long from, long to) {
        long end = Math.min(to, from + SECONDS_PER_DAY);
        for (long s = from + 1; s <= end; s++) {
            if (ClockRegisters.alarmMatches(cmos, registerB(), s)) {
                return s;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Drives the interrupt and sets the timer for the next event that would raise it. */
    private void update() {
        account();
        boolean level = (flags & registerB()) != 0;
        if (level != wire) {
            wire = level;
            irq8.set(level);
        }
        long wait = level ? Long.MAX_VALUE : untilNextInterrupt();
        if (wait == Long.MAX_VALUE) {
            timer.cancel();
        } else {
            timer.at(timers.nanos() + Math.max(wait, MIN_ALARM_NANOS));
        }
    }

    private long untilNextInterrupt() {
        long wait = Long.MAX_VALUE;
        int ticks = periodTicks();
        if ((registerB() & B_PIE) != 0 && ticks != 0) {
            long at = (period() + 1) * ticks;
            long seconds = at / OSCILLATOR_HERTZ;
            long rest = at % OSCILLATOR_HERTZ;
            wait = seconds * SECOND + (rest * SECOND + OSCILLATOR_HERTZ - 1) / OSCILLATOR_HERTZ - timers.nanos();
        }
        if (running()) {
            long toSecond = SECOND - Math.floorMod(guestNanos(), SECOND);
            if ((registerB() & B_UIE) != 0) {
                wait = Math.min(wait, toSecond);
            }
            if ((registerB() & B_AIE) != 0) {
                long alarm = nextAlarm(lastSecond, Long.MAX_VALUE);
                if (alarm != Long.MAX_VALUE) {
                    wait = Math.min(wait, toSecond + (alarm - lastSecond - 1) * SECOND);
                }
            }
        }
        return wait;
    }

    @Override
    public RtcState save() {
        return new RtcState(
                cmos.clone(),
                index,
                extendedIndex,
                offsetNanos,
                dayOfWeekOffset,
                flags,
                lastSecond,
                lastPeriod,
                timer.deadline(),
                wire);
    }

    @Override
    public void restore(RtcState state) {
        cmos = state.cmos().clone();
        index = state.index();
        extendedIndex = state.extendedIndex();
        offsetNanos = state.offsetNanos();
        dayOfWeekOffset = state.dayOfWeekOffset();
        flags = state.flags();
        lastSecond = state.lastSecond();
        lastPeriod = state.lastPeriod();
        wire = state.wire();
        irq8.set(wire);
        timer.at(state.deadline());
    }
}
