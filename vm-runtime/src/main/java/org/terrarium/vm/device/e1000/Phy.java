package org.terrarium.vm.device.e1000;

import java.util.Arrays;

/** The 82540EM's PHY at address 1 (317453, 13.4; registers 0 to 10 by IEEE 802.3, 22.2.4). It always agrees on 1000BASE-T. */
final class Phy {
    static final int ADDRESS = 1;

    private static final int REGISTERS = 32;
    private static final int CONTROL = 0;
    private static final int STATUS = 1;
    private static final int SPECIFIC_STATUS = 17;
    private static final int CONTROL_RESET = 0x8000;
    private static final int CONTROL_RESTART = 0x0200;
    private static final int STATUS_NEGOTIATED = 0x20;
    private static final int STATUS_LINK = 0x04;
    private static final int SPECIFIC_1000_FULL = 0xA000;
    private static final int SPECIFIC_RESOLVED = 0x0800;
    private static final int SPECIFIC_LINK = 0x0400;

    private final int[] registers = new int[REGISTERS];

    Phy() {
        reset();
    }

    void reset() {
        Arrays.fill(registers, 0);
        registers[CONTROL] = 0x1140; // negotiation on, full duplex, 1000 Mbit/s
        registers[STATUS] = 0x7949;
        registers[2] = 0x0141; // Marvell
        registers[3] = 0x0C20; // 88E1011
        registers[4] = 0x0DE1;
        registers[5] = 0x45E1; // the link partner can do everything too
        registers[6] = 0x0001;
        registers[9] = 0x0E00;
        registers[10] = 0x3C00;
        registers[15] = 0x3000;
        registers[16] = 0x0068;
        registers[20] = 0x0D60;
    }

    int read(int register, boolean link) {
        return switch (register) {
            case STATUS -> registers[STATUS] | (link ? STATUS_LINK | STATUS_NEGOTIATED : 0);
            case SPECIFIC_STATUS -> link ? SPECIFIC_1000_FULL | SPECIFIC_RESOLVED | SPECIFIC_LINK : 0;
            default -> registers[register];
        };
    }

    void write(int register, int value) {
        switch (register) {
            case CONTROL -> {
                if ((value & CONTROL_RESET) != 0) {
                    reset();
                } else {
                    registers[CONTROL] = value & ~CONTROL_RESTART; // negotiation is done at once
                }
            }
            case STATUS, 2, 3, 5, 6, 10, 15, SPECIFIC_STATUS -> {
                // read only
            }
            default -> registers[register] = value;
        }
    }

    int[] save() {
        return registers.clone();
    }

    void restore(int[] state) {
        System.arraycopy(state, 0, registers, 0, REGISTERS);
    }
}
