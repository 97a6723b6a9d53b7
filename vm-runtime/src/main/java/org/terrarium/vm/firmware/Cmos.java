package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;

/** The real-time clock's registers and the CMOS bytes behind them, through ports 70h and 71h (MC146818A; AT layout). */
final class Cmos {
    static final int SECONDS = 0x00;
    static final int ALARM_SECONDS = 0x01;
    static final int MINUTES = 0x02;
    static final int ALARM_MINUTES = 0x03;
    static final int HOURS = 0x04;
    static final int ALARM_HOURS = 0x05;
    static final int DAY = 0x07;
    static final int MONTH = 0x08;
    static final int YEAR = 0x09;
    static final int STATUS_A = 0x0A;
    static final int STATUS_B = 0x0B;
    static final int STATUS_C = 0x0C;
    static final int STATUS_D = 0x0D;
    static final int SHUTDOWN = 0x0F;
    static final int FLOPPY_TYPES = 0x10;
    static final int DISK_TYPES = 0x12;
    static final int EQUIPMENT = 0x14;
    static final int BASE_KIB = 0x15;
    static final int EXTENDED_KIB = 0x17;
    static final int DISK_TYPE_1 = 0x19;
    static final int CHECKSUM = 0x2E;
    static final int EXTENDED_KIB_2 = 0x30;
    static final int CENTURY = 0x32;
    static final int ABOVE_16M = 0x34;

    /** Boot order: third choice in the high nibble here, first and second in the nibbles of {@link #BOOT_FIRST}. */
    static final int BOOT_THIRD = 0x38;

    static final int BOOT_FIRST = 0x3D;

    /** The boot order of the machine's settings at the time when setup stored its own: two bytes of the same form. */
    static final int BOOT_SETTINGS = 0x3B;

    static final int ABOVE_4G = 0x5B;

    static final int SET = 0x80;
    static final int PERIODIC_ENABLE = 0x40;
    static final int ALARM_ENABLE = 0x20;
    static final int BINARY = 0x04;

    private final PortBus ports;

    Cmos(PortBus ports) {
        this.ports = ports;
    }

    int read(int index) {
        ports.write(0x70, 1, index);
        return ports.read(0x71, 1) & 0xFF;
    }

    void write(int index, int value) {
        ports.write(0x70, 1, index);
        ports.write(0x71, 1, value & 0xFF);
    }

    void write16(int index, int value) {
        write(index, value);
        write(index + 1, value >> 8);
    }

    void change(int index, int clear, int set) {
        write(index, read(index) & ~clear | set);
    }

    /** Recomputes the AT checksum over bytes 10h..2Dh. */
    void updateChecksum() {
        int sum = 0;
        for (int k = 0x10; k < 0x2E; k++) {
            sum += read(k);
        }
        write(CHECKSUM, sum >> 8);
        write(CHECKSUM + 1, sum);
    }

    /** A clock register as a number, whichever of BCD and binary is in force. */
    int number(int index) {
        int v = read(index);
        return (read(STATUS_B) & BINARY) != 0 ? v : (v >> 4) * 10 + (v & 0x0F);
    }

    /** A clock register as BCD, which is what INT 1Ah hands out. */
    int bcd(int index) {
        return toBcd(number(index));
    }

    /** Sets a clock register from BCD. */
    void setBcd(int index, int bcd) {
        int binary = (bcd >> 4) * 10 + (bcd & 0x0F);
        write(index, (read(STATUS_B) & BINARY) != 0 ? binary : bcd);
    }

    static int toBcd(int n) {
        return n / 10 << 4 | n % 10;
    }
}
