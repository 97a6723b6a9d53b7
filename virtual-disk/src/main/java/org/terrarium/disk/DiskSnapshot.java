package org.terrarium.disk;

import java.time.Instant;

/**
 * A snapshot inside an image.
 *
 * @param id a number in most images, unique in the image
 * @param name what the user called it
 * @param date when it was taken
 * @param diskSize size of the disk then, bytes
 * @param savedState bytes of machine state that QEMU saved with it, 0 for none
 */
public record DiskSnapshot(String id, String name, Instant date, long diskSize, long savedState) {}
