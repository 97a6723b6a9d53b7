package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The ROM images: what programs of the PC/AT find at addresses they know by heart. */
final class BiosRomTest {
    private final VideoFonts fonts = new VideoFonts();
    private final BiosRom rom = new BiosRom(fonts.font8());

    @Test
    void resetVectorJumpsToPost() {
        byte[] image = rom.image();
        assertEquals(0xEA, image[0xFFF0] & 0xFF);
        assertEquals(0xE05B, LittleEndian.u16(image, 0xFFF1));
        assertEquals(0xF000, LittleEndian.u16(image, 0xFFF3));
        assertEquals(0xFC, image[0xFFFE] & 0xFF);
    }

    @Test
    void entryPointsTrapAndReturn() {
        int[] addresses = {0xEC59, 0xE82E, 0xE739, 0xEFD2, 0xF841, 0xF84D, 0xF859, 0xFE6E};
        TrapPoint[] points = {
            TrapPoint.DISK,
            TrapPoint.KEYBOARD,
            TrapPoint.SERIAL,
            TrapPoint.PRINTER,
            TrapPoint.MEMORY_SIZE,
            TrapPoint.EQUIPMENT,
            TrapPoint.SYSTEM,
            TrapPoint.TIME
        };
        byte[] image = rom.image();
        for (int k = 0; k < addresses.length; k++) {
            assertEquals(0xE6, image[addresses[k]] & 0xFF, "OUT at " + Integer.toHexString(addresses[k]));
            assertEquals(BuiltinBios.TRAP_PORT, image[addresses[k] + 1] & 0xFF);
            assertEquals(0xCF, image[addresses[k] + 2] & 0xFF, "IRET");
            assertEquals(points[k], rom.traps().get(addresses[k] + 2));
        }
    }

    @Test
    void videoRomIsAnOptionRom() {
        byte[] image = new VideoRom(fonts).image();
        assertEquals(0xAA55, LittleEndian.u16(image, 0));
        int length = (image[2] & 0xFF) * 512;
        int sum = 0;
        for (int k = 0; k < length; k++) {
            sum += image[k];
        }
        assertEquals(0, sum & 0xFF);
        int pcir = LittleEndian.u16(image, 0x18);
        assertEquals("PCIR", new String(image, pcir, 4));
    }

    @Test
    void smallFontForGraphicsLiesWhereProgramsReadIt() {
        byte[] image = rom.image();
        byte[] font = fonts.font8();
        for (int k = 0; k < 0x400; k++) {
            assertEquals(font[k], image[0xFA6E + k]);
        }
    }
}
