package org.terrarium.net;

/**
 * An uplink as it stands.
 *
 * @param text what it leads to, as in the configuration
 * @param plugged whether it was not pulled
 * @param up whether its other end is there
 * @param active whether frames are sent over it now
 * @param framesOut frames sent over it
 * @param framesIn frames that came from it
 * @param trouble why it is not up, one sentence, or empty
 */
public record UplinkInfo(
        String text, boolean plugged, boolean up, boolean active, long framesOut, long framesIn, String trouble) {}
