package org.terrarium.net.link;

/**
 * How bad a link is.
 *
 * @param latencyNanos how long a frame takes
 * @param jitterNanos up to so much longer, at random; order is kept unless {@code reorder} says otherwise
 * @param loss share of frames that get lost, 0 to 1
 * @param duplicate share of frames that arrive twice
 * @param reorder share of frames that are overtaken by those behind them
 * @param bitsPerSecond bandwidth, or 0 for any
 */
public record Shaping(
        long latencyNanos, long jitterNanos, double loss, double duplicate, double reorder, long bitsPerSecond) {
    public static final Shaping NONE = new Shaping(0, 0, 0, 0, 0, 0);

    private static final long MAX_NANOS = 60_000_000_000L;

    public Shaping {
        if (latencyNanos < 0 || latencyNanos > MAX_NANOS || jitterNanos < 0 || jitterNanos > MAX_NANOS) {
            throw new IllegalArgumentException("latency and jitter must be between 0 and 60 seconds");
        }
        if (share(loss) || share(duplicate) || share(reorder)) {
            throw new IllegalArgumentException("loss, duplication and reordering must be between 0 and 100 %");
        }
        if (bitsPerSecond != 0 && bitsPerSecond < 1000) {
            throw new IllegalArgumentException("a bandwidth must be at least 1000 bits per second");
        }
    }

    private static boolean share(double value) {
        return !(value >= 0 && value <= 1);
    }
}
