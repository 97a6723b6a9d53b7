package org.terrarium.vm.device.apic;

/** Registers of the local APIC: offsets in its page and the fields in them (Intel SDM volume 3, chapter 11). */
public final class ApicRegisters {
    private ApicRegisters() {}

    // IA32_APIC_BASE (SDM volume 3, 11.4.4).
    public static final long BASE_BSP = 1 << 8;
    public static final long BASE_ENABLE = 1 << 11;
    static final long BASE_ADDRESS = 0xF_FFFF_F000L;

    // Registers (SDM volume 3, table 11-1).
    public static final int ID = 0x20;
    public static final int VERSION = 0x30;
    public static final int TPR = 0x80;
    public static final int APR = 0x90;
    public static final int PPR = 0xA0;
    public static final int EOI = 0xB0;
    public static final int RRD = 0xC0;
    public static final int LDR = 0xD0;
    public static final int DFR = 0xE0;
    public static final int SVR = 0xF0;
    public static final int ISR = 0x100;
    public static final int TMR = 0x180;
    public static final int IRR = 0x200;
    public static final int ESR = 0x280;
    public static final int ICR_LOW = 0x300;
    public static final int ICR_HIGH = 0x310;
    public static final int LVT_TIMER = 0x320;
    public static final int LVT_THERMAL = 0x330;
    public static final int LVT_PERFORMANCE = 0x340;
    public static final int LVT_LINT0 = 0x350;
    public static final int LVT_LINT1 = 0x360;
    public static final int LVT_ERROR = 0x370;
    public static final int INITIAL_COUNT = 0x380;
    public static final int CURRENT_COUNT = 0x390;
    public static final int DIVIDE = 0x3E0;

    /** Version 14h (integrated xAPIC), highest local vector table entry 5. */
    static final int VERSION_VALUE = 0x0005_0014;

    static final int SVR_ENABLE = 1 << 8;
    static final int LVT_MASKED = 1 << 16;
    static final int LVT_PERIODIC = 1 << 17;

    // Positions in the local vector table.
    static final int TIMER = 0;
    static final int LINT0 = 3;
    static final int LINT1 = 4;
    static final int ERROR = 5;
    static final int[] LVT_WRITABLE = {0x300FF, 0x107FF, 0x107FF, 0x1A7FF, 0x1A7FF, 0x100FF};

    // Error status (SDM volume 3, 11.5.3).
    static final int ESR_SEND_ILLEGAL_VECTOR = 1 << 5;
    static final int ESR_RECEIVED_ILLEGAL_VECTOR = 1 << 6;
    static final int ESR_ILLEGAL_REGISTER = 1 << 7;

    static final int FIRST_LEGAL_VECTOR = 16;
    static final int BROADCAST = 0xFF;
}
