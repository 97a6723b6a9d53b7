package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How much a machine has done since it was started.
 *
 * @param cpuSeconds processor time of the host
 * @param diskBytes moved by all drives
 * @param networkBytes moved by all cards, both ways
 */
public record Activity(double cpuSeconds, long diskBytes, long networkBytes) {
    public static final Activity NONE = new Activity(0, 0, 0);

    /** From the answer to the order {@code status}. */
    public static Activity of(JsonNode status) {
        return new Activity(
                status.path("cpuSeconds").asDouble(),
                status.path("diskBytes").asLong(),
                status.path("networkBytes").asLong());
    }

    /** What was done a second between an earlier reading and this one. */
    public Activity rate(Activity before, double seconds) {
        return new Activity(
                Math.max(0, (cpuSeconds - before.cpuSeconds) / seconds),
                (long) (Math.max(0, diskBytes - before.diskBytes) / seconds),
                (long) (Math.max(0, networkBytes - before.networkBytes) / seconds));
    }
}
