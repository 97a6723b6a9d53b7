package org.terrarium.vm.device.e1000;

/**
 * Registers of the 82540EM (PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's Manual, Intel 317453,
 * chapter 13; descriptors in chapter 3). Offsets into the memory range, bits by their names there.
 */
final class Reg82540 {
    static final int CTRL = 0x0000;
    static final int STATUS = 0x0008;
    static final int EECD = 0x0010;
    static final int EERD = 0x0014;
    static final int CTRL_EXT = 0x0018;
    static final int MDIC = 0x0020;
    static final int VET = 0x0038;
    static final int ICR = 0x00C0;
    static final int ITR = 0x00C4;
    static final int ICS = 0x00C8;
    static final int IMS = 0x00D0;
    static final int IMC = 0x00D8;
    static final int RCTL = 0x0100;
    static final int TCTL = 0x0400;
    static final int PBA = 0x1000;
    static final int RDBAL = 0x2800;
    static final int RDBAH = 0x2804;
    static final int RDLEN = 0x2808;
    static final int RDH = 0x2810;
    static final int RDT = 0x2818;
    static final int TDBAL = 0x3800;
    static final int TDBAH = 0x3804;
    static final int TDLEN = 0x3808;
    static final int TDH = 0x3810;
    static final int TDT = 0x3818;
    static final int RXCSUM = 0x5000;
    static final int MTA = 0x5200;
    static final int RAL0 = 0x5400;
    static final int RAH0 = 0x5404;
    static final int VFTA = 0x5600;

    /** Statistics: cleared when read (13.7). */
    static final int STATISTICS = 0x4000;

    static final int STATISTICS_END = 0x4128;
    static final int MPC = 0x4010;
    static final int GPRC = 0x4074;
    static final int BPRC = 0x4078;
    static final int MPRC = 0x407C;
    static final int GPTC = 0x4080;
    static final int GORCL = 0x4088;
    static final int GOTCL = 0x4090;
    static final int TORL = 0x40C0;
    static final int TOTL = 0x40C8;
    static final int TPR = 0x40D0;
    static final int TPT = 0x40D4;
    static final int MPTC = 0x40F0;
    static final int BPTC = 0x40F4;
    static final int TSCTC = 0x40F8;

    /** Behind the last register. */
    static final int END = 0x6000;

    static final int CTRL_FD = 1;
    static final int CTRL_SLU = 1 << 6;
    static final int CTRL_RST = 1 << 26;
    static final int CTRL_VME = 1 << 30;
    static final int CTRL_PHY_RST = 1 << 31;

    static final int STATUS_FD = 1;
    static final int STATUS_LU = 1 << 1;
    static final int STATUS_SPEED_1000 = 2 << 6;

    static final int EECD_SK = 1;
    static final int EECD_CS = 2;
    static final int EECD_DI = 4;
    static final int EECD_DO = 8;
    static final int EECD_REQ = 0x40;
    static final int EECD_GNT = 0x80;
    static final int EECD_PRES = 0x100;

    static final int EERD_START = 1;
    static final int EERD_DONE = 1 << 4;

    static final int MDIC_WRITE = 1 << 26;
    static final int MDIC_READ = 1 << 27;
    static final int MDIC_READY = 1 << 28;
    static final int MDIC_INTERRUPT = 1 << 29;
    static final int MDIC_ERROR = 1 << 30;

    static final int ICR_TXDW = 1;
    static final int ICR_TXQE = 1 << 1;
    static final int ICR_LSC = 1 << 2;
    static final int ICR_RXDMT0 = 1 << 4;
    static final int ICR_RXT0 = 1 << 7;
    static final int ICR_MDAC = 1 << 9;

    static final int RCTL_EN = 1 << 1;
    static final int RCTL_UPE = 1 << 3;
    static final int RCTL_MPE = 1 << 4;
    static final int RCTL_LPE = 1 << 5;
    static final int RCTL_RDMTS_SHIFT = 8;
    static final int RCTL_MO_SHIFT = 12;
    static final int RCTL_BAM = 1 << 15;
    static final int RCTL_BSIZE_SHIFT = 16;
    static final int RCTL_VFE = 1 << 18;
    static final int RCTL_BSEX = 1 << 25;
    static final int RCTL_SECRC = 1 << 26;

    static final int TCTL_EN = 1 << 1;

    static final int RXCSUM_PCSS = 0xFF;
    static final int RXCSUM_IPOFL = 1 << 8;
    static final int RXCSUM_TUOFL = 1 << 9;

    static final int RAH_AV = 1 << 31;
    static final int RECEIVE_ADDRESSES = 16;

    private Reg82540() {}
}
