package org.terrarium.vm.device.pit;

/** Control word fields of the 82C54, named as in Intel's datasheet (order number 231244). */
final class Reg8254 {
    static final int CONTROL_WORD = 3;

    // Control word: SC1 SC0 RW1 RW0 M2 M1 M0 BCD
    static final int SC_SHIFT = 6;
    static final int SC_READ_BACK = 3;
    static final int RW_SHIFT = 4;
    static final int RW_LATCH = 0;
    static final int RW_LSB = 1;
    static final int RW_MSB = 2;
    static final int RW_BOTH = 3;
    static final int M_SHIFT = 1;
    static final int BCD = 0x01;

    // Read-back command, active low
    static final int READ_BACK_NOT_COUNT = 0x20;
    static final int READ_BACK_NOT_STATUS = 0x10;

    // Status byte
    static final int STATUS_OUTPUT = 0x80;
    static final int STATUS_NULL_COUNT = 0x40;

    static final int MODE_INTERRUPT_ON_TERMINAL_COUNT = 0;
    static final int MODE_ONE_SHOT = 1;
    static final int MODE_RATE_GENERATOR = 2;
    static final int MODE_SQUARE_WAVE = 3;
    static final int MODE_SOFTWARE_STROBE = 4;
    static final int MODE_HARDWARE_STROBE = 5;

    private Reg8254() {}
}
