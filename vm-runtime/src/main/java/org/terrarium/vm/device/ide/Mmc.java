package org.terrarium.vm.device.ide;

/** Commands and sense codes of a CD drive (MMC-3, T10/1363-D; SPC-2; SFF-8020i). */
final class Mmc {
    static final int PACKET_BYTES = 12;
    static final int BLOCK = 2048;

    static final int TEST_UNIT_READY = 0x00;
    static final int REQUEST_SENSE = 0x03;
    static final int INQUIRY = 0x12;
    static final int MODE_SELECT_6 = 0x15;
    static final int MODE_SENSE_6 = 0x1A;
    static final int START_STOP_UNIT = 0x1B;
    static final int PREVENT_ALLOW_MEDIUM_REMOVAL = 0x1E;
    static final int READ_CAPACITY = 0x25;
    static final int READ_10 = 0x28;
    static final int SEEK_10 = 0x2B;
    static final int READ_SUB_CHANNEL = 0x42;
    static final int READ_TOC = 0x43;
    static final int GET_CONFIGURATION = 0x46;
    static final int GET_EVENT_STATUS_NOTIFICATION = 0x4A;
    static final int STOP_PLAY_SCAN = 0x4E;
    static final int READ_DISC_INFORMATION = 0x51;
    static final int READ_TRACK_INFORMATION = 0x52;
    static final int MODE_SELECT_10 = 0x55;
    static final int MODE_SENSE_10 = 0x5A;
    static final int READ_12 = 0xA8;
    static final int READ_CD_MSF = 0xB9;
    static final int SET_CD_SPEED = 0xBB;
    static final int MECHANISM_STATUS = 0xBD;
    static final int READ_CD = 0xBE;

    // Sense key, additional sense code, qualifier (MMC-3, annex A).
    static final int NOT_READY_NO_MEDIUM_CLOSED = 0x023A01;
    static final int NOT_READY_NO_MEDIUM_OPEN = 0x023A02;
    static final int UNRECOVERED_READ_ERROR = 0x031100;
    static final int INVALID_OPCODE = 0x052000;
    static final int LBA_OUT_OF_RANGE = 0x052100;
    static final int INVALID_FIELD = 0x052400;
    static final int SAVING_NOT_SUPPORTED = 0x053900;
    static final int REMOVAL_PREVENTED = 0x055302;
    static final int ILLEGAL_MODE_FOR_TRACK = 0x056400;
    static final int UNIT_ATTENTION = 0x060000;

    // Additional code and qualifier of unit attentions.
    static final int MEDIUM_MAY_HAVE_CHANGED = 0x2800;
    static final int POWER_ON_OR_RESET = 0x2900;

    // Media events (MMC-3, table 43).
    static final int EVENT_NONE = 0;
    static final int EVENT_EJECT_REQUEST = 1;
    static final int EVENT_NEW_MEDIA = 2;
    static final int EVENT_MEDIA_REMOVAL = 3;

    private Mmc() {}
}
