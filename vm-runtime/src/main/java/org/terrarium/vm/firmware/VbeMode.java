package org.terrarium.vm.firmware;

import java.util.List;

/**
 * A mode of the Bochs VBE extension under the number that Bochs gave it.
 *
 * @param number VBE mode number, 100h and up
 * @param width pixels
 * @param height pixels
 * @param bpp bits a pixel: 4 (planar), 8, 15, 16, 24 or 32
 */
record VbeMode(int number, int width, int height, int bpp) {
    static final List<VbeMode> ALL = List.of(
            new VbeMode(0x100, 640, 400, 8),
            new VbeMode(0x101, 640, 480, 8),
            new VbeMode(0x102, 800, 600, 4),
            new VbeMode(0x103, 800, 600, 8),
            new VbeMode(0x104, 1024, 768, 4),
            new VbeMode(0x105, 1024, 768, 8),
            new VbeMode(0x106, 1280, 1024, 4),
            new VbeMode(0x107, 1280, 1024, 8),
            new VbeMode(0x10D, 320, 200, 15),
            new VbeMode(0x10E, 320, 200, 16),
            new VbeMode(0x10F, 320, 200, 24),
            new VbeMode(0x110, 640, 480, 15),
            new VbeMode(0x111, 640, 480, 16),
            new VbeMode(0x112, 640, 480, 24),
            new VbeMode(0x113, 800, 600, 15),
            new VbeMode(0x114, 800, 600, 16),
            new VbeMode(0x115, 800, 600, 24),
            new VbeMode(0x116, 1024, 768, 15),
            new VbeMode(0x117, 1024, 768, 16),
            new VbeMode(0x118, 1024, 768, 24),
            new VbeMode(0x119, 1280, 1024, 15),
            new VbeMode(0x11A, 1280, 1024, 16),
            new VbeMode(0x11B, 1280, 1024, 24),
            new VbeMode(0x11C, 1600, 1200, 8),
            new VbeMode(0x11D, 1600, 1200, 15),
            new VbeMode(0x11E, 1600, 1200, 16),
            new VbeMode(0x11F, 1600, 1200, 24),
            new VbeMode(0x140, 320, 200, 32),
            new VbeMode(0x141, 640, 400, 32),
            new VbeMode(0x142, 640, 480, 32),
            new VbeMode(0x143, 800, 600, 32),
            new VbeMode(0x144, 1024, 768, 32),
            new VbeMode(0x145, 1280, 1024, 32),
            new VbeMode(0x146, 320, 200, 8),
            new VbeMode(0x147, 1600, 1200, 32),
            new VbeMode(0x148, 1152, 864, 8),
            new VbeMode(0x149, 1152, 864, 15),
            new VbeMode(0x14A, 1152, 864, 16),
            new VbeMode(0x14B, 1152, 864, 24),
            new VbeMode(0x14C, 1152, 864, 32),
            new VbeMode(0x175, 1280, 768, 16),
            new VbeMode(0x176, 1280, 768, 24),
            new VbeMode(0x177, 1280, 768, 32),
            new VbeMode(0x178, 1280, 800, 16),
            new VbeMode(0x179, 1280, 800, 24),
            new VbeMode(0x17A, 1280, 800, 32),
            new VbeMode(0x17B, 1280, 960, 16),
            new VbeMode(0x17C, 1280, 960, 24),
            new VbeMode(0x17D, 1280, 960, 32),
            new VbeMode(0x17E, 1440, 900, 16),
            new VbeMode(0x17F, 1440, 900, 24),
            new VbeMode(0x180, 1440, 900, 32),
            new VbeMode(0x181, 1400, 1050, 16),
            new VbeMode(0x182, 1400, 1050, 24),
            new VbeMode(0x183, 1400, 1050, 32),
            new VbeMode(0x184, 1680, 1050, 16),
            new VbeMode(0x185, 1680, 1050, 24),
            new VbeMode(0x186, 1680, 1050, 32),
            new VbeMode(0x187, 1920, 1200, 16),
            new VbeMode(0x188, 1920, 1200, 24),
            new VbeMode(0x189, 1920, 1200, 32),
            new VbeMode(0x18A, 2560, 1600, 16),
            new VbeMode(0x18B, 2560, 1600, 24),
            new VbeMode(0x18C, 2560, 1600, 32),
            new VbeMode(0x18D, 1280, 720, 16),
            new VbeMode(0x18E, 1280, 720, 24),
            new VbeMode(0x18F, 1280, 720, 32),
            new VbeMode(0x190, 1920, 1080, 16),
            new VbeMode(0x191, 1920, 1080, 24),
            new VbeMode(0x192, 1920, 1080, 32));

    /** The mode with this number (flag bits ignored), or null. */
    static VbeMode of(int number) {
        for (VbeMode m : ALL) {
            if (m.number == (number & 0x1FF)) {
                return m;
            }
        }
        return null;
    }

    int bytesPerPixel() {
        return (bpp + 7) / 8;
    }

    /** Bytes of a scan line as the mode is set; planar modes: of one plane. */
    int stride() {
        return bpp == 4 ? width / 8 : width * bytesPerPixel();
    }

    /** Video memory the picture needs. */
    int bytes() {
        return stride() * height * (bpp == 4 ? 4 : 1);
    }
}
