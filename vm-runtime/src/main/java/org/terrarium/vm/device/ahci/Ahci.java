package org.terrarium.vm.device.ahci;

/** Registers and bits of Serial ATA AHCI 1.3.1 (Intel), chapter 3, and FIS types of Serial ATA 3.0, 10.3. */
final class Ahci {
    // Generic host control (3.1).
    static final int CAP = 0x00;
    static final int GHC = 0x04;
    static final int IS = 0x08;
    static final int PI = 0x0C;
    static final int VS = 0x10;
    static final int CAP2 = 0x24;
    static final int BOHC = 0x28;

    static final int GHC_HR = 1;
    static final int GHC_IE = 1 << 1;
    static final int GHC_AE = 1 << 31;

    // Port registers (3.3).
    static final int PORTS = 0x100;
    static final int PORT_BYTES = 0x80;
    static final int CLB = 0x00;
    static final int CLBU = 0x04;
    static final int FB = 0x08;
    static final int FBU = 0x0C;
    static final int PXIS = 0x10;
    static final int PXIE = 0x14;
    static final int CMD = 0x18;
    static final int TFD = 0x20;
    static final int SIG = 0x24;
    static final int SSTS = 0x28;
    static final int SCTL = 0x2C;
    static final int SERR = 0x30;
    static final int SACT = 0x34;
    static final int CI = 0x38;

    // Port interrupt status (3.3.5).
    static final int IS_DHRS = 1;
    static final int IS_PSS = 1 << 1;
    static final int IS_SDBS = 1 << 3;
    static final int IS_DPS = 1 << 5;
    static final int IS_PCS = 1 << 6;
    static final int IS_PRCS = 1 << 22;
    static final int IS_TFES = 1 << 30;
    static final int IS_WRITABLE = 0xFD80_00BF;
    static final int IE_MASK = 0xFDC0_00FF;

    // Port command (3.3.7).
    static final int CMD_ST = 1;
    static final int CMD_SUD = 1 << 1;
    static final int CMD_POD = 1 << 2;
    static final int CMD_CLO = 1 << 3;
    static final int CMD_FRE = 1 << 4;
    static final int CMD_CCS_SHIFT = 8;
    static final int CMD_FR = 1 << 14;
    static final int CMD_CR = 1 << 15;
    static final int CMD_ATAPI = 1 << 24;
    static final int CMD_DLAE = 1 << 25;
    static final int CMD_KEPT = CMD_ST | CMD_FRE | CMD_ATAPI | CMD_DLAE;

    // Serial ATA status, control and error (3.3.10 to 3.3.12).
    static final int SSTS_PRESENT = 0x123;
    static final int SCTL_DET = 0xF;
    static final int SCTL_MASK = 0xFFF;
    static final int SERR_N = 1 << 16;
    static final int SERR_X = 1 << 26;
    static final int SERR_MASK = 0x07FF_0F03;

    // Command header (4.2.2).
    static final int HEADER_BYTES = 32;
    static final int H_ATAPI = 1 << 5;
    static final int H_WRITE = 1 << 6;
    static final int H_RESET = 1 << 8;
    static final int H_CLEAR_BUSY = 1 << 10;

    // FIS types.
    static final int FIS_REGISTER_H2D = 0x27;
    static final int FIS_REGISTER_D2H = 0x34;
    static final int FIS_SET_DEVICE_BITS = 0xA1;
    static final int FIS_PIO_SETUP = 0x5F;

    // Received FIS structure (4.2.1).
    static final int RECEIVED_PIO_SETUP = 0x20;
    static final int RECEIVED_D2H = 0x40;
    static final int RECEIVED_SDB = 0x58;

    // Task file bits the controller itself looks at (3.3.8).
    static final int STS_BSY = 0x80;
    static final int STS_DRQ = 0x08;
    static final int STS_ERR = 0x01;

    // Queued commands (Serial ATA 3.0, 13.6).
    static final int READ_FPDMA_QUEUED = 0x60;
    static final int WRITE_FPDMA_QUEUED = 0x61;

    static final int SLOTS = 32;

    private Ahci() {}
}
