package org.terrarium.vm.device.rtc;

/** Registers of the Motorola MC146818A, named as in its datasheet (document MC146818A/D). */
final class RegMc146818 {
    static final int SECONDS = 0x00;
    static final int SECONDS_ALARM = 0x01;
    static final int MINUTES = 0x02;
    static final int MINUTES_ALARM = 0x03;
    static final int HOURS = 0x04;
    static final int HOURS_ALARM = 0x05;
    static final int DAY_OF_WEEK = 0x06;
    static final int DATE_OF_MONTH = 0x07;
    static final int MONTH = 0x08;
    static final int YEAR = 0x09;
    static final int REGISTER_A = 0x0A;
    static final int REGISTER_B = 0x0B;
    static final int REGISTER_C = 0x0C;
    static final int REGISTER_D = 0x0D;
    /** Not of the chip but of the PC: the century byte, where ACPI's FADT says it is. */
    static final int CENTURY = 0x32;

    static final int A_UIP = 0x80;
    static final int A_DV = 0x70;
    static final int A_DV_SHIFT = 4;
    static final int A_RS = 0x0F;

    static final int B_SET = 0x80;
    static final int B_PIE = 0x40;
    static final int B_AIE = 0x20;
    static final int B_UIE = 0x10;
    static final int B_SQWE = 0x08;
    static final int B_DM = 0x04;
    static final int B_24_12 = 0x02;

    static final int C_IRQF = 0x80;
    static final int C_PF = 0x40;
    static final int C_AF = 0x20;
    static final int C_UF = 0x10;

    static final int D_VRT = 0x80;

    /** An alarm byte with both upper bits set matches anything. */
    static final int ALARM_DONT_CARE = 0xC0;

    private RegMc146818() {}
}
