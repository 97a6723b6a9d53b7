package org.terrarium.disk;

/**
 * Space set aside for a write that is about to happen. Nothing refers to it until the format links it.
 *
 * @param guestOffset first guest byte the space is for
 * @param file the host file that has the space
 * @param fileOffset the space's place in that file
 * @param length bytes
 * @param zeroFilled the space is past the end of the file and so reads as zeroes where it is not written
 * @param reused the space was attached to this guest range before, hence is not to be released when the write fails
 */
public record Allocation(
        long guestOffset, Storage file, long fileOffset, long length, boolean zeroFilled, boolean reused) {}
