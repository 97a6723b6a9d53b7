package org.terrarium.vm.device.ac97;

/** Native audio bus master registers of the 82801AA (Intel 290655, ICH datasheet, chapter "AC'97 audio controller"). */
final class Reg82801 {
    /** Ports of the native audio bus master range (BAR 1). */
    static final int NABM_PORTS = 64;

    /** Where each engine's registers start. */
    static final int PI = 0x00;

    static final int PO = 0x10;
    static final int MC = 0x20;

    // One engine's registers, from its start.
    static final int BDBAR = 0x0;
    static final int CIV = 0x4;
    static final int LVI = 0x5;
    static final int SR = 0x6;
    static final int PICB = 0x8;
    static final int PIV = 0xA;
    static final int CR = 0xB;

    // Status register.
    static final int SR_DCH = 1;
    static final int SR_CELV = 1 << 1;
    static final int SR_LVBCI = 1 << 2;
    static final int SR_BCIS = 1 << 3;
    static final int SR_FIFOE = 1 << 4;
    static final int SR_WRITE_ONE_TO_CLEAR = SR_LVBCI | SR_BCIS | SR_FIFOE;

    // Control register.
    static final int CR_RPBM = 1;
    static final int CR_RR = 1 << 1;
    static final int CR_LVBIE = 1 << 2;
    static final int CR_FEIE = 1 << 3;
    static final int CR_IOCE = 1 << 4;
    static final int CR_INTERRUPTS = CR_LVBIE | CR_FEIE | CR_IOCE;

    /** In the second doubleword of a buffer descriptor: interrupt on completion. */
    static final int BD_IOC = 1 << 31;

    // The registers common to all engines.
    static final int GLOB_CNT = 0x2C;
    static final int GLOB_STA = 0x30;
    static final int CAS = 0x34;

    static final int CNT_COLD_RESET = 1 << 1;
    static final int CNT_WARM_RESET = 1 << 2;
    static final int CNT_LINK_OFF = 1 << 3;
    static final int CNT_WRITABLE = 0x3B;

    static final int STA_PIINT = 1 << 5;
    static final int STA_POINT = 1 << 6;
    static final int STA_MINT = 1 << 7;
    static final int STA_S0CR = 1 << 8;
    static final int STA_RCS = 1 << 15;

    /** AD3 and MD3: power states that drivers of the audio and modem functions leave for each other. */
    static final int STA_WRITABLE = 3 << 16;

    private Reg82801() {}
}
