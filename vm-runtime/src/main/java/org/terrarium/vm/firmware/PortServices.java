package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;

/** INT 14h (serial ports), INT 17h (printers) and INT 5 (print the screen). */
final class PortServices {
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE_STATUS = 5;
    private static final int MODEM_STATUS = 6;
    private static final int DATA_READY = 0x01;
    private static final int HOLDING_EMPTY = 0x20;
    private static final int TIMED_OUT = 0x80;
    private static final int[] DIVISORS = {1047, 768, 384, 192, 96, 48, 24, 12};
    private static final int POLLS = 1000;

    /** Characters in the 32 KiB of text memory. */
    private static final int TEXT_CELLS = 16384;

    private final PortBus ports;
    private final BiosMemory memory;

    PortServices(PortBus ports, BiosMemory memory) {
        this.ports = ports;
        this.memory = memory;
    }

    private int in(int port) {
        return ports.read(port, 1) & 0xFF;
    }

    /** Serves one INT 14h. */
    void serial(BiosCall c) {
        int base = c.dx() < 4 ? memory.u16(Bda.COM_PORTS + 2L * c.dx()) : 0;
        if (base == 0) {
            return;
        }
        switch (c.ah()) {
            case 0 -> {
                int divisor = DIVISORS[c.al() >> 5];
                ports.write(base + LINE_CONTROL, 1, 0x80 | c.al() & 0x1F);
                ports.write(base, 1, divisor & 0xFF);
                ports.write(base + 1, 1, divisor >> 8);
                ports.write(base + LINE_CONTROL, 1, c.al() & 0x1F);
                ports.write(base + 1, 1, 0);
                status(c, base);
            }
            case 1 -> {
                ports.write(base + MODEM_CONTROL, 1, in(base + MODEM_CONTROL) | 0x03);
                if (await(base + LINE_STATUS, HOLDING_EMPTY, HOLDING_EMPTY)) {
                    ports.write(base, 1, c.al());
                    c.setAh(in(base + LINE_STATUS));
                } else {
                    c.setAh(in(base + LINE_STATUS) | TIMED_OUT);
                }
            }
            case 2 -> {
                ports.write(base + MODEM_CONTROL, 1, in(base + MODEM_CONTROL) | 0x01);
                int line = in(base + LINE_STATUS);
                if ((line & DATA_READY) != 0) {
                    c.setAl(in(base));
                    c.setAh(line & 0x1E);
                } else {
                    c.setAh(line | TIMED_OUT);
                }
            }
            case 3 -> status(c, base);
            default -> c.setAh(TIMED_OUT);
        }
    }

    private void status(BiosCall c, int base) {
        c.setAx(in(base + LINE_STATUS) << 8 | in(base + MODEM_STATUS));
    }

    private boolean await(int port, int mask, int wanted) {
        for (int k = 0; k < POLLS; k++) {
            if ((in(port) & mask) == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Serves one INT 17h. */
    void printer(BiosCall c) {
        int base = c.dx() < 3 ? memory.u16(Bda.LPT_PORTS + 2L * c.dx()) : 0;
        if (base == 0) {
            return;
        }
        boolean done = true;
        switch (c.ah()) {
            case 0 -> done = print(base, c.al());
            case 1 -> {
                ports.write(base + 2, 1, 0x08); // INIT low
                ports.write(base + 2, 1, 0x0C);
            }
            case 2 -> {
                // status only
            }
            default -> {
                return;
            }
        }
        c.setAh((in(base + 1) ^ 0x48) & 0xF8 | (done ? 0 : 1));
    }

    /** Sends one character; false when the printer stays busy. */
    private boolean print(int base, int character) {
        if (!await(base + 1, 0x80, 0x80)) {
            return false;
        }
        ports.write(base, 1, character);
        int control = in(base + 2);
        ports.write(base + 2, 1, control | 0x01);
        ports.write(base + 2, 1, control & ~0x01);
        return true;
    }

    /** INT 5: the text screen to the first printer; the byte at 50:0 says how it went. Returns how many characters it sent. */
    int printScreen() {
        int base = memory.u16(Bda.LPT_PORTS);
        int columns = memory.u16(Bda.COLUMNS);
        int rows = memory.u8(Bda.ROWS_MINUS_1) + 1;
        boolean text = memory.u8(Bda.VIDEO_MODE) <= 3 || memory.u8(Bda.VIDEO_MODE) == 7;
        boolean good = base != 0 && text && columns * rows <= TEXT_CELLS;
        int sent = 0;
        long screen = memory.u8(Bda.VIDEO_MODE) == 7 ? 0xB0000 : 0xB8000;
        screen += memory.u16(Bda.PAGE_START);
        for (int row = 0; row < rows && good; row++) {
            for (int column = 0; column < columns && good; column++) {
                int character = memory.u8(screen + 2L * (row * columns + column));
                good = print(base, character == 0 ? ' ' : character);
                sent++;
            }
            good = good && print(base, '\r') && print(base, '\n');
        }
        memory.put8(Bda.PRINT_SCREEN_STATUS, good ? 0 : 0xFF);
        return sent;
    }
}
