package org.terrarium.vm.device.fwcfg;

/**
 * A range of guest-physical memory as firmware hands it on.
 *
 * @param base first address
 * @param length bytes
 * @param type 1 RAM, 2 reserved, 3 ACPI tables, 4 ACPI non-volatile (ACPI specification, "Address range types")
 */
public record E820Entry(long base, long length, int type) {
    public static final int RAM = 1;
    public static final int RESERVED = 2;
}
