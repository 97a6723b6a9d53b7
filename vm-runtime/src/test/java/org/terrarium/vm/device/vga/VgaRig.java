package org.terrarium.vm.device.vga;

import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.vm.display.Frame;
import org.terrarium.x86.mem.PhysicalMemory;

/** A card with a memory map and a clock of its own, and the register values IBM's BIOS gives the standard modes. */
final class VgaRig {
    static final int MIB = 1 << 20;

    /** One mode: miscellaneous output, then the sequencer, CRTC, graphics and attribute registers in hex. */
    record Mode(int misc, String sequencer, String crtc, String graphics, String attribute) {}

    static final Mode TEXT_80_25 = new Mode(
            0x67,
            "03 00 03 00 02",
            "5F 4F 50 82 55 81 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 28 1F 96 B9 A3 FF",
            "00 00 00 00 00 10 0E 00 FF",
            "00 01 02 03 04 05 14 07 38 39 3A 3B 3C 3D 3E 3F 0C 00 0F 08 00");

    static final Mode TEXT_40_25 = new Mode(
            0x67,
            "03 08 03 00 02",
            "2D 27 28 90 2B A0 BF 1F 00 4F 0D 0E 00 00 00 00 9C 8E 8F 14 1F 96 B9 A3 FF",
            "00 00 00 00 00 10 0E 00 FF",
            "00 01 02 03 04 05 14 07 38 39 3A 3B 3C 3D 3E 3F 0C 00 0F 08 00");

    static final Mode CGA_320_200_4 = new Mode(
            0x63,
            "03 09 03 00 02",
            "2D 27 28 90 2B 80 BF 1F 00 C1 00 00 00 00 00 00 9C 8E 8F 14 00 96 B9 A2 FF",
            "00 00 00 00 00 30 0F 00 FF",
            "00 13 15 17 02 04 06 07 10 11 12 13 14 15 16 17 01 00 03 00 00");

    static final Mode CGA_640_200_2 = new Mode(
            0x63,
            "03 01 01 00 06",
            "5F 4F 50 82 54 80 BF 1F 00 C1 00 00 00 00 00 00 9C 8E 8F 28 00 96 B9 C2 FF",
            "00 00 00 00 00 00 0D 00 FF",
            "00 17 17 17 17 17 17 17 17 17 17 17 17 17 17 17 01 00 01 00 00");

    static final Mode EGA_320_200_16 = new Mode(
            0x63,
            "03 09 0F 00 06",
            "2D 27 28 90 2B 80 BF 1F 00 C0 00 00 00 00 00 00 9C 8E 8F 14 00 96 B9 E3 FF",
            "00 00 00 00 00 00 05 0F FF",
            "00 01 02 03 04 05 06 07 10 11 12 13 14 15 16 17 01 00 0F 00 00");

    static final Mode VGA_640_480_16 = new Mode(
            0xE3,
            "03 01 0F 00 06",
            "5F 4F 50 82 54 80 0B 3E 00 40 00 00 00 00 00 00 EA 8C DF 28 00 E7 04 E3 FF",
            "00 00 00 00 00 00 05 0F FF",
            "00 01 02 03 04 05 14 07 38 39 3A 3B 3C 3D 3E 3F 01 00 0F 00 00");

    static final Mode VGA_320_200_256 = new Mode(
            0x63,
            "03 01 0F 00 0E",
            "5F 4F 50 82 54 80 BF 1F 00 41 00 00 00 00 00 00 9C 8E 8F 28 40 96 B9 A3 FF",
            "00 00 00 00 00 40 05 0F FF",
            "00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 41 00 0F 00 00");

    final PhysicalMemory physical;
    final MemoryBus bus;
    final MemoryBlock videoMemory;
    final Vga vga;
    final Frame frame = new Frame();
    long nanos;

    VgaRig(int videoBytes) {
        physical = new PhysicalMemory(videoBytes);
        bus = new MemoryBus(physical);
        videoMemory = new MemoryBlock(physical, 0, videoBytes);
        vga = new Vga("vga", () -> nanos, bus, videoMemory, null);
    }

    void out(int port, int value) {
        vga.ports().write(port - Vga.PORTS, 1, value);
    }

    void out16(int port, int value) {
        vga.ports().write(port - Vga.PORTS, 2, value);
    }

    int in(int port) {
        return vga.ports().read(port - Vga.PORTS, 1);
    }

    void sequencer(int register, int value) {
        out16(0x3C4, register | value << 8);
    }

    void graphics(int register, int value) {
        out16(0x3CE, register | value << 8);
    }

    void crtc(int register, int value) {
        out16(0x3D4, register | value << 8);
    }

    void attribute(int register, int value) {
        in(0x3DA);
        out(0x3C0, register);
        out(0x3C0, value);
        in(0x3DA);
        out(0x3C0, 0x20);
    }

    void dispi(int register, int value) {
        vga.dispiPorts().write(0, 2, register);
        vga.dispiPorts().write(1, 2, value);
    }

    int dispi(int register) {
        vga.dispiPorts().write(0, 2, register);
        return vga.dispiPorts().read(1, 2);
    }

    void poke(int address, int value) {
        vga.window().write(address - Vga.WINDOW, 1, value);
    }

    void poke16(int address, int value) {
        vga.window().write(address - Vga.WINDOW, 2, value);
    }

    int peek(int address) {
        return (int) vga.window().read(address - Vga.WINDOW, 1);
    }

    void set(Mode mode) {
        out(0x3C2, mode.misc);
        int[] values = hex(mode.sequencer);
        for (int i = 0; i < values.length; i++) {
            sequencer(i, values[i]);
        }
        crtc(0x11, 0); // unlock registers 0 to 7
        values = hex(mode.crtc);
        for (int i = 0; i < values.length; i++) {
            crtc(i, values[i]);
        }
        values = hex(mode.graphics);
        for (int i = 0; i < values.length; i++) {
            graphics(i, values[i]);
        }
        in(0x3DA);
        values = hex(mode.attribute);
        for (int i = 0; i < values.length; i++) {
            out(0x3C0, i);
            out(0x3C0, values[i]);
        }
        out(0x3C0, 0x20);
        // A palette in which every index can be told apart: red is the index, green its complement, blue its low bits.
        out(0x3C8, 0);
        for (int i = 0; i < 256; i++) {
            out(0x3C9, i & 0x3F);
            out(0x3C9, ~i & 0x3F);
            out(0x3C9, i >> 2);
        }
    }

    /** What the test palette shows for a DAC index. */
    static int color(int index) {
        return 0xFF000000 | level(index) << 16 | level(~index) << 8 | level(index >> 2);
    }

    private static int level(int part) {
        int v = part & 0x3F;
        return v << 2 | v >> 4;
    }

    private static int[] hex(String bytes) {
        String[] parts = bytes.split(" ");
        int[] values = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Integer.parseInt(parts[i], 16);
        }
        return values;
    }

    /** Draws and gives the pixel. */
    int pixel(int x, int y) {
        vga.render(frame);
        return frame.argb()[y * frame.width() + x];
    }
}
