package org.terrarium.vm.firmware;

/**
 * What each key puts into the keyboard buffer, by its scan code of set 1: scan code in the high byte, character in the low
 * one; -1 where nothing (IBM PS/2 BIOS reference, INT 16h table of codes).
 */
final class KeyCodes {
    static final int NONE = -1;

    private static final int NORMAL = 0;
    private static final int SHIFT = 1;
    private static final int CTRL = 2;
    private static final int ALT = 3;

    private static final int[][] CODES = new int[0x59][];
    private static final String LETTER_ROWS = "qwertyuiop\0\0\0\0asdfghjkl\0\0\0\0\0zxcvbnm";

    static {
        set(0x01, 0x011B, 0x011B, 0x011B, 0x0100);
        String digits = "1234567890";
        String shifted = "!@#$%^&*()";
        for (int k = 0; k < 10; k++) {
            int scan = 2 + k;
            int ctrl = k == 1 ? 0x0300 : k == 5 ? 0x071E : NONE;
            set(scan, scan << 8 | digits.charAt(k), scan << 8 | shifted.charAt(k), ctrl, 0x7800 + (k << 8));
        }
        set(0x0C, 0x0C2D, 0x0C5F, 0x0C1F, 0x8200);
        set(0x0D, 0x0D3D, 0x0D2B, NONE, 0x8300);
        set(0x0E, 0x0E08, 0x0E08, 0x0E7F, 0x0E00);
        set(0x0F, 0x0F09, 0x0F00, 0x9400, 0xA500);
        for (int k = 0; k < LETTER_ROWS.length(); k++) {
            char letter = LETTER_ROWS.charAt(k);
            if (letter != 0) {
                int scan = 0x1000 + (k << 8);
                set(0x10 + k, scan | letter, scan | letter - 0x20, scan | letter & 0x1F, scan);
            }
        }
        set(0x1A, 0x1A5B, 0x1A7B, 0x1A1B, 0x1A00);
        set(0x1B, 0x1B5D, 0x1B7D, 0x1B1D, 0x1B00);
        set(0x1C, 0x1C0D, 0x1C0D, 0x1C0A, 0x1C00);
        set(0x27, 0x273B, 0x273A, NONE, 0x2700);
        set(0x28, 0x2827, 0x2822, NONE, 0x2800);
        set(0x29, 0x2960, 0x297E, NONE, 0x2900);
        set(0x2B, 0x2B5C, 0x2B7C, 0x2B1C, 0x2B00);
        set(0x33, 0x332C, 0x333C, NONE, 0x3300);
        set(0x34, 0x342E, 0x343E, NONE, 0x3400);
        set(0x35, 0x352F, 0x353F, NONE, 0x3500);
        set(0x37, 0x372A, 0x372A, 0x9600, 0x3700);
        set(0x39, 0x3920, 0x3920, 0x3920, 0x3920);
        for (int k = 0; k < 10; k++) {
            set(0x3B + k, 0x3B00 + (k << 8), 0x5400 + (k << 8), 0x5E00 + (k << 8), 0x6800 + (k << 8));
        }
        set(0x47, 0x4700, 0x4737, 0x7700, NONE);
        set(0x48, 0x4800, 0x4838, 0x8D00, NONE);
        set(0x49, 0x4900, 0x4939, 0x8400, NONE);
        set(0x4A, 0x4A2D, 0x4A2D, 0x8E00, 0x4A00);
        set(0x4B, 0x4B00, 0x4B34, 0x7300, NONE);
        set(0x4C, 0x4C00, 0x4C35, 0x8F00, NONE);
        set(0x4D, 0x4D00, 0x4D36, 0x7400, NONE);
        set(0x4E, 0x4E2B, 0x4E2B, 0x9000, 0x4E00);
        set(0x4F, 0x4F00, 0x4F31, 0x7500, NONE);
        set(0x50, 0x5000, 0x5032, 0x9100, NONE);
        set(0x51, 0x5100, 0x5133, 0x7600, NONE);
        set(0x52, 0x5200, 0x5230, 0x9200, NONE);
        set(0x53, 0x5300, 0x532E, 0x9300, NONE);
        set(0x56, 0x565C, 0x567C, NONE, NONE);
        set(0x57, 0x8500, 0x8700, 0x8900, 0x8B00);
        set(0x58, 0x8600, 0x8800, 0x8A00, 0x8C00);
    }

    private KeyCodes() {}

    private static void set(int scan, int... codes) {
        CODES[scan] = codes;
    }

    /** Whether the key lies on the numeric keypad where NumLock and Shift choose between digit and movement. */
    static boolean isKeypad(int scan) {
        return scan >= 0x47 && scan <= 0x53 && scan != 0x4A && scan != 0x4E;
    }

    /** The digit 0..9 of a keypad key, or -1. */
    static int keypadDigit(int scan) {
        return isKeypad(scan) && scan != 0x53 ? CODES[scan][SHIFT] - '0' & 0xFF : -1;
    }

    /** The buffer entry for a key press with these BDA shift flags; {@code grey} keys came with the prefix E0h. */
    static int code(int scan, int shiftFlags, boolean grey) {
        if (scan >= CODES.length || CODES[scan] == null) {
            return NONE;
        }
        boolean shift = (shiftFlags & 0x03) != 0;
        boolean ctrl = (shiftFlags & 0x04) != 0;
        boolean alt = (shiftFlags & 0x08) != 0;
        if (grey) {
            return greyCode(scan, ctrl, alt);
        }
        int[] row = CODES[scan];
        if (alt) {
            return row[ALT];
        }
        if (ctrl) {
            return row[CTRL];
        }
        boolean letter = scan >= 0x10 && scan < 0x10 + LETTER_ROWS.length() && LETTER_ROWS.charAt(scan - 0x10) != 0;
        if (letter && (shiftFlags & 0x40) != 0 || isKeypad(scan) && (shiftFlags & 0x20) != 0) {
            shift = !shift;
        }
        return row[shift ? SHIFT : NORMAL];
    }

    private static int greyCode(int scan, boolean ctrl, boolean alt) {
        if (scan == 0x1C) {
            return alt ? 0xA600 : ctrl ? 0xE00A : 0xE00D;
        }
        if (scan == 0x35) {
            return alt ? 0xA400 : ctrl ? 0x9500 : 0xE02F;
        }
        if (!isKeypad(scan) || scan == 0x4C) {
            return NONE;
        }
        if (alt) {
            return scan + 0x50 << 8; // 9700h for Home, and so on
        }
        return ctrl ? CODES[scan][CTRL] | 0xE0 : scan << 8 | 0xE0;
    }
}
