package org.terrarium.vm.firmware;

/** INT 1Ah: tick count and real-time clock; and the interrupts behind them, IRQ 0 and IRQ 8. */
final class TimeService {
    /** Timer ticks in a day: 1193182 Hz / 65536 for 86400 seconds. */
    static final int TICKS_PER_DAY = 0x1800B0;

    private static final int PERIOD_MICROSECONDS = 976;

    private final BiosMemory memory;
    private final Cmos cmos;

    TimeService(BiosMemory memory, Cmos cmos) {
        this.memory = memory;
        this.cmos = cmos;
    }

    /** Sets the tick count from the clock. */
    void initialise() {
        long seconds = cmos.number(Cmos.HOURS) * 3600L + cmos.number(Cmos.MINUTES) * 60 + cmos.number(Cmos.SECONDS);
        memory.put32(Bda.TICKS, (int) (seconds * 1_193_182 / 65_536) % TICKS_PER_DAY);
        memory.put8(Bda.TICKS_WRAPPED, 0);
    }

    /** IRQ 0. */
    void tick() {
        int ticks = memory.u32(Bda.TICKS) + 1;
        if (Integer.compareUnsigned(ticks, TICKS_PER_DAY) >= 0) {
            ticks = 0;
            memory.put8(Bda.TICKS_WRAPPED, memory.u8(Bda.TICKS_WRAPPED) + 1);
        }
        memory.put32(Bda.TICKS, ticks);
        int motor = memory.u8(Bda.FLOPPY_MOTOR_COUNT);
        if (motor != 0) {
            memory.put8(Bda.FLOPPY_MOTOR_COUNT, motor - 1);
        }
    }

    /** IRQ 8: counts down a wait in progress. Returns whether an alarm is due (INT 4Ah). */
    boolean clockInterrupt() {
        int enabled = cmos.read(Cmos.STATUS_B);
        int cause = cmos.read(Cmos.STATUS_C) & enabled;
        if ((cause & Cmos.PERIODIC_ENABLE) != 0 && (memory.u8(Bda.WAIT_ACTIVE) & 1) != 0) {
            int left = memory.u32(Bda.WAIT_MICROSECONDS) - PERIOD_MICROSECONDS;
            memory.put32(Bda.WAIT_MICROSECONDS, left);
            if (left <= 0) {
                endWait();
            }
        }
        return (cause & Cmos.ALARM_ENABLE) != 0;
    }

    private void endWait() {
        cmos.change(Cmos.STATUS_B, Cmos.PERIODIC_ENABLE, 0);
        memory.put8(Bda.WAIT_ACTIVE, 0x80);
        int flag = memory.u32(Bda.WAIT_FLAG_POINTER);
        if (flag != 0) {
            memory.change8((flag >>> 16) * 16L + (flag & 0xFFFF), 0, 0x80);
        }
    }

    /** Starts a wait; {@code flag} is a far pointer to a byte whose bit 7 will be set. False when one is running. */
    boolean startWait(int microseconds, int flag) {
        if ((memory.u8(Bda.WAIT_ACTIVE) & 1) != 0) {
            return false;
        }
        memory.put8(Bda.WAIT_ACTIVE, 1);
        memory.put32(Bda.WAIT_FLAG_POINTER, flag);
        memory.put32(Bda.WAIT_MICROSECONDS, Math.max(0, microseconds));
        cmos.change(Cmos.STATUS_A, 0x0F, 0x06); // 1024 Hz
        cmos.change(Cmos.STATUS_B, 0, Cmos.PERIODIC_ENABLE);
        return true;
    }

    void cancelWait() {
        cmos.change(Cmos.STATUS_B, Cmos.PERIODIC_ENABLE, 0);
        memory.put8(Bda.WAIT_ACTIVE, 0);
    }

    boolean waitOver() {
        return (memory.u8(Bda.WAIT_ACTIVE) & 0x80) != 0;
    }

    /** Serves INT 1Ah AH=00h..0Bh. */
    void call(BiosCall c) {
        switch (c.ah()) {
            case 0x00 -> {
                int ticks = memory.u32(Bda.TICKS);
                c.setCx(ticks >>> 16);
                c.setDx(ticks);
                c.setAl(memory.u8(Bda.TICKS_WRAPPED));
                memory.put8(Bda.TICKS_WRAPPED, 0);
                c.setCarry(false);
            }
            case 0x01 -> {
                memory.put32(Bda.TICKS, c.cx() << 16 | c.dx());
                memory.put8(Bda.TICKS_WRAPPED, 0);
                c.ok();
            }
            case 0x02 -> {
                c.setCx(cmos.bcd(Cmos.HOURS) << 8 | cmos.bcd(Cmos.MINUTES));
                c.setDx(cmos.bcd(Cmos.SECONDS) << 8 | cmos.read(Cmos.STATUS_B) & 1);
                c.setAl(c.ch());
                c.ok();
            }
            case 0x03 -> {
                set(() -> {
                    cmos.setBcd(Cmos.HOURS, c.ch());
                    cmos.setBcd(Cmos.MINUTES, c.cl());
                    cmos.setBcd(Cmos.SECONDS, c.dh());
                });
                cmos.change(Cmos.STATUS_B, 1, c.dl() & 1);
                c.ok();
            }
            case 0x04 -> {
                int century = cmos.read(Cmos.CENTURY);
                c.setCx(century << 8 | cmos.bcd(Cmos.YEAR));
                c.setDx(cmos.bcd(Cmos.MONTH) << 8 | cmos.bcd(Cmos.DAY));
                c.setAl(century);
                c.ok();
            }
            case 0x05 -> {
                set(() -> {
                    cmos.write(Cmos.CENTURY, c.ch());
                    cmos.setBcd(Cmos.YEAR, c.cl());
                    cmos.setBcd(Cmos.MONTH, c.dh());
                    cmos.setBcd(Cmos.DAY, c.dl());
                });
                c.ok();
            }
            case 0x06 -> setAlarm(c);
            case 0x07 -> {
                cmos.change(Cmos.STATUS_B, Cmos.ALARM_ENABLE, 0);
                c.ok();
            }
            case 0x0A -> c.setCx(0);
            default -> c.setCarry(true);
        }
    }

    private void set(Runnable change) {
        cmos.change(Cmos.STATUS_B, 0, Cmos.SET);
        change.run();
        cmos.change(Cmos.STATUS_B, Cmos.SET, 0);
    }

    private void setAlarm(BiosCall c) {
        if ((cmos.read(Cmos.STATUS_B) & Cmos.ALARM_ENABLE) != 0) {
            c.setCarry(true);
            return;
        }
        cmos.setBcd(Cmos.ALARM_HOURS, c.ch());
        cmos.setBcd(Cmos.ALARM_MINUTES, c.cl());
        cmos.setBcd(Cmos.ALARM_SECONDS, c.dh());
        cmos.change(Cmos.STATUS_B, 0, Cmos.ALARM_ENABLE);
        c.ok();
    }
}
