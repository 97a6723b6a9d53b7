package org.terrarium.vm.device.piix;

import java.util.Arrays;
import org.terrarium.vm.bus.BytePortDevice;

/**
 * The PIIX4's SMBus host controller (82371AB datasheet, 7.3) on a bus with nothing on it: every transaction ends at once
 * with "device error", as when no slave acknowledges its address.
 */
final class SmBusHost implements BytePortDevice {
    static final int PORTS = 16;

    private static final int SMBHSTSTS = 0;
    private static final int SMBSLVSTS = 1;
    private static final int SMBHSTCNT = 2;
    private static final int SMBBLKDAT = 7;

    private static final int HOST_BUSY = 1;
    private static final int DEV_ERR = 1 << 2;
    private static final int STATUS_BITS = 0x1E;
    private static final int START = 1 << 6;
    private static final int CONTROL_BITS = 0x1F;

    private final byte[] registers = new byte[PORTS];

    @Override
    public int readByte(int offset) {
        return registers[offset & PORTS - 1] & 0xFF;
    }

    @Override
    public void writeByte(int offset, int value) {
        int at = offset & PORTS - 1;
        switch (at) {
            case SMBHSTSTS -> registers[at] &= (byte) ~(value & STATUS_BITS);
            case SMBSLVSTS -> {
                // Slave events never happen here, so there is nothing to clear.
            }
            case SMBHSTCNT -> {
                registers[at] = (byte) (value & CONTROL_BITS);
                if ((value & START) != 0) {
                    registers[SMBHSTSTS] = (byte) (registers[SMBHSTSTS] & ~HOST_BUSY | DEV_ERR);
                }
            }
            default -> {
                if (at <= SMBBLKDAT || at == 8) {
                    registers[at] = (byte) value;
                }
            }
        }
    }

    void reset() {
        Arrays.fill(registers, (byte) 0);
    }

    byte[] save() {
        return registers.clone();
    }

    void restore(byte[] saved) {
        System.arraycopy(saved, 0, registers, 0, PORTS);
    }
}
