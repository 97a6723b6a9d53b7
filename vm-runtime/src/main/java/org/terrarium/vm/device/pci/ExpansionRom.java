package org.terrarium.vm.device.pci;

import java.util.Arrays;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;

/**
 * A card's expansion ROM with a program for the PC's firmware (PCI Local Bus Specification 3.0, 6.3; PCI Firmware Specification
 * 3.0, 5.1.2), such as a network boot loader.
 */
public final class ExpansionRom implements MmioDevice {
    private static final int MIN = 512;
    private static final int MAX = 512 << 10;
    private static final int BLOCK = 512;
    private static final int LENGTH = 2; // in blocks
    private static final int CHECKSUM = 6;
    private static final int DATA_POINTER = 0x18;
    private static final int DATA_SIGNATURE = 0x52494350; // "PCIR"
    private static final int DATA_VENDOR = 4;
    private static final int DATA_DEVICE = 6;
    private static final int DATA_CODE_TYPE = 20;
    private static final int DATA_BYTES = 24;
    private static final int PC_AT = 0;
    private static final int PRIORITY = 5;

    private final byte[] image;

    private ExpansionRom(byte[] image) {
        this.image = image;
    }

    /**
     * Takes an image over, for a card of these numbers. As one image serves cards that differ only in their numbers, those in the
     * image are brought in line, as QEMU does with its own.
     *
     * @throws IllegalArgumentException in a sentence without the file's name when that is no such image
     */
    public static ExpansionRom of(byte[] file, int vendor, int device) {
        if (file.length < MIN || file.length > MAX || u16(file, 0) != 0xAA55) {
            throw new IllegalArgumentException(
                    "is no expansion ROM: it does not start with 55 AA, or is not of 512 bytes to" + " 512 KiB");
        }
        int at = u16(file, DATA_POINTER);
        int length = (file[LENGTH] & 0xFF) * BLOCK;
        if (at + DATA_BYTES > file.length || (u16(file, at) | u16(file, at + 2) << 16) != DATA_SIGNATURE) {
            throw new IllegalArgumentException("is no expansion ROM of a PCI card: its PCIR structure is missing");
        }
        if (file[at + DATA_CODE_TYPE] != PC_AT) {
            throw new IllegalArgumentException(
                    "is an expansion ROM for another firmware (EFI perhaps); give one for a PC BIOS");
        }
        if (length == 0 || length > file.length) {
            throw new IllegalArgumentException(
                    "is an expansion ROM that says it has " + length + " bytes but has " + file.length);
        }
        byte[] image = Arrays.copyOf(file, Math.max(2048, Integer.highestOneBit(file.length - 1) << 1));
        put16(image, at + DATA_VENDOR, vendor);
        put16(image, at + DATA_DEVICE, device);
        int sum = 0;
        for (int k = 0; k < length; k++) {
            sum += image[k];
        }
        image[CHECKSUM] -= (byte) sum; // the octets of the image add up to 0
        return new ExpansionRom(image);
    }

    private static int u16(byte[] b, int at) {
        return b[at] & 0xFF | (b[at + 1] & 0xFF) << 8;
    }

    private static void put16(byte[] b, int at, int value) {
        b[at] = (byte) value;
        b[at + 1] = (byte) (value >> 8);
    }

    /** Puts the ROM onto a card, which has none yet. */
    public void plugInto(PciConfig card, MemoryMap map) {
        MemoryMap.Placement[] place = new MemoryMap.Placement[1];
        card.expansionRom(image.length, (base, on) -> {
            if (place[0] != null) {
                place[0].remove();
            }
            place[0] = on ? map.device(base, image.length, PRIORITY, this) : null;
        });
    }

    @Override
    public long read(long offset, int size) {
        long value = 0;
        for (int k = 0; k < size && offset + k < image.length; k++) {
            value |= (image[(int) offset + k] & 0xFFL) << 8 * k;
        }
        return value;
    }

    @Override
    public void write(long offset, int size, long value) {
        // A ROM stays as it is.
    }
}
