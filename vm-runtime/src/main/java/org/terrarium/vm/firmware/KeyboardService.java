package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;

/** The keyboard: IRQ 1 with shift states and the buffer, and INT 16h. */
final class KeyboardService {
    static final int DATA = 0x60;
    static final int STATUS = 0x64;
    static final int OUTPUT_FULL = 0x01;
    static final int FROM_MOUSE = 0x20;

    private static final int R_SHIFT = 0x01;
    private static final int L_SHIFT = 0x02;
    private static final int CTRL = 0x04;
    private static final int ALT = 0x08;
    private static final int INSERT = 0x80;
    private static final int LED_ACK_AWAITED = 0x40;
    private static final int BUFFER_START = 0x1E;
    private static final int BUFFER_END = 0x3E;

    /** After so many unsuccessful looks within one timer tick, the caller is taken to be idle. */
    private static final int IDLE_POLLS = 500;

    private static final int ACK = 0xFA;
    private static final int RESEND = 0xFE;

    /** EBDA byte pair: a byte to send once the keyboard has acknowledged the command before it; high byte 1 if so. */
    private static final int PENDING = Bda.EBDA + 0x70;

    /** What the interrupt handler does after a key. */
    enum Action {
        NOTHING,
        BREAK,
        PRINT_SCREEN,
        SYSTEM_REQUEST,
        RESET
    }

    private final PortBus ports;
    private final BiosMemory memory;
    private int polls;
    private int pollTick;

    KeyboardService(PortBus ports, BiosMemory memory) {
        this.ports = ports;
        this.memory = memory;
    }

    /** Fills the keyboard part of the BDA. */
    void initialise() {
        memory.put16(Bda.KEY_HEAD, BUFFER_START);
        memory.put16(Bda.KEY_TAIL, BUFFER_START);
        memory.put16(Bda.KEY_BUFFER_START, BUFFER_START);
        memory.put16(Bda.KEY_BUFFER_END, BUFFER_END);
        memory.put8(Bda.KEYBOARD_TYPE, 0x10); // 101/102 keys
        memory.put8(Bda.KEYBOARD_LEDS, 0);
        memory.put16(PENDING, 0);
    }

    /** A byte has arrived: returns it, or -1 when there is none from the keyboard. */
    int arrived() {
        int status = ports.read(STATUS, 1);
        if ((status & OUTPUT_FULL) == 0 || (status & FROM_MOUSE) != 0) {
            return -1;
        }
        return ports.read(DATA, 1) & 0xFF;
    }

    /** Whether a byte is the keyboard's answer to a command rather than a key; then it is dealt with here. */
    boolean answer(int value) {
        if (value == ACK) {
            int pending = memory.u16(PENDING);
            if ((pending & 0x100) != 0) {
                memory.put16(PENDING, 0);
                ports.write(DATA, 1, pending & 0xFF);
            } else {
                memory.change8(Bda.KEYBOARD_LEDS, LED_ACK_AWAITED, 0);
            }
            return true;
        }
        return value == RESEND;
    }

    private void send(int command, int parameter) {
        memory.put16(PENDING, 0x100 | parameter & 0xFF);
        ports.write(DATA, 1, command);
    }

    /** Works on one scan code byte. */
    Action decode(int value) {
        if (value == 0xE0 || value == 0xE1) {
            memory.change8(Bda.KEYBOARD_TYPE, 0, value == 0xE0 ? 0x02 : 0x01);
            return Action.NOTHING;
        }
        int prefix = memory.u8(Bda.KEYBOARD_TYPE);
        boolean grey = (prefix & 0x02) != 0;
        if ((prefix & 0x01) != 0) {
            // Pause is E1 1D 45 E1 9D C5: swallow both bytes behind each prefix.
            if ((value & 0x7F) == 0x45) {
                memory.change8(Bda.KEYBOARD_TYPE, 0x01, 0);
            }
            return Action.NOTHING;
        }
        memory.change8(Bda.KEYBOARD_TYPE, 0x03, 0);
        boolean release = (value & 0x80) != 0;
        int scan = value & 0x7F;
        if (modifier(scan, release, grey)) {
            updateLeds();
            return Action.NOTHING;
        }
        return release ? Action.NOTHING : press(scan, grey);
    }

    private boolean modifier(int scan, boolean release, boolean grey) {
        switch (scan) {
            case 0x2A, 0x36 -> {
                if (!grey) { // grey: shifts that the keyboard fakes around navigation keys
                    change(Bda.SHIFT_FLAGS, scan == 0x2A ? L_SHIFT : R_SHIFT, !release);
                }
            }
            case 0x1D -> {
                change(grey ? Bda.KEYBOARD_TYPE : Bda.SHIFT_FLAGS_2, grey ? 0x04 : 0x01, !release);
                boolean either = (memory.u8(Bda.KEYBOARD_TYPE) & 0x04 | memory.u8(Bda.SHIFT_FLAGS_2) & 0x01) != 0;
                change(Bda.SHIFT_FLAGS, CTRL, either);
            }
            case 0x38 -> alt(release, grey);
            case 0x3A -> lock(0x40, release);
            case 0x45 -> lock(0x20, release);
            case 0x46 -> {
                if (grey) {
                    return false; // Ctrl-Break
                }
                lock(0x10, release);
            }
            case 0x52 -> {
                if (!release && (memory.u8(Bda.SHIFT_FLAGS) & 0x0F) == 0) {
                    if ((memory.u8(Bda.SHIFT_FLAGS_2) & INSERT) == 0) {
                        memory.put8(Bda.SHIFT_FLAGS, memory.u8(Bda.SHIFT_FLAGS) ^ INSERT);
                    }
                    change(Bda.SHIFT_FLAGS_2, INSERT, true);
                } else if (release) {
                    change(Bda.SHIFT_FLAGS_2, INSERT, false);
                }
                return release;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void alt(boolean release, boolean grey) {
        change(grey ? Bda.KEYBOARD_TYPE : Bda.SHIFT_FLAGS_2, grey ? 0x08 : 0x02, !release);
        boolean either = (memory.u8(Bda.KEYBOARD_TYPE) & 0x08 | memory.u8(Bda.SHIFT_FLAGS_2) & 0x02) != 0;
        change(Bda.SHIFT_FLAGS, ALT, either);
        int typed = memory.u8(Bda.ALT_DIGITS);
        if (!either && typed != 0) {
            put(typed);
            memory.put8(Bda.ALT_DIGITS, 0);
        }
    }

    private void lock(int bit, boolean release) {
        int held = memory.u8(Bda.SHIFT_FLAGS_2) & bit;
        if (!release && held == 0) {
            memory.put8(Bda.SHIFT_FLAGS, memory.u8(Bda.SHIFT_FLAGS) ^ bit);
        }
        change(Bda.SHIFT_FLAGS_2, bit, !release);
    }

    private void change(int at, int bit, boolean on) {
        memory.change8(at, bit, on ? bit : 0);
    }

    private void updateLeds() {
        int wanted = memory.u8(Bda.SHIFT_FLAGS) >> 4 & 7;
        int leds = memory.u8(Bda.KEYBOARD_LEDS);
        if ((leds & 7) != wanted && (leds & LED_ACK_AWAITED) == 0) {
            memory.change8(Bda.KEYBOARD_LEDS, 7, wanted | LED_ACK_AWAITED);
            send(0xED, wanted);
        }
    }

    private Action press(int scan, boolean grey) {
        int flags = memory.u8(Bda.SHIFT_FLAGS);
        boolean ctrl = (flags & CTRL) != 0;
        boolean alt = (flags & ALT) != 0;
        if (scan == 0x53 && ctrl && alt) {
            memory.put16(Bda.RESET_FLAG, 0x1234);
            return Action.RESET;
        }
        if (grey && scan == 0x46 && ctrl) {
            memory.put8(Bda.BREAK_FLAG, 0x80);
            memory.put16(Bda.KEY_HEAD, memory.u16(Bda.KEY_BUFFER_START));
            memory.put16(Bda.KEY_TAIL, memory.u16(Bda.KEY_BUFFER_START));
            put(0);
            return Action.BREAK;
        }
        if (scan == 0x37 && grey && !ctrl && !alt) {
            return Action.PRINT_SCREEN;
        }
        if (scan == 0x54) {
            return Action.SYSTEM_REQUEST;
        }
        int digit = KeyCodes.keypadDigit(scan);
        if (alt && !grey && digit >= 0) {
            memory.put8(Bda.ALT_DIGITS, memory.u8(Bda.ALT_DIGITS) * 10 + digit);
            return Action.NOTHING;
        }
        int code = KeyCodes.code(scan, flags, grey && scan != 0x37);
        if (code != KeyCodes.NONE) {
            put(code);
        }
        return Action.NOTHING;
    }

    /** Appends to the buffer; false when it is full. */
    boolean put(int code) {
        int tail = memory.u16(Bda.KEY_TAIL);
        int next = next(tail);
        if (next == memory.u16(Bda.KEY_HEAD)) {
            return false;
        }
        memory.put16(Bda.BASE + tail, code);
        memory.put16(Bda.KEY_TAIL, next);
        return true;
    }

    private int next(int position) {
        int after = position + 2;
        return after >= memory.u16(Bda.KEY_BUFFER_END) ? memory.u16(Bda.KEY_BUFFER_START) : after;
    }

    /** The oldest entry, or -1; taken out if {@code remove}. */
    int key(boolean remove) {
        int head = memory.u16(Bda.KEY_HEAD);
        if (head == memory.u16(Bda.KEY_TAIL)) {
            return -1;
        }
        int code = memory.u16(Bda.BASE + head);
        if (remove) {
            memory.put16(Bda.KEY_HEAD, next(head));
        }
        return code;
    }

    /** The entry as the 84-key functions 00h and 01h show it, or -1 when they hide it. */
    private static int classic(int code) {
        if (code >> 8 == 0xE0) {
            return (code & 0xFF) == 0x2F ? 0x352F : 0x1C00 | code & 0xFF;
        }
        if ((code & 0xFF) == 0xE0 && code >> 8 != 0) {
            return code & 0xFF00;
        }
        return (code & 0xFF) == 0 && code >> 8 > 0x84 ? -1 : code;
    }

    private int classicKey(boolean remove) {
        // As many looks as the buffer can have entries: a program may have bent its pointers so that it never gets
        // empty.
        for (int looks = 0; looks < 128; looks++) {
            int code = key(false);
            if (code < 0) {
                return -1;
            }
            int shown = classic(code);
            if (shown < 0 || remove) {
                key(true);
            }
            if (shown >= 0) {
                return shown;
            }
        }
        return -1;
    }

    /** What the ROM does after {@link #call}. */
    enum Outcome {
        RETURN,
        WAIT,
        IDLE_RETURN
    }

    /** Serves one INT 16h. */
    Outcome call(BiosCall c) {
        switch (c.ah()) {
            case 0x00, 0x10, 0x20 -> {
                int code = c.ah() == 0 ? classicKey(true) : key(true);
                if (code < 0) {
                    return Outcome.WAIT;
                }
                c.setAx(code);
                polls = 0;
            }
            case 0x01, 0x11, 0x21 -> {
                int code = c.ah() == 1 ? classicKey(false) : key(false);
                c.setZero(code < 0);
                if (code >= 0) {
                    c.setAx(code);
                    polls = 0;
                } else {
                    return idle(c) ? Outcome.IDLE_RETURN : Outcome.RETURN;
                }
            }
            case 0x02 -> c.setAl(memory.u8(Bda.SHIFT_FLAGS));
            case 0x03 -> {
                if (c.al() == 5) {
                    send(0xF3, (c.bh() & 3) << 5 | c.bl() & 0x1F);
                }
            }
            case 0x05 -> c.setAl(put(c.cx()) ? 0 : 1);
            case 0x09 -> c.setAl(0x20); // functions 10h, 11h, 12h are there
            case 0x0A -> c.setBx(0x41AB); // keyboard id
            case 0x12, 0x22 -> {
                int flags2 = memory.u8(Bda.SHIFT_FLAGS_2);
                int type = memory.u8(Bda.KEYBOARD_TYPE);
                int high = flags2 & 0x73 | type & 0x0C | (flags2 & 0x04) << 5;
                c.setAx(high << 8 | memory.u8(Bda.SHIFT_FLAGS));
            }
            default -> {
                // not a function
            }
        }
        return Outcome.RETURN;
    }

    /** A program that only polls the keyboard is put to sleep until the next interrupt, at most 55 ms. */
    private boolean idle(BiosCall c) {
        int tick = memory.u32(Bda.TICKS);
        if (tick != pollTick) {
            pollTick = tick;
            polls = 0;
        }
        return ++polls > IDLE_POLLS && (c.callerFlags() & BiosCall.INTERRUPT) != 0;
    }
}
