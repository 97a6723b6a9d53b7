package org.terrarium.vm.device.vga;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How processor accesses meet the planes. */
class VideoWindowTest {
    private final VgaRig rig = new VgaRig(VgaRig.MIB);

    @BeforeEach
    void planar() {
        rig.set(VgaRig.VGA_640_480_16);
    }

    private int plane(int plane, int address) {
        rig.graphics(4, plane);
        rig.graphics(5, 0);
        return rig.peek(0xA0000 + address);
    }

    private void assertPlanes(int address, int p0, int p1, int p2, int p3) {
        assertEquals(p0, plane(0, address), "plane 0");
        assertEquals(p1, plane(1, address), "plane 1");
        assertEquals(p2, plane(2, address), "plane 2");
        assertEquals(p3, plane(3, address), "plane 3");
    }

    @Test
    void writeMode0GoesToTheMappedPlanes() {
        rig.sequencer(2, 0x5);
        rig.poke(0xA1234, 0xA7);
        assertPlanes(0x1234, 0xA7, 0, 0xA7, 0);
    }

    @Test
    void writeMode0Rotates() {
        rig.graphics(3, 3);
        rig.poke(0xA0000, 0x8F);
        assertEquals(0xF1, plane(0, 0)); // 1000 1111 rotated right by 3
    }

    @Test
    void setResetReplacesTheEnabledPlanes() {
        rig.graphics(0, 0x6);
        rig.graphics(1, 0x3);
        rig.poke(0xA0001, 0x3C);
        assertPlanes(1, 0x00, 0xFF, 0x3C, 0x3C);
    }

    @Test
    void bitMaskKeepsLatchedBits() {
        rig.poke(0xA0000, 0x55);
        rig.peek(0xA0000);
        rig.graphics(8, 0x0F);
        rig.poke(0xA0001, 0xAA);
        assertEquals(0x5A, plane(0, 1));
    }

    @Test
    void logicalFunctionsCombineWithTheLatches() {
        int[] expected = {0x66, 0x44, 0x77, 0x33};
        for (int function = 0; function < 4; function++) {
            rig.graphics(3, 0);
            rig.poke(0xA0000, 0x55);
            rig.peek(0xA0000);
            rig.graphics(3, function << 3);
            rig.poke(0xA0002, 0x66);
            assertEquals(expected[function], plane(0, 2), "function " + function);
        }
    }

    @Test
    void writeMode1CopiesTheLatches() {
        for (int p = 0; p < 4; p++) {
            rig.sequencer(2, 1 << p);
            rig.poke(0xA0010, 0x11 * (p + 1));
        }
        rig.sequencer(2, 0xB);
        rig.peek(0xA0010);
        rig.graphics(5, 1);
        rig.poke(0xA0020, 0xEE);
        assertPlanes(0x20, 0x11, 0x22, 0, 0x44);
    }

    @Test
    void writeMode2SpreadsFourBits() {
        rig.poke(0xA0000, 0xFF);
        rig.peek(0xA0000);
        rig.graphics(5, 2);
        rig.graphics(8, 0x81);
        rig.poke(0xA0000, 0x9);
        assertPlanes(0, 0xFF, 0x7E, 0x7E, 0xFF);
    }

    @Test
    void writeMode3MasksTheSetResetColor() {
        rig.poke(0xA0000, 0x00);
        rig.peek(0xA0000);
        rig.graphics(0, 0xA);
        rig.graphics(5, 3);
        rig.graphics(3, 1);
        rig.graphics(8, 0x3F);
        rig.poke(0xA0000, 0xF1); // rotated 1111 1000, masked 0011 1000
        assertPlanes(0, 0, 0x38, 0, 0x38);
    }

    @Test
    void readMode1ComparesColors() {
        rig.sequencer(2, 1);
        rig.poke(0xA0000, 0xF0);
        rig.sequencer(2, 2);
        rig.poke(0xA0000, 0xCC);
        rig.graphics(5, 8);
        rig.graphics(2, 0x3);
        rig.graphics(7, 0xF);
        assertEquals(0xC0, rig.peek(0xA0000));
        rig.graphics(7, 0x1);
        assertEquals(0xF0, rig.peek(0xA0000));
        rig.graphics(7, 0);
        assertEquals(0xFF, rig.peek(0xA0000));
    }

    @Test
    void wideAccessesAreConsecutiveBytes() {
        rig.vga.window().write(0x100, 8, 0x8877665544332211L);
        assertEquals(0x33, plane(1, 0x102));
        assertEquals(0x88, plane(3, 0x107));
        assertEquals(0x44332211L, rig.vga.window().read(0x100, 4));
    }

    @Test
    void oddEvenPutsTextIntoPlanes0And1() {
        rig.set(VgaRig.TEXT_80_25);
        rig.poke16(0xB8000, 0x1F41);
        rig.poke(0xB8002, 0x42);
        rig.poke(0xB8003, 0x2E);
        assertEquals(0x1F41, (int) rig.vga.window().read(0x18000, 2));
        assertEquals(0x2E42, (int) rig.vga.window().read(0x18002, 2));
        assertEquals(0xFF, rig.peek(0xA0000), "A0000 is not decoded in text modes");
        rig.set(VgaRig.VGA_640_480_16);
        assertPlanes(0, 0x41, 0x1F, 0, 0);
        assertPlanes(2, 0x42, 0x2E, 0, 0);
    }

    @Test
    void chain4PutsConsecutiveBytesIntoConsecutivePlanes() {
        rig.set(VgaRig.VGA_320_200_256);
        rig.vga.window().write(0x40, 4, 0x44332211L);
        rig.poke(0xA0045, 0x66);
        assertEquals(0x33, rig.peek(0xA0042));
        rig.sequencer(4, 6); // unchained
        assertPlanes(0x40, 0x11, 0x22, 0x33, 0x44);
        assertPlanes(0x44, 0, 0x66, 0, 0);
    }

    @Test
    void ramEnableAndMemoryMapDecideWhatAnswers() {
        rig.poke(0xA0000, 0x12);
        rig.out(0x3C2, 0xE1);
        assertEquals(0xFF, rig.peek(0xA0000));
        rig.out(0x3C2, 0xE3);
        assertEquals(0x12, rig.peek(0xA0000));
        rig.graphics(6, 0x09); // B0000-B7FFF
        assertEquals(0xFF, rig.peek(0xA0000));
        assertEquals(0x12, rig.peek(0xB0000));
        assertEquals(0xFF, rig.peek(0xB8000));
        rig.graphics(6, 0x01); // all 128 KiB
        assertEquals(0x12, rig.peek(0xA0000));
        assertEquals(0x12, rig.peek(0xB0000), "planes have 64 KiB");
    }
}
