package org.terrarium.vm.device.rtc;

import static org.terrarium.vm.device.rtc.RegMc146818.*;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The ten time bytes and the century byte, encoded and decoded as register B says: binary or BCD, 24 or 12 hours. */
final class ClockRegisters {
    private static final int PM = 0x80;

    private ClockRegisters() {}

    /** Writes the time {@code second} (seconds since 1970, local) into {@code cmos}. */
    static void encode(byte[] cmos, int registerB, long second, int dayOfWeekOffset) {
        LocalDateTime t = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        put(cmos, SECONDS, registerB, t.getSecond());
        put(cmos, MINUTES, registerB, t.getMinute());
        if ((registerB & B_24_12) != 0) {
            put(cmos, HOURS, registerB, t.getHour());
        } else {
            put(cmos, HOURS, registerB, (t.getHour() + 11) % 12 + 1);
            cmos[HOURS] |= (byte) (t.getHour() >= 12 ? PM : 0);
        }
        put(cmos, DAY_OF_WEEK, registerB, Math.floorMod(trueDayOfWeek(t) + dayOfWeekOffset, 7) + 1);
        put(cmos, DATE_OF_MONTH, registerB, t.getDayOfMonth());
        put(cmos, MONTH, registerB, t.getMonthValue());
        put(cmos, YEAR, registerB, Math.floorMod(t.getYear(), 100));
        put(cmos, CENTURY, registerB, Math.floorMod(t.getYear() / 100, 100));
    }

    /** The local time in the bytes, in seconds since 1970; what is out of range counts on into the next unit. */
    static long decode(byte[] cmos, int registerB) {
        int year = get(cmos, CENTURY, registerB) * 100 + get(cmos, YEAR, registerB);
        return LocalDateTime.of(Math.clamp(year, 1970, 2199), 1, 1, 0, 0)
                .plusMonths(Math.max(0, get(cmos, MONTH, registerB) - 1))
                .plusDays(Math.max(0, get(cmos, DATE_OF_MONTH, registerB) - 1))
                .plusHours(hour(cmos[HOURS] & 0xFF, registerB))
                .plusMinutes(get(cmos, MINUTES, registerB))
                .plusSeconds(get(cmos, SECONDS, registerB))
                .toEpochSecond(ZoneOffset.UTC);
    }

    /** How far the day of the week in the bytes is from the true one of {@code second}. */
    static int dayOfWeekOffset(byte[] cmos, int registerB, long second) {
        LocalDateTime t = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        return Math.floorMod(get(cmos, DAY_OF_WEEK, registerB) - 1 - trueDayOfWeek(t), 7);
    }

    /** 0 is Sunday. */
    private static int trueDayOfWeek(LocalDateTime t) {
        return t.getDayOfWeek().getValue() % 7;
    }

    /** Whether the alarm bytes match the time {@code second}. */
    static boolean alarmMatches(byte[] cmos, int registerB, long second) {
        int ofDay = (int) Math.floorMod(second, 86_400L);
        return matches(cmos[SECONDS_ALARM], ofDay % 60, registerB)
                && matches(cmos[MINUTES_ALARM], ofDay / 60 % 60, registerB)
                && ((cmos[HOURS_ALARM] & ALARM_DONT_CARE) == ALARM_DONT_CARE
                        || hour(cmos[HOURS_ALARM] & 0xFF, registerB) == ofDay / 3600);
    }

    private static boolean matches(byte alarm, int value, int registerB) {
        return (alarm & ALARM_DONT_CARE) == ALARM_DONT_CARE || number(alarm & 0xFF, registerB) == value;
    }

    private static int hour(int raw, int registerB) {
        if ((registerB & B_24_12) != 0) {
            return number(raw, registerB);
        }
        return number(raw & ~PM, registerB) % 12 + ((raw & PM) != 0 ? 12 : 0);
    }

    private static int get(byte[] cmos, int register, int registerB) {
        return number(cmos[register] & 0xFF, registerB);
    }

    private static int number(int raw, int registerB) {
        return (registerB & B_DM) != 0 ? raw : (raw >> 4) * 10 + (raw & 15);
    }

    private static void put(byte[] cmos, int register, int registerB, int value) {
        cmos[register] = (byte) ((registerB & B_DM) != 0 ? value : value / 10 << 4 | value % 10);
    }
}
