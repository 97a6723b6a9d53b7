package org.terrarium.vm.firmware;

import java.util.Map;

/**
 * The video BIOS image of segment C000h: an option ROM whose INT 10h entry traps to the Java side, with the character sets
 * and the tables that programs read directly.
 */
final class VideoRom {
    static final int SIZE = 0x8000;
    static final int SEGMENT = 0xC000;

    private static final int FONT16 = 0x0400;
    private static final int FONT14 = FONT16 + 256 * 16;
    private static final int FONT8 = FONT14 + 256 * 14;
    private static final int CODE = FONT8 + 256 * 8;

    private final RomEmitter rom = new RomEmitter(SIZE, BiosRom.TRAP_PORT);
    private final byte[] image;

    VideoRom(VideoFonts fonts) {
        rom.db(0x55, 0xAA, SIZE / 512, 0xCB); // PCI option ROM header: initialised already, so only RETF
        rom.at(0x18).offsetOf("pcir").dw(0);
        rom.at(0x1E).ascii("IBM VGA compatible, Terrarium").db(0);
        rom.at(0x40).label("int10").trap(TrapPoint.VIDEO).iret();
        rom.label("window").trap(TrapPoint.VBE_WINDOW).db(0xCB);
        tables();
        rom.at(FONT16).bytes(fonts.font16());
        rom.at(FONT14).bytes(fonts.font14());
        rom.at(FONT8).bytes(fonts.font8());
        rom.at(CODE);
        vbe();
        rom.at(SIZE - 1).db(0);
        image = rom.finish();
        RomEmitter.checksum(image, 0, SIZE, SIZE - 1);
    }

    private void tables() {
        rom.at(0x60)
                .label("pcir")
                .ascii("PCIR")
                .dw(0x1234, 0x1111, 0, 0x18)
                .db(0, 0, 0, 3)
                .dw(SIZE / 512, 1);
        rom.db(0, 0x80).dw(0);
        // Static functionality table (INT 10h AH=1Bh): all modes, all scan line counts, two of eight character blocks.
        rom.at(0x90).label("static").db(0xFF, 0xE0, 0x0F, 0, 0, 0, 0, 0x07, 0x02, 0x08, 0xE7, 0x0C, 0, 0, 0, 0);
        // Save pointer table and the display combinations we report: none, VGA colour.
        rom.at(0xB0).label("save").offsetOf("parameters").dw(SEGMENT);
        rom.dd(0).dd(0).dd(0).offsetOf("secondary").dw(SEGMENT).dd(0).dd(0);
        rom.label("secondary")
                .dw(26)
                .offsetOf("combinations")
                .dw(SEGMENT)
                .dd(0)
                .dd(0)
                .dd(0)
                .dd(0)
                .dd(0);
        rom.label("combinations").db(2, 1, 8, 0).dw(0, 0x0800);
        rom.at(0x140).label("oem").ascii("Terrarium VBE").db(0);
        rom.label("vendor").ascii("Terrarium").db(0);
        rom.label("product").ascii("Bochs-compatible display").db(0);
        rom.label("revision").ascii("1.0").db(0);
    }

    /** The video parameter table, 64 bytes a mode, and the protected-mode interface of VBE function 0Ah. */
    private void vbe() {
        rom.label("parameters");
        for (VideoMode m : VideoMode.ALL) {
            rom.db(m.columns(), m.rows() - 1, m.charHeight()).dw(m.pageBytes());
            rom.db(m.sequencer()).db(m.misc()).db(m.crtc()).db(m.attribute()).db(m.graphics());
        }
        rom.label("pmTable").bytes(VbeProtectedCode.table());
    }

    byte[] image() {
        return image;
    }

    Map<Integer, TrapPoint> traps() {
        return rom.traps();
    }

    int address(String label) {
        return rom.address(label);
    }

    /** Far pointer to the character set of this height: 8, 14 or 16 lines. */
    static int fontAddress(int height) {
        return SEGMENT << 16 | (height == 8 ? FONT8 : height == 14 ? FONT14 : FONT16);
    }
}
