package org.terrarium.vm.device.i8042;

import java.util.Arrays;
import org.terrarium.vm.input.Key;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * A PS/2 keyboard with scan code sets 1, 2 and 3. Commands as in IBM's Personal System/2 hardware interface technical
 * reference, "Keyboard (101/102-key)". Repeats come from the host: a key that is reported pressed again repeats.
 */
public final class Ps2Keyboard {
    static final int ACK = 0xFA;
    static final int RESEND = 0xFE;
    static final int BAT_OK = 0xAA;
    private static final int ECHO = 0xEE;
    private static final int ID_1 = 0xAB;
    private static final int ID_2 = 0x83;

    private static final int CMD_SET_LEDS = 0xED;
    private static final int CMD_ECHO = 0xEE;
    private static final int CMD_SCAN_CODE_SET = 0xF0;
    private static final int CMD_READ_ID = 0xF2;
    private static final int CMD_TYPEMATIC = 0xF3;
    private static final int CMD_ENABLE = 0xF4;
    private static final int CMD_DEFAULT_DISABLE = 0xF5;
    private static final int CMD_SET_DEFAULT = 0xF6;
    private static final int CMD_ALL_TYPEMATIC = 0xF7;
    private static final int CMD_ALL_MAKE_BREAK = 0xF8;
    private static final int CMD_ALL_MAKE = 0xF9;
    private static final int CMD_ALL_TYPEMATIC_MAKE_BREAK = 0xFA;
    private static final int CMD_KEY_TYPEMATIC = 0xFB;
    private static final int CMD_KEY_MAKE_BREAK = 0xFC;
    private static final int CMD_KEY_MAKE = 0xFD;
    private static final int CMD_RESEND = 0xFE;
    private static final int CMD_RESET = 0xFF;

    private static final int BREAK = 0xF0;
    private static final int DEFAULT_TYPEMATIC = 0x2B;
    /** Real keyboards need up to half a second for their self test; a program only must not get the result at once. */
    private static final long BAT_NANOS = 10_000_000;

    private static final int QUEUE = 256;
    /** Room kept for releases, so that a full queue does not leave keys held down. */
    private static final int RESERVED_FOR_BREAKS = 64;

    private static final int SHIFT = 1;
    private static final int CTRL = 4;
    private static final int ALT = 16;

    private final TimerQueue timers;
    private final Runnable dataReady;
    private final Timer bat;
    private final ByteFifo responses = new ByteFifo(16);
    private final ByteFifo scanCodes = new ByteFifo(QUEUE);
    private final boolean[] breaks = new boolean[256];
    private int scanCodeSet;
    private boolean scanning;
    private int leds;
    private int typematic;
    private int command;
    private int lastSent;
    private int modifiers;
    private Runnable ledsChanged = () -> {};

    /** {@code dataReady} is called when there may be a byte to take. */
    Ps2Keyboard(String label, TimerQueue timers, Runnable dataReady) {
        this.timers = timers;
        this.dataReady = dataReady;
        this.bat = timers.create(label, this::selfTestDone);
        powerOn();
    }

    void powerOn() {
        responses.clear();
        bat.cancel();
        command = 0;
        lastSent = 0;
        modifiers = 0;
        setLeds(0);
        setDefaults();
        scanning = true;
    }

    private void setDefaults() {
        scanCodes.clear();
        scanCodeSet = 2;
        typematic = DEFAULT_TYPEMATIC;
        Arrays.fill(breaks, false);
        for (Key k : new Key[] {Key.LEFT_SHIFT, Key.RIGHT_SHIFT, Key.LEFT_CTRL, Key.LEFT_ALT, Key.CAPS_LOCK}) {
            breaks[k.set3()] = true;
        }
    }

    /** The lights: bit 0 scroll lock, 1 num lock, 2 caps lock. */
    public int leds() {
        return leds;
    }

    /** Calls {@code listener} whenever the guest switches the lights. */
    public void onLeds(Runnable listener) {
        ledsChanged = listener;
    }

    private void setLeds(int value) {
        leds = value;
        ledsChanged.run();
    }

    /** Whether nothing typed is waiting to be taken: whoever types faster than a person waits for this. */
    public boolean idle() {
        return scanCodes.isEmpty() && responses.isEmpty();
    }

    /** A key goes down (again, for a repeat) or up. */
    public void key(Key key, boolean pressed) {
        trackModifiers(key, pressed);
        if (!scanning || bat.armed()) {
            return;
        }
        byte[] codes = codes(key, pressed);
        int room = scanCodes.room() - (pressed ? RESERVED_FOR_BREAKS : 0);
        if (codes.length <= room) {
            for (byte b : codes) {
                scanCodes.add(b);
            }
            dataReady.run();
        }
    }

    private void trackModifiers(Key key, boolean pressed) {
        int bit = switch (key) {
            case LEFT_SHIFT -> SHIFT;
            case RIGHT_SHIFT -> SHIFT << 1;
            case LEFT_CTRL -> CTRL;
            case RIGHT_CTRL -> CTRL << 1;
            case LEFT_ALT -> ALT;
            case RIGHT_ALT -> ALT << 1;
            default -> 0;
        };
        modifiers = pressed ? modifiers | bit : modifiers & ~bit;
    }

    private boolean held(int modifier) {
        return (modifiers & 3 * modifier) != 0;
    }

    private byte[] codes(Key key, boolean pressed) {
        if (scanCodeSet == 3) {
            return codesOfSet3(key.set3(), pressed);
        }
        if (key == Key.PAUSE) {
            return pauseCodes(pressed);
        }
        if (key == Key.PRINT_SCREEN && held(ALT)) {
            return code(scanCodeSet == 1 ? 0x54 : 0x84, pressed); // SysRq
        }
        byte[] plain = code(scanCodeSet == 1 ? key.set1() : key.set2(), pressed);
        if (key != Key.PRINT_SCREEN || held(SHIFT) || held(CTRL)) {
            return plain;
        }
        byte[] shift = code(Key.EXTENDED | (scanCodeSet == 1 ? Key.LEFT_SHIFT.set1() : Key.LEFT_SHIFT.set2()), pressed);
        return pressed ? join(shift, plain) : join(plain, shift);
    }

    /** Pause sends everything when pressed and nothing when released; with Ctrl it is Break, which does the same. */
    private byte[] pauseCodes(boolean pressed) {
        if (!pressed) {
            return new byte[0];
        }
        if (held(CTRL)) {
            int code = scanCodeSet == 1 ? Key.PAUSE.set1() : Key.PAUSE.set2();
            return join(code(code, true), code(code, false));
        }
        return scanCodeSet == 1
                ? bytes(0xE1, 0x1D, 0x45, 0xE1, 0x9D, 0xC5)
                : bytes(0xE1, 0x14, 0x77, 0xE1, BREAK, 0x14, BREAK, 0x77);
    }

    private byte[] code(int code, boolean pressed) {
        boolean extended = (code & 0xFF00) != 0;
        int low = code & 0xFF;
        if (scanCodeSet == 1) {
            int c = pressed ? low : low | 0x80;
            return extended ? bytes(0xE0, c) : bytes(c);
        }
        if (extended) {
            return pressed ? bytes(0xE0, low) : bytes(0xE0, BREAK, low);
        }
        return pressed ? bytes(low) : bytes(BREAK, low);
    }

    private byte[] codesOfSet3(int code, boolean pressed) {
        if (code == 0 || !pressed && !breaks[code]) {
            return new byte[0];
        }
        return pressed ? bytes(code) : bytes(BREAK, code);
    }

    private static byte[] bytes(int... values) {
        byte[] b = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            b[k] = (byte) values[k];
        }
        return b;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    boolean hasByte() {
        return !responses.isEmpty() || !scanCodes.isEmpty();
    }

    /** Whether the next byte answers a command. */
    boolean responding() {
        return !responses.isEmpty();
    }

    int take() {
        lastSent = responses.isEmpty() ? scanCodes.take() : responses.take();
        return lastSent;
    }

    /** A byte from the controller. */
    void receive(int value) {
        bat.cancel();
        if (command != 0 && value < CMD_SET_LEDS) {
            argument(value);
        } else {
            command = 0;
            command(value);
        }
        dataReady.run();
    }

    private void respond(int... values) {
        for (int v : values) {
            responses.add(v);
        }
    }

    private void command(int value) {
        switch (value) {
            case CMD_SET_LEDS, CMD_SCAN_CODE_SET, CMD_TYPEMATIC -> {
                command = value;
                respond(ACK);
            }
            case CMD_KEY_TYPEMATIC, CMD_KEY_MAKE_BREAK, CMD_KEY_MAKE -> {
                command = value;
                scanCodes.clear();
                respond(ACK);
            }
            case CMD_ECHO -> respond(ECHO);
            case CMD_READ_ID -> respond(ACK, ID_1, ID_2);
            case CMD_ENABLE -> {
                scanCodes.clear();
                scanning = true;
                respond(ACK);
            }
            case CMD_DEFAULT_DISABLE -> {
                setDefaults();
                scanning = false;
                respond(ACK);
            }
            case CMD_SET_DEFAULT -> {
                setDefaults();
                respond(ACK);
            }
            case CMD_ALL_TYPEMATIC, CMD_ALL_MAKE -> setAllBreaks(false);
            case CMD_ALL_MAKE_BREAK, CMD_ALL_TYPEMATIC_MAKE_BREAK -> setAllBreaks(true);
            case CMD_RESEND -> respond(lastSent);
            case CMD_RESET -> {
                responses.clear();
                setDefaults();
                setLeds(0);
                scanning = true;
                respond(ACK);
                bat.at(timers.nanos() + BAT_NANOS);
            }
            default -> respond(RESEND);
        }
    }

    private void setAllBreaks(boolean on) {
        Arrays.fill(breaks, on);
        scanCodes.clear();
        respond(ACK);
    }

    private void argument(int value) {
        switch (command) {
            case CMD_SET_LEDS -> {
                setLeds(value & 7);
                command = 0;
                respond(ACK);
            }
            case CMD_TYPEMATIC -> {
                typematic = value & 0x7F;
                command = 0;
                respond(ACK);
            }
            case CMD_SCAN_CODE_SET -> {
                command = 0;
                selectScanCodeSet(value);
            }
            // Key lists go on until the next command.
            default -> {
                breaks[value] = command == CMD_KEY_MAKE_BREAK;
                respond(ACK);
            }
        }
    }

    private void selectScanCodeSet(int value) {
        if (value == 0) {
            respond(ACK, scanCodeSet);
        } else if (value <= 3) {
            scanCodeSet = value;
            scanCodes.clear();
            respond(ACK);
        } else {
            respond(RESEND);
        }
    }

    private void selfTestDone() {
        respond(BAT_OK);
        dataReady.run();
    }

    Ps2KeyboardState save() {
        return new Ps2KeyboardState(
                scanCodeSet,
                scanning,
                leds,
                typematic,
                command,
                lastSent,
                modifiers,
                breaks.clone(),
                responses.save(),
                scanCodes.save(),
                bat.deadline());
    }

    void restore(Ps2KeyboardState s) {
        scanCodeSet = s.scanCodeSet();
        scanning = s.scanning();
        typematic = s.typematic();
        command = s.command();
        lastSent = s.lastSent();
        modifiers = s.modifiers();
        System.arraycopy(s.breaks(), 0, breaks, 0, breaks.length);
        responses.restore(s.responses());
        scanCodes.restore(s.scanCodes());
        setLeds(s.leds());
        bat.at(s.batDeadline());
    }
}
