package org.terrarium.vm.firmware;

/** Linear addresses in the BIOS data area, segment 40h, and the extended one (IBM PS/2 BIOS Technical Reference, section 3). */
final class Bda {
    static final int BASE = 0x400;
    static final int COM_PORTS = 0x400;
    static final int LPT_PORTS = 0x408;
    static final int EBDA_SEGMENT = 0x40E;
    static final int EQUIPMENT = 0x410;
    static final int MEMORY_KIB = 0x413;
    static final int SHIFT_FLAGS = 0x417;
    static final int SHIFT_FLAGS_2 = 0x418;
    static final int ALT_DIGITS = 0x419;
    static final int KEY_HEAD = 0x41A;
    static final int KEY_TAIL = 0x41C;
    static final int KEY_BUFFER = 0x41E;
    static final int FLOPPY_CALIBRATED = 0x43E;
    static final int FLOPPY_MOTORS = 0x43F;
    static final int FLOPPY_MOTOR_COUNT = 0x440;
    static final int FLOPPY_STATUS = 0x441;
    static final int FLOPPY_RESULT = 0x442;
    static final int VIDEO_MODE = 0x449;
    static final int COLUMNS = 0x44A;
    static final int PAGE_BYTES = 0x44C;
    static final int PAGE_START = 0x44E;
    static final int CURSOR_POSITION = 0x450;
    static final int CURSOR_SHAPE = 0x460;
    static final int ACTIVE_PAGE = 0x462;
    static final int CRTC_PORT = 0x463;
    static final int MODE_CONTROL = 0x465;
    static final int CGA_PALETTE = 0x466;
    static final int RESET_VECTOR = 0x467;
    static final int TICKS = 0x46C;
    static final int TICKS_WRAPPED = 0x470;
    static final int BREAK_FLAG = 0x471;
    static final int RESET_FLAG = 0x472;
    static final int DISK_STATUS = 0x474;
    static final int DISK_COUNT = 0x475;
    static final int LPT_TIMEOUT = 0x478;
    static final int COM_TIMEOUT = 0x47C;
    static final int KEY_BUFFER_START = 0x480;
    static final int KEY_BUFFER_END = 0x482;
    static final int ROWS_MINUS_1 = 0x484;
    static final int CHAR_HEIGHT = 0x485;
    static final int VIDEO_CONTROL = 0x487;
    static final int VIDEO_SWITCHES = 0x488;
    static final int VGA_FLAGS = 0x489;
    static final int DCC_INDEX = 0x48A;
    static final int FLOPPY_DATA_RATE = 0x48B;
    static final int DISK_INTERRUPT = 0x48E;
    static final int FLOPPY_INFO = 0x48F;
    static final int FLOPPY_MEDIA = 0x490;
    static final int FLOPPY_TRACK = 0x494;
    static final int KEYBOARD_TYPE = 0x496;
    static final int KEYBOARD_LEDS = 0x497;
    static final int WAIT_FLAG_POINTER = 0x498;
    static final int WAIT_MICROSECONDS = 0x49C;
    static final int WAIT_ACTIVE = 0x4A0;
    static final int SAVE_POINTER = 0x4A8;
    static final int VBE_MODE = 0x4BA;
    static final int PRINT_SCREEN_STATUS = 0x500;

    /** The EBDA lies below 640 KiB; its first byte is its size in KiB. */
    static final int EBDA_SEG = 0x9FC0;

    static final int EBDA = EBDA_SEG * 16;
    static final int EBDA_KIB = 1;
    static final int EBDA_MOUSE_HANDLER = EBDA + 0x22;
    static final int EBDA_MOUSE_FLAGS = EBDA + 0x26;
    static final int EBDA_MOUSE_FLAGS_2 = EBDA + 0x27;
    static final int EBDA_MOUSE_PACKET = EBDA + 0x28;
    /** Fixed disk parameter tables of the first two disks (where INT 41h and 46h point). */
    static final int EBDA_DISK_TABLE = EBDA + 0x3D;

    /** The video save pointer table and the like, which must lie in writable memory. */
    static final int EBDA_EDD = EBDA + 0x80;

    private Bda() {}
}
