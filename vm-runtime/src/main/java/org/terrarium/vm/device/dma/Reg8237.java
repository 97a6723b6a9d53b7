package org.terrarium.vm.device.dma;

/** Registers of the 8237A, named as in Intel's datasheet (order number 231466). */
final class Reg8237 {
    static final int COMMAND_STATUS = 0x8;
    static final int REQUEST = 0x9;
    static final int SINGLE_MASK = 0xA;
    static final int MODE = 0xB;
    static final int CLEAR_FIRST_LAST = 0xC;
    static final int MASTER_CLEAR_TEMPORARY = 0xD;
    static final int CLEAR_MASK = 0xE;
    static final int ALL_MASK = 0xF;

    static final int COMMAND_CONTROLLER_DISABLE = 0x04;

    static final int MODE_TYPE = 0x0C;
    static final int MODE_TYPE_WRITE = 0x04;
    static final int MODE_TYPE_READ = 0x08;
    static final int MODE_AUTOINITIALIZE = 0x10;
    static final int MODE_ADDRESS_DECREMENT = 0x20;
    static final int MODE_SELECT = 0xC0;
    static final int MODE_SELECT_CASCADE = 0xC0;

    private Reg8237() {}
}
