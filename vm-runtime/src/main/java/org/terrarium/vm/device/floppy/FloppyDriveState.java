package org.terrarium.vm.device.floppy;

/**
 * Saved state of one drive; the medium is not part of it.
 *
 * @param cylinder where the head is
 * @param presentCylinder where the controller believes the head to be
 * @param changed the disk change line
 */
public record FloppyDriveState(int cylinder, int presentCylinder, boolean changed) {}
