package org.terrarium.vm.device.ide;

/** Registers, bits and commands of ATA/ATAPI-6 (T13/1410D). */
final class Ata {
    // Command block registers (ATA/ATAPI-6, 5.3 and 7).
    static final int DATA = 0;
    static final int ERROR = 1;
    static final int FEATURES = 1;
    static final int SECTOR_COUNT = 2;
    static final int LBA_LOW = 3;
    static final int LBA_MID = 4;
    static final int LBA_HIGH = 5;
    static final int DEVICE = 6;
    static final int STATUS = 7;
    static final int COMMAND = 7;

    // Status register (7.15).
    static final int BSY = 0x80;
    static final int DRDY = 0x40;
    static final int DF = 0x20;
    /** Seek complete in earlier standards; drivers of that time wait for it. */
    static final int DSC = 0x10;

    static final int DRQ = 0x08;
    static final int ERR = 0x01;

    // Error register (7.9).
    static final int UNC = 0x40;
    static final int IDNF = 0x10;
    static final int ABRT = 0x04;

    // Device register (7.7).
    static final int LBA = 0x40;
    static final int DEV = 0x10;
    static final int OBSOLETE_ONES = 0xA0;

    // Device control register (7.8).
    static final int HOB = 0x80;
    static final int SRST = 0x04;
    static final int NIEN = 0x02;

    // Interrupt reason, in the sector count register of packet commands (7.10).
    static final int COD = 0x01;
    static final int IO = 0x02;

    // Commands (8).
    static final int NOP = 0x00;
    /** ATA8-ACS, 7.10. */
    static final int DATA_SET_MANAGEMENT = 0x06;

    static final int DEVICE_RESET = 0x08;
    static final int RECALIBRATE = 0x10;
    static final int READ_SECTORS = 0x20;
    static final int READ_SECTORS_NO_RETRY = 0x21;
    static final int READ_SECTORS_EXT = 0x24;
    static final int READ_DMA_EXT = 0x25;
    static final int READ_NATIVE_MAX_EXT = 0x27;
    static final int READ_MULTIPLE_EXT = 0x29;
    static final int READ_LOG_EXT = 0x2F;
    static final int WRITE_SECTORS = 0x30;
    static final int WRITE_SECTORS_NO_RETRY = 0x31;
    static final int WRITE_SECTORS_EXT = 0x34;
    static final int WRITE_DMA_EXT = 0x35;
    static final int WRITE_MULTIPLE_EXT = 0x39;
    static final int WRITE_VERIFY = 0x3C;
    static final int READ_VERIFY = 0x40;
    static final int READ_VERIFY_NO_RETRY = 0x41;
    static final int READ_VERIFY_EXT = 0x42;
    static final int SEEK = 0x70;
    static final int EXECUTE_DEVICE_DIAGNOSTIC = 0x90;
    static final int INITIALIZE_DEVICE_PARAMETERS = 0x91;
    static final int STANDBY_IMMEDIATE_OLD = 0x94;
    static final int IDLE_IMMEDIATE_OLD = 0x95;
    static final int STANDBY_OLD = 0x96;
    static final int IDLE_OLD = 0x97;
    static final int CHECK_POWER_MODE_OLD = 0x98;
    static final int SLEEP_OLD = 0x99;
    static final int PACKET = 0xA0;
    static final int IDENTIFY_PACKET_DEVICE = 0xA1;
    static final int SMART = 0xB0;
    static final int READ_MULTIPLE = 0xC4;
    static final int WRITE_MULTIPLE = 0xC5;
    static final int SET_MULTIPLE_MODE = 0xC6;
    static final int READ_DMA = 0xC8;
    static final int READ_DMA_NO_RETRY = 0xC9;
    static final int WRITE_DMA = 0xCA;
    static final int WRITE_DMA_NO_RETRY = 0xCB;
    static final int STANDBY_IMMEDIATE = 0xE0;
    static final int IDLE_IMMEDIATE = 0xE1;
    static final int STANDBY = 0xE2;
    static final int IDLE = 0xE3;
    static final int CHECK_POWER_MODE = 0xE5;
    static final int SLEEP = 0xE6;
    static final int FLUSH_CACHE = 0xE7;
    static final int FLUSH_CACHE_EXT = 0xEA;
    static final int IDENTIFY_DEVICE = 0xEC;
    static final int SET_FEATURES = 0xEF;
    static final int READ_NATIVE_MAX = 0xF8;

    static final int SECTOR = 512;

    private Ata() {}
}
