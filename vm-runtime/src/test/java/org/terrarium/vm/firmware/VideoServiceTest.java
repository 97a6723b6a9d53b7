package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.vm.accel.GuestRegisters;

/** INT 10h on the real graphics card. */
final class VideoServiceTest {
    private final BiosRig rig = new BiosRig(List.of()).powerOn();

    private void video(int eax) {
        rig.service(TrapPoint.VIDEO, eax);
    }

    private void type(String text) {
        for (char c : text.toCharArray()) {
            rig.call.setBx(7);
            video(0x0E00 | c);
        }
    }

    private int memory8(int at) {
        return rig.call.memory.u8(at);
    }

    @Test
    void teletypeMovesCursorAndScrolls() {
        video(0x0003);
        type("first\r\nsecond");
        assertEquals("first", rig.row(0));
        assertEquals("second", rig.row(1));
        rig.call.setBx(0);
        video(0x0300);
        assertEquals(0x0106, rig.call.dx());
        for (int k = 0; k < 24; k++) {
            type("\r\nx" + k);
        }
        assertEquals("second", rig.row(0));
        assertEquals("x23", rig.row(24));
    }

    @Test
    void backspaceStopsAtTheLeftEdgeAndBellPrintsNothing() {
        video(0x0003);
        type("ab\b\b\bc\u0007");
        assertEquals("cb", rig.row(0));
    }

    @Test
    void scrollsAWindowDown() {
        video(0x0003);
        type("one\r\ntwo\r\nthree");
        rig.call.setBx(0x1F00);
        rig.call.setCx(0x0000);
        rig.call.setDx(0x0102); // rows 0..1, columns 0..2
        video(0x0701);
        assertEquals("", rig.row(0));
        assertEquals("one", rig.row(1));
        assertEquals("three", rig.row(2));
        assertEquals(0x1F, memory8(0xB8001));
    }

    @Test
    void writesStringsWithAttributesAndLeavesTheCursorIfAsked() {
        video(0x0003);
        byte[] text = {'A', 0x4E, 'B', 0x2F};
        rig.call.memory.write(0x9000, text);
        rig.call.setEs(0x900);
        rig.call.setBp(0);
        rig.call.setBx(0);
        rig.call.setCx(2);
        rig.call.setDx(0x0205);
        video(0x1302);
        assertEquals("     AB", rig.row(2));
        assertEquals(0x4E, memory8(0xB8000 + 320 + 11));
        rig.call.setBx(0);
        video(0x0300);
        assertEquals(0, rig.call.dx());
    }

    @Test
    void fontOfEightLinesGivesFiftyRows() {
        video(0x0003);
        rig.call.setBx(0);
        video(0x1112);
        assertEquals(49, memory8(Bda.ROWS_MINUS_1));
        assertEquals(8, memory8(Bda.CHAR_HEIGHT));
        assertEquals(7, new Vga(rig.ports).crtc(0x09) & 0x1F);
        rig.call.setBx(0x0300);
        video(0x1130);
        assertEquals(49, rig.call.dl());
        assertEquals(VideoRom.SEGMENT, rig.guest.selector(GuestRegisters.ES));
        assertEquals((VideoRom.fontAddress(8) & 0xFFFF), rig.call.bp());
    }

    @Test
    void underlineCursorOfACgaLiesOnTheVgaLines() {
        video(0x0003);
        assertEquals(0x0D, new Vga(rig.ports).crtc(0x0A));
        assertEquals(0x0E, new Vga(rig.ports).crtc(0x0B));
        rig.call.setCx(0x0007);
        video(0x0100);
        assertEquals(0x00, new Vga(rig.ports).crtc(0x0A));
        assertEquals(0x0F, new Vga(rig.ports).crtc(0x0B));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x05, 0x06, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13})
    void graphicsModesShowCharactersAndPixels(int mode) {
        video(mode);
        int white = mode == 0x06 || mode == 0x0F || mode == 0x11 ? 1 : 3;
        rig.call.setBx(white);
        rig.call.setCx(1);
        rig.call.setDx(0);
        video(0x0200 | 0);
        rig.call.setBx(white);
        rig.call.setCx(1);
        video(0x0900 | 'R');
        rig.call.setBx(0);
        video(0x0800);
        assertEquals('R', rig.call.al());
        // A pixel in the last line, then the screen scrolled up by one row.
        int height = VideoMode.of(mode).height();
        rig.call.setBx(0);
        rig.call.setCx(17);
        rig.call.setDx(height - 1);
        video(0x0C00 | white);
        video(0x0D00);
        assertEquals(white, rig.call.al());
        int charHeight = VideoMode.of(mode).charHeight();
        rig.call.setBx(0);
        rig.call.setCx(0);
        rig.call.setDx(VideoMode.of(mode).rows() - 1 << 8 | VideoMode.of(mode).columns() - 1);
        video(0x0601);
        rig.call.setBx(0);
        rig.call.setCx(17);
        rig.call.setDx(height - 1);
        video(0x0D00);
        assertEquals(0, rig.call.al());
        rig.call.setDx(VideoMode.of(mode).rows() * charHeight - 1 - charHeight);
        video(0x0D00);
        assertEquals(white, rig.call.al());
    }

    @Test
    void exclusiveOrDrawsAndErases() {
        video(0x0012);
        for (int expected : new int[] {0x0D, 0}) {
            rig.call.setBx(0);
            rig.call.setCx(100);
            rig.call.setDx(50);
            video(0x0C8D);
            video(0x0D00);
            assertEquals(expected, rig.call.al());
        }
    }

    @Test
    void vbeListsModesThatFitAndDescribesThem() {
        rig.call.memory.put32(0x9000, 0x32454256);
        rig.call.setEs(0x900);
        rig.call.setDi(0);
        video(0x4F00);
        assertEquals(0x004F, rig.call.ax());
        assertEquals("VESA", new String(rig.call.memory.bytes(0x9000, 4)));
        assertEquals(0x0300, rig.call.memory.u16(0x9004));
        assertEquals(256, rig.call.memory.u16(0x9012)); // 16 MiB
        int list = (rig.call.memory.u16(0x9010) << 4) + rig.call.memory.u16(0x900E);
        boolean found = false;
        int last = 0;
        for (int at = list; (last = rig.call.memory.u16(at)) != 0xFFFF; at += 2) {
            found |= last == 0x118;
        }
        assertTrue(found, "1024x768 in 24 bits is listed");
        rig.call.setCx(0x0114);
        rig.call.setDi(0x400);
        video(0x4F01);
        assertEquals(0x004F, rig.call.ax());
        assertEquals(800, rig.call.memory.u16(0x9412));
        assertEquals(600, rig.call.memory.u16(0x9414));
        assertEquals(1600, rig.call.memory.u16(0x9410));
        assertEquals(16, rig.call.memory.u8(0x9419));
        assertEquals(0xE000_0000, rig.call.memory.u32(0x9428) & 0xF000_0000);
        assertEquals(6, rig.call.memory.u8(0x9421)); // green has six bits
        assertEquals(0x0080, rig.call.memory.u16(0x9400) & 0x80);
    }

    @Test
    void vbeSetsAModeWindowsAndDisplayStart() {
        rig.call.setBx(0x0101);
        video(0x4F02);
        assertEquals(0x004F, rig.call.ax());
        video(0x4F03);
        assertEquals(0x0101, rig.call.bx());
        assertEquals(640, rig.vga.dispiPorts() == null ? 0 : new Vga(rig.ports).dispi(Vga.DISPI_XRES));
        rig.call.setBx(0);
        rig.call.setDx(2);
        video(0x4F05);
        assertEquals(0x004F, rig.call.ax());
        rig.call.memory.put8(0xA0000, 0x5A);
        rig.call.setBx(0);
        rig.call.setDx(0);
        video(0x4F05);
        assertEquals(0, rig.call.memory.u8(0xA0000));
        rig.call.setBx(0);
        rig.call.setDx(2);
        video(0x4F05);
        assertEquals(0x5A, rig.call.memory.u8(0xA0000));
        rig.call.setBx(0);
        rig.call.setCx(0);
        rig.call.setDx(480);
        video(0x4F07);
        assertEquals(0x004F, rig.call.ax());
        rig.call.setBx(1);
        video(0x4F07);
        assertEquals(480, rig.call.dx());
        rig.call.setBx(0);
        rig.call.setCx(1024);
        video(0x4F06);
        assertEquals(1024, rig.call.bx());
        video(0x0003);
        video(0x4F03);
        assertEquals(3, rig.call.bx());
    }

    @Test
    void edidIsValid() {
        rig.call.setEs(0x900);
        rig.call.setDi(0);
        rig.call.setCx(0);
        rig.call.setDx(0);
        rig.call.setBx(1);
        video(0x4F15);
        assertEquals(0x004F, rig.call.ax());
        int sum = 0;
        for (byte b : rig.call.memory.bytes(0x9000, 128)) {
            sum += b;
        }
        assertEquals(0, sum & 0xFF);
        assertEquals(0xFFFF_FF00, rig.call.memory.u32(0x9000));
    }

    @Test
    void savesAndRestoresTheState() {
        video(0x0003);
        new Vga(rig.ports).dac(5, 1, 2, 3);
        rig.call.setCx(7);
        video(0x1C00);
        assertEquals(0x1C, rig.call.al());
        int blocks = rig.call.bx();
        assertTrue(blocks * 64 >= 768, "room for the palette: " + blocks);
        rig.call.setEs(0x900);
        rig.call.setBx(0);
        rig.call.setCx(7);
        video(0x1C01);
        video(0x0013);
        rig.call.setEs(0x900);
        rig.call.setBx(0);
        rig.call.setCx(7);
        video(0x1C02);
        assertEquals(3, memory8(Bda.VIDEO_MODE));
        assertEquals(
                List.of(1, 2, 3),
                java.util.Arrays.stream(new Vga(rig.ports).dac(5)).boxed().toList());
        assertEquals(0x4F, new Vga(rig.ports).crtc(0x01));
    }
}
