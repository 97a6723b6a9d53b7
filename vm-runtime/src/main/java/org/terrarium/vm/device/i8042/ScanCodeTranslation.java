package org.terrarium.vm.device.i8042;

import java.util.HexFormat;

/**
 * How the controller turns scan code set 2 into set 1 while translation is on; IBM Personal System/2 hardware interface
 * technical reference, "Keyboard/auxiliary device controller", translation table.
 */
final class ScanCodeTranslation {
    static final int BREAK_PREFIX = 0xF0;

    private static final byte[] TABLE = HexFormat.of()
            .parseHex(""
                    + "FF43413F3D3B3C58644442403E0F2959"
                    + "65382A701D10025A66712C1F1E11035B"
                    + "672E2D201205045C68392F211413065D"
                    + "693130232215075E6A7232241608095F"
                    + "6B332517180B0A606C34352627190C61"
                    + "6D7328741A0D626E3A361C1B752B6376"
                    + "55567778797A0E7B7C4F7D4B477E7F6F"
                    + "5253504C4D480145574E514A37494654");

    private ScanCodeTranslation() {}

    /** The set 1 code of a set 2 byte; bytes from 80h on pass, but for F7 and the system request key. */
    static int translate(int set2) {
        return switch (set2) {
            case 0x83 -> 0x41;
            case 0x84 -> 0x54;
            default -> set2 < 0x80 ? TABLE[set2] & 0xFF : set2;
        };
    }
}
