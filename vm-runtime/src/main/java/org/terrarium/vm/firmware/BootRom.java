package org.terrarium.vm.firmware;

/**
 * A card whose program starts a system (BIOS Boot Specification 1.01, 3: a bootstrap entry vector).
 *
 * @param segment where its expansion ROM lies
 * @param entry offset of the program in it
 * @param name what it calls itself
 */
record BootRom(int segment, int entry, String name) implements BootEntry {
    @Override
    public String title() {
        return "Network: " + name;
    }
}
