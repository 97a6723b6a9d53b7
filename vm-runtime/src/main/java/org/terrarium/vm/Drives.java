package org.terrarium.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A machine's removable media and activity lights. Any thread. */
public interface Drives {
    /** Puts a CD image into the drive while the machine runs; one that is in there comes out first. */
    void insertCd(Path iso) throws IOException;

    /** Takes the CD out, even when the guest has locked the drive. */
    void ejectCd();

    /** The CD in the drive. */
    Optional<Path> cd();

    /** Puts a floppy into drive 0 or 1. */
    void insertFloppy(int drive, Path image) throws IOException;

    void ejectFloppy(int drive);

    Optional<Path> floppy(int drive);

    /** Sectors or packets moved since power-on by hard disks; a light compares two readings. */
    long diskActivity();

    long cdActivity();

    long floppyActivity();
}
