package org.terrarium.vm.device.vga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.x86.mem.PhysicalMemory;

/** Ports, PCI ranges and the VBE interface. */
class RegistersTest {
    private final VgaRig rig = new VgaRig(16 * VgaRig.MIB);

    @Test
    void crtcAndStatusMoveBetweenMonochromeAndColorAddresses() {
        rig.out(0x3C2, 0x67);
        rig.out16(0x3D4, 0x550F);
        assertEquals(0x55, rig.in(0x3D5));
        assertEquals(0xFF, rig.in(0x3B5));
        rig.out(0x3C2, 0x66);
        rig.out(0x3B4, 0x0F);
        assertEquals(0x55, rig.in(0x3B5));
        assertEquals(0xFF, rig.in(0x3D5));
        assertEquals(0x66, rig.in(0x3CC));
    }

    @Test
    void crtcProtectsItsTiming() {
        rig.set(VgaRig.TEXT_80_25); // sets the protect bit
        rig.crtc(0, 0x11);
        assertEquals(0x5F, rig.in(0x3D5));
        rig.crtc(7, 0x00);
        assertEquals(0x0F, rig.in(0x3D5), "only the line compare bit may change");
        rig.crtc(0x11, 0x0E);
        rig.crtc(0, 0x11);
        assertEquals(0x11, rig.in(0x3D5));
    }

    @Test
    void attributeIndexAndDataShareAPort() {
        rig.out(0x3C2, 0x67);
        rig.in(0x3DA);
        rig.out(0x3C0, 0x03);
        rig.out(0x3C0, 0x2B);
        rig.out(0x3C0, 0x04);
        assertEquals(0x04, rig.in(0x3C0));
        rig.in(0x3DA);
        rig.out(0x3C0, 0x03);
        assertEquals(0x2B, rig.in(0x3C1));
        rig.in(0x3DA);
        rig.out(0x3C0, 0x23); // palette in use by the display: writes are ignored
        rig.out(0x3C0, 0x11);
        rig.in(0x3DA);
        rig.out(0x3C0, 0x03);
        assertEquals(0x2B, rig.in(0x3C1));
    }

    @Test
    void dacStepsThroughColors() {
        rig.out(0x3C8, 254);
        for (int v = 1; v <= 9; v++) {
            rig.out(0x3C9, v + 0x40);
        }
        assertEquals(1, rig.in(0x3C8), "wrapped past 255 to 1");
        assertEquals(0, rig.in(0x3C7) & 3);
        rig.out(0x3C7, 255);
        assertEquals(3, rig.in(0x3C7) & 3);
        int[] expected = {4, 5, 6, 7, 8, 9};
        for (int v : expected) {
            assertEquals(v, rig.in(0x3C9));
        }
    }

    @Test
    void retraceFollowsTheClock() {
        rig.set(VgaRig.TEXT_80_25);
        // 900 dots by 449 lines at 28.322 MHz: a frame of 14.268 ms, 70 a second.
        int retraces = 0;
        int displayed = 0;
        boolean was = false;
        int samples = 100_000;
        for (int i = 0; i < samples; i++) {
            rig.nanos = i * 10_000L; // one second
            int status = rig.in(0x3DA);
            boolean now = (status & 8) != 0;
            retraces += now && !was ? 1 : 0;
            was = now;
            displayed += (status & 1) == 0 ? 1 : 0;
        }
        assertEquals(70, retraces, 1);
        assertEquals(400.0 * 80 / (449 * 100), displayed / (double) samples, 0.01);
    }

    @Test
    void dispiAnswersAsSpecified() {
        assertEquals(0xB0C5, rig.dispi(0));
        rig.dispi(0, 0xB0C2);
        assertEquals(0xB0C2, rig.dispi(0));
        rig.dispi(0, 0x1234);
        assertEquals(0xB0C2, rig.dispi(0));
        assertEquals(256, rig.dispi(10), "16 MiB in 64 KiB units");
        rig.dispi(4, 0x02);
        assertEquals(2560, rig.dispi(1));
        assertEquals(1600, rig.dispi(2));
        assertEquals(32, rig.dispi(3));
        rig.dispi(4, 0);
        assertEquals(0, rig.dispi(1));
    }

    private void vbe(int width, int height, int bpp) {
        rig.out(0x3C2, 0x67);
        rig.in(0x3DA);
        rig.out(0x3C0, 0x20);
        rig.dispi(4, 0);
        rig.dispi(1, width);
        rig.dispi(2, height);
        rig.dispi(3, bpp);
        rig.dispi(4, 0x41);
    }

    @Test
    void directColorFormats() {
        int[][] cases = {
            {15, 2, 0x7C1F, 0xFFFF00FF},
            {15, 2, 0x0200, 0xFF008400},
            {16, 2, 0x07E0, 0xFF00FF00},
            {16, 2, 0x8410, 0xFF848284},
            {24, 3, 0x123456, 0xFF123456},
            {32, 4, 0x00ABCDEF, 0xFFABCDEF}
        };
        for (int[] c : cases) {
            vbe(800, 600, c[0]);
            int at = (599 * 800 + 799) * c[1];
            for (int k = 0; k < c[1]; k++) {
                rig.dispi(5, at + k >> 16);
                rig.poke(0xA0000 + (at + k & 0xFFFF), c[2] >> 8 * k & 0xFF);
            }
            assertEquals(Integer.toHexString(c[3]), Integer.toHexString(rig.pixel(799, 599)), c[0] + " bpp");
            assertEquals(800, rig.frame.width());
            assertEquals(0xFF000000, rig.pixel(0, 0));
        }
    }

    @Test
    void eightBitsGoThroughTheDac() {
        vbe(640, 480, 8);
        rig.poke(0xA0000 + 641, 0x55);
        rig.out(0x3C8, 0x55);
        rig.out(0x3C9, 0x3F);
        rig.out(0x3C9, 0x10);
        rig.out(0x3C9, 0);
        assertEquals(0xFFFF4100, rig.pixel(1, 1));
        rig.dispi(4, 0xE1); // 8-bit DAC, keep the memory
        rig.out(0x3C8, 0x55);
        rig.out(0x3C9, 0x12);
        rig.out(0x3C9, 0x34);
        rig.out(0x3C9, 0xFF);
        assertEquals(0xFF1234FF, rig.pixel(1, 1));
    }

    @Test
    void fourBitsArePlanar() {
        rig.set(VgaRig.VGA_640_480_16);
        vbe(800, 600, 4);
        rig.sequencer(2, 0x5);
        rig.poke(0xA0000 + 100, 0x80);
        rig.dispi(5, 0);
        assertEquals(VgaRig.color(5), rig.pixel(0, 1));
        assertEquals(800, rig.frame.width());
    }

    @Test
    void enablingClearsUnlessAskedNotTo() {
        vbe(640, 480, 32);
        rig.poke(0xA0000, 0xFF);
        rig.dispi(4, 0);
        rig.dispi(4, 0xC1);
        assertEquals(0xFF0000FF, rig.pixel(0, 0));
        rig.dispi(4, 0);
        rig.dispi(4, 0x41);
        assertEquals(0xFF000000, rig.pixel(0, 0));
    }

    @Test
    void virtualScreenPans() {
        vbe(640, 480, 8);
        rig.dispi(6, 1024);
        assertEquals(1024, rig.dispi(6));
        assertEquals(16384, rig.dispi(7), "16 MiB of lines");
        rig.dispi(8, 16);
        rig.dispi(9, 1000);
        int at = 1000 * 1024 + 16;
        rig.dispi(5, at >> 16);
        rig.poke(0xA0000 + (at & 0xFFFF), 7);
        rig.out(0x3C8, 7);
        rig.out(0x3C9, 0x3F);
        rig.out(0x3C9, 0x3F);
        rig.out(0x3C9, 0x3F);
        assertEquals(0xFFFFFFFF, rig.pixel(0, 0));
        assertEquals(0xFF000000, rig.pixel(1, 0));
        rig.dispi(8, 5000);
        assertEquals(1024 - 640, rig.dispi(8), "never beyond the virtual width");
    }

    @Test
    void modesThatDoNotFitTheMemoryAreCut() {
        VgaRig small = new VgaRig(256 * 1024);
        small.dispi(1, 2560);
        small.dispi(2, 1600);
        small.dispi(3, 32);
        small.dispi(4, 1);
        assertEquals(2560, small.dispi(1));
        assertEquals(25, small.dispi(2)); // 256 KiB of lines of 10240 bytes
        small.out(0x3C2, 1);
        small.in(0x3DA);
        small.out(0x3C0, 0x20);
        small.vga.render(small.frame);
        assertEquals(25, small.frame.height());
    }

    @Test
    void framebufferAndRegistersFollowTheirBars() {
        PciConfig pci = rig.vga.config();
        assertEquals(0x11111234, pci.read(PciConfig.VENDOR_ID, 4));
        assertEquals(0x030000, pci.read(PciConfig.CLASS_CODE, 4) & 0xFFFFFF);
        pci.write(0x10, 4, -1);
        assertEquals(0xFF000008, pci.read(0x10, 4));
        pci.write(0x10, 4, 0xE0000000);
        pci.write(0x18, 4, 0xE1000000);
        pci.write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MEMORY);
        vbe(1024, 768, 32);
        int before = rig.pixel(0, 0);
        rig.physical.write(0xE0000000L + 4 * (1024 * 700 + 3), new byte[] {0x33, 0x22, 0x11, 0}, 0, 4);
        assertEquals(0xFF112233, rig.pixel(3, 700));
        assertEquals(0xFF000000, before);

        assertEquals(0xB0C5, rig.bus.read(0xE1000500L, 2));
        rig.bus.write(0xE1000502L, 2, 800);
        assertEquals(800, rig.dispi(1));
        assertEquals(0x67, rig.bus.read(0xE100040CL, 1), "port 3CC");
        assertEquals(0, rig.bus.read(0xE1000600L, 4));

        pci.write(PciConfig.COMMAND, 2, 0);
        assertEquals(-1L, rig.bus.read(0xE1000500L, 8));
    }

    @Test
    void expansionRomIsReadAtItsBar() {
        var physical = new PhysicalMemory(VgaRig.MIB + 0x10000);
        var bus = new MemoryBus(physical);
        var rom = new MemoryBlock(physical, VgaRig.MIB, 0x10000);
        rom.bytes().set(ValueLayout.JAVA_BYTE, 1, (byte) 0xAA);
        Vga vga = new Vga("vga", () -> 0, bus, new MemoryBlock(physical, 0, VgaRig.MIB), rom);
        vga.config().write(PciConfig.EXPANSION_ROM, 4, 0xE2000001);
        vga.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MEMORY);
        byte[] read = new byte[2];
        physical.read(0xE2000000L, read, 0, 2);
        assertEquals((byte) 0xAA, read[1]);
        vga.config().write(PciConfig.EXPANSION_ROM, 4, 0xE2000000);
        physical.read(0xE2000000L, read, 0, 2);
        assertNotEquals((byte) 0xAA, read[1]);
    }

    @Test
    void refusesImpossibleMemorySizes() {
        var failure = assertThrows(IllegalArgumentException.class, () -> new VgaRig(3 * VgaRig.MIB));
        assertTrue(failure.getMessage().contains("power of two"));
    }
}
