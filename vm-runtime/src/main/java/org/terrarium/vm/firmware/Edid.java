package org.terrarium.vm.firmware;

import java.nio.charset.StandardCharsets;

/** The display's identification, 128 bytes (VESA E-EDID 1.3): a flat panel of 1024x768 that takes everything up to 2560x1600. */
final class Edid {
    private Edid() {}

    static byte[] block() {
        byte[] b = new byte[128];
        for (int k = 1; k < 7; k++) {
            b[k] = (byte) 0xFF;
        }
        int maker = 'T' - '@' << 10 | 'R' - '@' << 5 | 'M' - '@';
        b[8] = (byte) (maker >> 8);
        b[9] = (byte) maker;
        b[10] = 0x01;
        b[16] = 1;
        b[17] = (byte) (2026 - 1990);
        b[18] = 1;
        b[19] = 3;
        b[20] = (byte) 0x80; // digital
        b[21] = 34;
        b[22] = 25;
        b[23] = 120; // gamma 2.2
        b[24] = 0x0A; // RGB colour, preferred timing in the first descriptor
        int[] chromaticity = {0xEE, 0x91, 0xA3, 0x54, 0x4C, 0x99, 0x26, 0x0F, 0x50, 0x54};
        for (int k = 0; k < chromaticity.length; k++) {
            b[25 + k] = (byte) chromaticity[k];
        }
        b[35] = 0x21; // 640x480, 800x600 at 60 Hz
        b[36] = 0x08; // 1024x768 at 60 Hz
        int[][] standard = {{1280, 1}, {1600, 1}, {1680, 0}, {1920, 0}, {1440, 0}, {1152, 1}, {1280, 0}, {1400, 1}};
        for (int k = 0; k < 8; k++) {
            b[38 + 2 * k] = (byte) (standard[k][0] / 8 - 31);
            b[39 + 2 * k] = (byte) (standard[k][1] << 6); // 16:10 or 4:3, 60 Hz
        }
        // 1024x768 at 60 Hz: 65 MHz, 320 and 38 blank, sync 24+136 and 3+6 (VESA DMT).
        detailed(b, 54, 6500, new int[] {1024, 320, 24, 136}, new int[] {768, 38, 3, 6});
        descriptor(b, 72, 0xFC, "Terrarium");
        descriptor(b, 90, 0xFF, "0001");
        descriptor(b, 108, 0xFD, "");
        int[] range = {50, 75, 30, 110, 35};
        for (int k = 0; k < range.length; k++) {
            b[113 + k] = (byte) range[k];
        }
        b[118] = 0;
        b[119] = 0x0A;
        for (int k = 120; k < 126; k++) {
            b[k] = 0x20;
        }
        int sum = 0;
        for (int k = 0; k < 127; k++) {
            sum += b[k];
        }
        b[127] = (byte) -sum;
        return b;
    }

    private static void detailed(byte[] b, int at, int clock10kHz, int[] h, int[] v) {
        b[at] = (byte) clock10kHz;
        b[at + 1] = (byte) (clock10kHz >> 8);
        b[at + 2] = (byte) h[0];
        b[at + 3] = (byte) h[1];
        b[at + 4] = (byte) (h[0] >> 8 << 4 | h[1] >> 8);
        b[at + 5] = (byte) v[0];
        b[at + 6] = (byte) v[1];
        b[at + 7] = (byte) (v[0] >> 8 << 4 | v[1] >> 8);
        b[at + 8] = (byte) h[2];
        b[at + 9] = (byte) h[3];
        b[at + 10] = (byte) (v[2] << 4 | v[3]);
        b[at + 12] = (byte) 340;
        b[at + 13] = (byte) 250;
        b[at + 14] = 0x10;
        b[at + 17] = 0x18;
    }

    private static void descriptor(byte[] b, int at, int tag, String text) {
        b[at + 3] = (byte) tag;
        byte[] t = (text + "\n").getBytes(StandardCharsets.US_ASCII);
        for (int k = 0; k < 13; k++) {
            b[at + 5 + k] = k < t.length ? t[k] : 0x20;
        }
    }
}
