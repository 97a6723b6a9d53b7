package org.terrarium.vm.sound;

/** Brings stereo sound from one rate to another, on straight lines between its samples. */
final class RateConverter {
    private final int from;
    private final int to;
    private long position;
    private short left;
    private short right;

    RateConverter(int from, int to) {
        this.from = from;
        this.to = to;
    }

    int from() {
        return from;
    }

    /** The next samples; the last frame of those before is kept, so that pieces fit together. */
    short[] convert(short[] samples, int frames) {
        // In units of 1/to of a source frame; frame 0 is the one kept from before.
        long end = (long) frames * to;
        int count = (int) Math.max(0, (end - position + from - 1) / from);
        short[] result = new short[2 * count];
        for (int n = 0; n < count; n++, position += from) {
            int at = (int) (position / to);
            long part = position % to;
            result[2 * n] = between(at == 0 ? left : samples[2 * at - 2], samples[2 * at], part);
            result[2 * n + 1] = between(at == 0 ? right : samples[2 * at - 1], samples[2 * at + 1], part);
        }
        position -= end;
        left = samples[2 * frames - 2];
        right = samples[2 * frames - 1];
        return result;
    }

    private short between(short a, short b, long part) {
        return (short) (a + (b - a) * part / to);
    }
}
