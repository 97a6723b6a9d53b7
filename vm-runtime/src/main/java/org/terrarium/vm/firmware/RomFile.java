package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A system firmware given by the user, such as SeaBIOS: its image ends at 4 GiB, and its last 128 KiB are seen at E0000h.
 *
 * @param image the whole file; 64 KiB to 8 MiB, a multiple of 64 KiB
 * @param videoRom the display's expansion ROM, padded to a power of two, if one was found beside it
 */
public record RomFile(byte[] image, Optional<byte[]> videoRom) {
    private static final int UNIT = 0x10000;
    private static final int MAX = 8 << 20;
    private static final int LOW_WINDOW = 0x20000;
    private static final int VIDEO_MAX = 0x10000;
    private static final String[] VIDEO_NAMES = {"vgabios-stdvga.bin", "vgabios.bin"};

    /**
     * Reads and checks a ROM file, and takes the VGA BIOS that lies beside it.
     *
     * @throws IOException in one sentence that names the file
     */
    public static RomFile read(Path rom) throws IOException {
        byte[] image = bytes(rom, MAX);
        if (image.length < UNIT || image.length % UNIT != 0) {
            throw new IOException(
                    rom + " is no PC firmware: its size of " + image.length + " bytes is not a multiple of 64 KiB");
        }
        // The reset vector is 16 bytes below the end; firmware of the PC starts with a jump there.
        int first = image[image.length - 16] & 0xFF;
        if (first != 0xEA && first != 0xE9 && first != 0xEB && first != 0x90 && first != 0x0F) {
            throw new IOException(rom + " is no PC firmware: there is no jump at its reset vector");
        }
        for (String name : VIDEO_NAMES) {
            Path beside = rom.resolveSibling(name);
            if (Files.isRegularFile(beside)) {
                return new RomFile(image, Optional.of(video(beside)));
            }
        }
        return new RomFile(image, Optional.empty());
    }

    private static byte[] video(Path file) throws IOException {
        byte[] b = bytes(file, VIDEO_MAX);
        if (b.length < 512 || (b[0] & 0xFF) != 0x55 || (b[1] & 0xFF) != 0xAA) {
            throw new IOException(file + " is no expansion ROM: it does not start with 55 AA");
        }
        int size = Integer.highestOneBit(b.length - 1) << 1;
        return java.util.Arrays.copyOf(b, size);
    }

    private static byte[] bytes(Path file, int max) throws IOException {
        return HostFiles.read(file, max, "a firmware ROM");
    }

    /** Guest-physical address of the image's first byte. */
    public long address() {
        return (1L << 32) - image.length;
    }

    /** Guest-physical address of the part seen below 1 MiB: E0000h, or F0000h for an image of 64 KiB. */
    public long lowAddress() {
        return 0x100000 - lowBytes();
    }

    /** Size of that part, the image's end. */
    public int lowBytes() {
        return Math.min(LOW_WINDOW, image.length);
    }
}
