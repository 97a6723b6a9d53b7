package org.terrarium.vm;

/**
 * What the guest has asked of its shared folders since power-on.
 *
 * @param requests of any kind
 * @param bytesRead bytes of files that went to the guest
 * @param bytesWritten bytes of files that came from it
 */
public record ShareStats(long requests, long bytesRead, long bytesWritten) {}
