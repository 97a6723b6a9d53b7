package org.terrarium.vm.firmware;

/** A drive that may hold a system. */
record BootDrive(BiosDrive drive) {
    /** As the boot menu and the messages call it. */
    String title() {
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
