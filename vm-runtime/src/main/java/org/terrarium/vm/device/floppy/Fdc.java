package org.terrarium.vm.device.floppy;

/** Registers, commands and status bits of the 82077AA (Intel 290166). */
final class Fdc {
    // Registers (82077AA datasheet, 2.1); offsets from 3F0h.
    static final int SRA = 0;
    static final int SRB = 1;
    static final int DOR = 2;
    static final int TDR = 3;
    static final int MSR = 4;
    static final int DSR = 4;
    static final int FIFO = 5;

    // Digital output register.
    static final int DOR_DRIVE_SELECT = 3;
    static final int DOR_RESET_NOT = 1 << 2;
    static final int DOR_DMAGATE_NOT = 1 << 3;

    static final int DSR_SW_RESET = 1 << 7;
    static final int RATE = 3;

    // Main status register.
    static final int MSR_CMD_BSY = 1 << 4;
    static final int MSR_NON_DMA = 1 << 5;
    static final int MSR_DIO = 1 << 6;
    static final int MSR_RQM = 1 << 7;

    static final int DIR_DSK_CHG = 1 << 7;

    // Commands (82077AA datasheet, 5.1), without the MT, MFM and SK bits.
    static final int READ_TRACK = 0x02;
    static final int SPECIFY = 0x03;
    static final int SENSE_DRIVE_STATUS = 0x04;
    static final int WRITE_DATA = 0x05;
    static final int READ_DATA = 0x06;
    static final int RECALIBRATE = 0x07;
    static final int SENSE_INTERRUPT = 0x08;
    static final int WRITE_DELETED_DATA = 0x09;
    static final int READ_ID = 0x0A;
    static final int READ_DELETED_DATA = 0x0C;
    static final int FORMAT_TRACK = 0x0D;
    static final int DUMPREG = 0x0E;
    static final int SEEK = 0x0F;
    static final int VERSION = 0x10;
    static final int PERPENDICULAR_MODE = 0x12;
    static final int CONFIGURE = 0x13;
    static final int LOCK = 0x14;
    static final int VERIFY = 0x16;

    static final int MT = 0x80;

    /** Bit 7 of a SEEK makes it relative, bit 6 inwards; bit 7 of LOCK locks. */
    static final int RELATIVE = 0x80;

    static final int DIRECTION_IN = 0x40;

    static final int VERSION_82077AA = 0x90;

    // Status register 0.
    static final int ST0_ABNORMAL = 1 << 6;
    static final int ST0_INVALID = 1 << 7;
    static final int ST0_POLLING = 3 << 6;
    static final int ST0_SEEK_END = 1 << 5;
    static final int ST0_EQUIPMENT_CHECK = 1 << 4;

    // Status register 1.
    static final int ST1_END_OF_CYLINDER = 1 << 7;
    static final int ST1_DATA_ERROR = 1 << 5;
    static final int ST1_OVERRUN = 1 << 4;
    static final int ST1_NO_DATA = 1 << 2;
    static final int ST1_NOT_WRITABLE = 1 << 1;
    static final int ST1_MISSING_ADDRESS_MARK = 1;

    // Status register 2.
    static final int ST2_CONTROL_MARK = 1 << 6;
    static final int ST2_DATA_ERROR_IN_DATA = 1 << 5;
    static final int ST2_WRONG_CYLINDER = 1 << 4;

    // Status register 3.
    static final int ST3_WRITE_PROTECTED = 1 << 6;
    static final int ST3_ALWAYS = 1 << 5 | 1 << 3;
    static final int ST3_TRACK_0 = 1 << 4;

    // CONFIGURE.
    static final int CONFIG_IMPLIED_SEEK = 1 << 6;
    static final int CONFIG_FIFO_DISABLED = 1 << 5;
    static final int CONFIG_POLLING_DISABLED = 1 << 4;

    private Fdc() {}
}
