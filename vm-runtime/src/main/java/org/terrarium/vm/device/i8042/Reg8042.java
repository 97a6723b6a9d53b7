package org.terrarium.vm.device.i8042;

/** Bits and commands of the keyboard controller, after IBM's Personal System/2 hardware interface technical reference. */
final class Reg8042 {
    // Status register, port 64h
    static final int STATUS_OUTPUT_BUFFER_FULL = 0x01;
    static final int STATUS_SYSTEM_FLAG = 0x04;
    static final int STATUS_COMMAND_DATA = 0x08;
    static final int STATUS_INHIBIT_SWITCH = 0x10;
    static final int STATUS_AUXILIARY_FULL = 0x20;

    // Controller command byte
    static final int CCB_KEYBOARD_INTERRUPT = 0x01;
    static final int CCB_AUXILIARY_INTERRUPT = 0x02;
    static final int CCB_SYSTEM_FLAG = 0x04;
    static final int CCB_DISABLE_KEYBOARD = 0x10;
    static final int CCB_DISABLE_AUXILIARY = 0x20;
    static final int CCB_TRANSLATE = 0x40;

    // Output port
    static final int P2_NOT_RESET = 0x01;
    static final int P2_A20 = 0x02;
    static final int P2_KEYBOARD_FULL = 0x10;
    static final int P2_AUXILIARY_FULL = 0x20;

    // Input port: keyboard not locked
    static final int P1_NOT_INHIBITED = 0x80;

    static final int READ_RAM = 0x20;
    static final int WRITE_RAM = 0x60;
    static final int TEST_PASSWORD = 0xA4;
    static final int DISABLE_AUXILIARY = 0xA7;
    static final int ENABLE_AUXILIARY = 0xA8;
    static final int AUXILIARY_INTERFACE_TEST = 0xA9;
    static final int SELF_TEST = 0xAA;
    static final int KEYBOARD_INTERFACE_TEST = 0xAB;
    static final int DISABLE_KEYBOARD = 0xAD;
    static final int ENABLE_KEYBOARD = 0xAE;
    static final int READ_INPUT_PORT = 0xC0;
    static final int READ_OUTPUT_PORT = 0xD0;
    static final int WRITE_OUTPUT_PORT = 0xD1;
    static final int WRITE_KEYBOARD_OUTPUT_BUFFER = 0xD2;
    static final int WRITE_AUXILIARY_OUTPUT_BUFFER = 0xD3;
    static final int WRITE_AUXILIARY_DEVICE = 0xD4;
    /** Not IBM's: what HP's and many other controllers offer as a shortcut for the output port. */
    static final int DISABLE_A20 = 0xDD;

    static final int ENABLE_A20 = 0xDF;
    static final int READ_TEST_INPUTS = 0xE0;
    static final int PULSE_OUTPUT_PORT = 0xF0;

    static final int SELF_TEST_PASSED = 0x55;
    static final int INTERFACE_TEST_PASSED = 0x00;
    static final int NO_PASSWORD = 0xF1;

    private Reg8042() {}
}
