package org.terrarium.vm.device.pic;

/** Command word bits of the 8259A, named as in Intel's datasheet (order number 231468), and PIIX3's edge/level registers. */
final class Reg8259 {
    // ICW1, written to A0=0 with D4 set
    static final int ICW1 = 0x10;
    static final int ICW1_IC4 = 0x01;
    static final int ICW1_SNGL = 0x02;

    // ICW4
    static final int ICW4_AEOI = 0x02;
    static final int ICW4_SFNM = 0x10;

    // OCW2, written to A0=0 with D4 and D3 clear: R, SL, EOI in D7..D5, level in D2..D0
    static final int OCW2_LEVEL = 0x07;
    static final int OCW2_CLEAR_ROTATE_IN_AEOI = 0b000;
    static final int OCW2_NON_SPECIFIC_EOI = 0b001;
    static final int OCW2_NO_OPERATION = 0b010;
    static final int OCW2_SPECIFIC_EOI = 0b011;
    static final int OCW2_SET_ROTATE_IN_AEOI = 0b100;
    static final int OCW2_ROTATE_ON_NON_SPECIFIC_EOI = 0b101;
    static final int OCW2_SET_PRIORITY = 0b110;
    static final int OCW2_ROTATE_ON_SPECIFIC_EOI = 0b111;

    // OCW3, written to A0=0 with D4 clear and D3 set
    static final int OCW3 = 0x08;
    static final int OCW3_RIS = 0x01;
    static final int OCW3_RR = 0x02;
    static final int OCW3_P = 0x04;
    static final int OCW3_SMM = 0x20;
    static final int OCW3_ESMM = 0x40;

    /** PIIX3 ELCR1 (4D0h): IRQ 0, 1 and 2 are always edge-triggered. */
    static final int ELCR1_WRITABLE = 0xF8;
    /** PIIX3 ELCR2 (4D1h): IRQ 8 and 13 are always edge-triggered. */
    static final int ELCR2_WRITABLE = 0xDE;

    private Reg8259() {}
}
