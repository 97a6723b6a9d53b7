package org.terrarium.disk;

/**
 * What an image says about the disk it is an overlay of.
 *
 * @param name as written in the image, relative to the image's folder unless absolute
 * @param format the backing file's format as written in the image, or null when the image does not say
 */
public record BackingReference(String name, String format) {}
