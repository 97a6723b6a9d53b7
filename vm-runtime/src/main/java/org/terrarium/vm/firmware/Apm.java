package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;

/** INT 15h AH=53h: Advanced Power Management 1.2, as far as power off and idling. */
final class Apm {
    private static final int NOT_CONNECTED = 0x03;
    private static final int UNKNOWN_DEVICE = 0x09;
    private static final int NO_EVENT = 0x80;
    private static final int BAD_FUNCTION = 0x0C;

    private final PortBus ports;
    private final BiosRom rom;

    Apm(PortBus ports, BiosRom rom) {
        this.ports = ports;
        this.rom = rom;
    }

    /** Serves a real-mode call; true when the processor is to sleep until the next interrupt first. */
    boolean realMode(BiosCall c) {
        return serve(c);
    }

    /** Serves a call through one of the protected-mode entries; flags are returned in EFLAGS. */
    void protectedMode(BiosCall c) {
        serve(c);
    }

    private boolean serve(BiosCall c) {
        switch (c.al()) {
            case 0x00 -> {
                c.setAx(0x0102);
                c.setBx('P' << 8 | 'M');
                c.setCx(0x0003); // 16-bit and 32-bit protected-mode interfaces
                c.setCarry(false);
                return false;
            }
            case 0x01, 0x04, 0x06, 0x08, 0x0D, 0x0F, 0x10 -> {
                // connect, disconnect, busy, enable, engage: nothing to do
            }
            case 0x02 -> {
                c.setBx(rom.address("apm16"));
                c.setCx(BiosRom.SEGMENT);
                c.setSi(0xFFF0);
                c.setDi(0xFFF0);
                c.setAx(BiosRom.SEGMENT);
                c.setCarry(false);
                return false;
            }
            case 0x03 -> {
                c.setEbx(rom.address("apm32"));
                c.setCx(BiosRom.SEGMENT);
                c.setDx(BiosRom.SEGMENT);
                c.cpu.set(org.terrarium.vm.accel.GuestRegisters.ESI, 0xFFF0_FFF0);
                c.setDi(0xFFF0);
                c.setAx(BiosRom.SEGMENT);
                c.setCarry(false);
                return false;
            }
            case 0x05 -> {
                c.ok();
                return true;
            }
            case 0x07 -> {
                if (c.bx() != 1) {
                    c.fail(UNKNOWN_DEVICE);
                    return false;
                }
                if (c.cx() == 3) {
                    powerOff();
                }
            }
            case 0x0A -> {
                c.setBx(0x01FF); // on mains, battery unknown
                c.setCx(0x80FF); // no battery
                c.setDx(0xFFFF);
                c.setSi(0);
                c.ok();
                return false;
            }
            case 0x0B -> {
                c.fail(NO_EVENT);
                return false;
            }
            case 0x0C -> {
                c.setCx(0);
                c.ok();
                return false;
            }
            case 0x0E -> {
                c.setAx(0x0102);
                c.setCarry(false);
                return false;
            }
            default -> {
                c.fail(c.al() <= 0x10 ? NOT_CONNECTED : BAD_FUNCTION);
                return false;
            }
        }
        c.ok();
        return false;
    }

    /** Enters S5 through the PIIX4's PM1 control register: sleep type 0, sleep enable. */
    void powerOff() {
        ports.write(PciSetup.PM_BASE + 4, 2, 0x2000);
    }
}
