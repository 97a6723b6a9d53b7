package org.terrarium.vm.firmware;

/** Something a system may be started from. */
sealed interface BootEntry permits BootDrive, BootRom {
    /** As the boot menu and the messages call it. */
    String title();
}
