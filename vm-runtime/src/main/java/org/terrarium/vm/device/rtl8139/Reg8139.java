package org.terrarium.vm.device.rtl8139;

/** Registers of the RTL8139C (Realtek, RTL8139C(L) datasheet, chapter 5): offsets and bits by their names there. */
final class Reg8139 {
    static final int IDR0 = 0x00;
    static final int MAR0 = 0x08;
    static final int TSD0 = 0x10;
    static final int TSAD0 = 0x20;
    static final int RBSTART = 0x30;
    static final int CR = 0x37;
    static final int CAPR = 0x38;
    static final int CBR = 0x3A;
    static final int IMR = 0x3C;
    static final int ISR = 0x3E;
    static final int TCR = 0x40;
    static final int RCR = 0x44;
    static final int TCTR = 0x48;
    static final int MPC = 0x4C;
    static final int CR9346 = 0x50;
    static final int CONFIG0 = 0x51;
    static final int CONFIG1 = 0x52;
    static final int TIMER_INT = 0x54;
    static final int MSR = 0x58;
    static final int TSAD = 0x60;
    static final int BMCR = 0x62;
    static final int BMSR = 0x64;
    static final int ANAR = 0x66;
    static final int ANLPAR = 0x68;
    static final int ANER = 0x6A;
    static final int CSCR = 0x74;
    static final int CONFIG5 = 0xD8;
    static final int BYTES = 0x100;

    static final int CR_BUFE = 1;
    static final int CR_TE = 4;
    static final int CR_RE = 8;
    static final int CR_RST = 0x10;

    static final int TSD_SIZE = 0x1FFF;
    static final int TSD_OWN = 1 << 13;
    static final int TSD_TOK = 1 << 15;

    static final int ISR_ROK = 1;
    static final int ISR_TOK = 4;
    static final int ISR_LINK = 0x20;
    static final int ISR_TIMEOUT = 0x4000;

    static final int RCR_AAP = 1;
    static final int RCR_APM = 2;
    static final int RCR_AM = 4;
    static final int RCR_AB = 8;
    static final int RCR_WRAP = 0x80;
    static final int RCR_RBLEN_SHIFT = 11;

    static final int TCR_LBK = 3 << 17;

    /** What tells this chip from its relatives. */
    static final int TCR_HWVERID = 0x7400_0000;

    static final int MSR_LINKB = 4;

    /** What CSCR (5.27) holds after a reset: link pulses, heart beat, jabber detection, 100 Mbit/s. */
    static final int CSCR_USUAL = 0x03C0;

    static final int CSCR_CON_STATUS = 8;

    /** Bits that the datasheet leaves open, by the names Linux's driver has for them. */
    static final int CSCR_LINK_OK = 0x0400;

    static final int CSCR_LINK_CHANGE = 0x0800;

    static final int RX_ROK = 1;
    static final int RX_BAR = 1 << 13;
    static final int RX_PAM = 1 << 14;
    static final int RX_MAR = 1 << 15;

    static final int EE_MODE = 0xC0;
    static final int EE_PROGRAM = 0x80;
    static final int EE_CS = 8;
    static final int EE_SK = 4;
    static final int EE_DI = 2;
    static final int EE_DO = 1;

    private Reg8139() {}
}
