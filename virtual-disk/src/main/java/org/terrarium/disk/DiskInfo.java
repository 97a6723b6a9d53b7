package org.terrarium.disk;

import java.util.Map;

/**
 * What an image says about itself.
 *
 * @param format its format
 * @param size what the guest sees, bytes
 * @param fileLength length of the file, bytes; holes included
 * @param clusterSize bytes, or 0 where the format has none
 * @param version format version, or 0
 * @param backingFile as written in the image, or null
 * @param backingFormat as written in the image, or null
 * @param dirty it was not closed properly, and is put in order when next opened for writing
 * @param corrupt another program has marked it as damaged
 * @param snapshots number of snapshots inside the image
 * @param encrypted a passphrase is needed
 * @param details what else the format says, in its own words, name to value
 */
public record DiskInfo(
        DiskFormat format,
        long size,
        long fileLength,
        int clusterSize,
        int version,
        String backingFile,
        String backingFormat,
        boolean dirty,
        boolean corrupt,
        int snapshots,
        boolean encrypted,
        Map<String, String> details) {}
