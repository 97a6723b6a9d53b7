package org.terrarium.vm.firmware;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies where in guest-physical memory, as INT 15h E820h and boot loaders are told it.
 *
 * @param lowRam bytes of RAM from address 0 up to the PCI hole
 * @param highRam bytes of RAM from 4 GiB up
 */
record MemoryLayout(long lowRam, long highRam) {
    static final int USABLE = 1;
    static final int RESERVED = 2;
    static final int ACPI = 3;
    static final int ACPI_NVS = 4;

    /** The ACPI tables lie in the last 64 KiB of low RAM, the FACS in the page below them. */
    static final int ACPI_BYTES = 0x10000;

    private static final int NVS_BYTES = 0x1000;
    private static final long FOUR_GIB = 1L << 32;

    /** One range: {@code start} and {@code length} in bytes, {@code type} as in E820h. */
    record Range(long start, long length, int type) {}

    long acpiTables() {
        return lowRam - ACPI_BYTES;
    }

    long facs() {
        return acpiTables() - NVS_BYTES;
    }

    List<Range> ranges() {
        List<Range> r = new ArrayList<>();
        r.add(new Range(0, Bda.EBDA, USABLE));
        r.add(new Range(Bda.EBDA, 0xA0000 - Bda.EBDA, RESERVED));
        r.add(new Range(0xF0000, 0x10000, RESERVED));
        r.add(new Range(0x100000, facs() - 0x100000, USABLE));
        r.add(new Range(facs(), NVS_BYTES, ACPI_NVS));
        r.add(new Range(acpiTables(), ACPI_BYTES, ACPI));
        r.add(new Range(0xFEC00000L, 0x1000, RESERVED));
        r.add(new Range(0xFED00000L, 0x400, RESERVED));
        r.add(new Range(0xFEE00000L, 0x1000, RESERVED));
        r.add(new Range(0xFFFC0000L, 0x40000, RESERVED));
        if (highRam > 0) {
            r.add(new Range(FOUR_GIB, highRam, USABLE));
        }
        return r;
    }

    /** Usable KiB between 1 MiB and 16 MiB. */
    int kib1To16() {
        return (int) (Math.min(facs(), 16 << 20) - (1 << 20) >> 10);
    }

    /** Usable 64 KiB blocks from 16 MiB to the PCI hole. */
    int blocksAbove16() {
        return (int) (Math.max(0, facs() - (16 << 20)) >> 16);
    }
}
