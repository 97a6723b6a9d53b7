package org.terrarium.vm.firmware;

/** A drive that may hold a system. */
record BootDrive(BiosDrive drive) implements BootEntry {
    @Override
    public String title() {
        return kind(drive) + ": " + drive.name();
    }

    /** What sort of drive it is, in a word. */
    static String kind(BiosDrive d) {
        return switch (d.kind()) {
            case FLOPPY -> "Floppy";
            case DISK -> "Disk";
            case CDROM -> "CD/DVD";
        };
    }
}
