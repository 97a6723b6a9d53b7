package org.terrarium.vm.device.piix;

/** Register constants of the PIIX4's power management ports (82371AB datasheet, 7.2) and the ACPI names of their bits. */
final class PmEvents {
    static final int PMSTS = 0x00;
    static final int PMEN = 0x02;
    static final int PMCNTRL = 0x04;
    static final int PMTMR = 0x08;
    static final int GPSTS = 0x0C;
    static final int GPEN = 0x0E;
    static final int PCNTRL = 0x10;
    static final int PLVL2 = 0x14;
    static final int GLBSTS = 0x18;
    static final int PORTS = 0x40;

    // PMSTS and PMEN bits.
    static final int TMROF = 1;
    static final int GBL = 1 << 5;
    static final int PWRBTN = 1 << 8;
    static final int RTC = 1 << 10;
    static final int RSM = 1 << 15;
    static final int STATUS_BITS = TMROF | 1 << 4 | GBL | PWRBTN | RTC | RSM;
    static final int ENABLE_BITS = TMROF | GBL | PWRBTN | RTC;

    // PMCNTRL bits.
    static final int SCI_EN = 1;
    static final int BRLD_EN_BM = 1 << 1;
    static final int GBL_RLS = 1 << 2;
    static final int SUS_TYP_SHIFT = 10;
    static final int SUS_TYP = 7 << SUS_TYP_SHIFT;
    static final int SUS_EN = 1 << 13;

    private PmEvents() {}
}
