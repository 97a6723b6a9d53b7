package org.terrarium.net.link;

/**
 * What has passed a port, seen from the station at it.
 *
 * @param framesOut frames the station has sent
 * @param framesIn frames it was sent
 * @param dropped frames lost because a queue was full
 * @param refused frames of the station that the switch did not take: too short, too long, forged, or part of a storm
 */
public record PortCounters(long framesOut, long octetsOut, long framesIn, long octetsIn, long dropped, long refused) {}
