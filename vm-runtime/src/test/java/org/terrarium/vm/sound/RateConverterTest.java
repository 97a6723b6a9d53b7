package org.terrarium.vm.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateConverterTest {
    private static final double HERTZ = 440;

    private static short[] sine(int rate, int frames) {
        short[] samples = new short[2 * frames];
        for (int n = 0; n < frames; n++) {
            samples[2 * n] = (short) Math.round(20_000 * Math.sin(2 * Math.PI * HERTZ * n / rate));
            samples[2 * n + 1] = (short) -samples[2 * n];
        }
        return samples;
    }

    @Test
    void aSineKeepsItsPitchAndLoudness() {
        for (int[] way : new int[][] {{44_100, 48_000}, {48_000, 44_100}, {8_000, 48_000}, {22_050, 44_100}}) {
            int from = way[0];
            int to = way[1];
            short[] out = new RateConverter(from, to).convert(sine(from, from), from);
            assertEquals(to, out.length / 2, 1, "a second has as many frames as the new rate");
            for (int n = 0; n < out.length / 2; n++) {
                // The converter is one frame of the old rate late, as it waits for the line's other end.
                double angle = 2 * Math.PI * HERTZ * ((double) n / to - 1.0 / from);
                double wanted = n * (long) from < to ? 0 : 20_000 * Math.sin(angle);
                // Straight lines cut a wave's top off by 1 - cos(half the angle between two samples).
                double error = 20_000 * (1 - Math.cos(Math.PI * HERTZ / from)) + 2;
                assertEquals(wanted, out[2 * n], error, from + " to " + to + ", left, frame " + n);
                assertEquals(-wanted, out[2 * n + 1], error, from + " to " + to + ", right, frame " + n);
            }
        }
    }

    @Test
    void piecesGiveTheSameAsTheWhole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        short[] samples = new short[2 * 5_000];
        for (int k = 0; k < samples.length; k++) {
            samples[k] = (short) random.nextInt();
        }
        short[] whole = new RateConverter(44_100, 48_000).convert(samples, 5_000);
        RateConverter converter = new RateConverter(44_100, 48_000);
        short[] joined = {};
        for (int at = 0; at < 5_000; ) {
            int count = Math.min(5_000 - at, 1 + random.nextInt(300));
            short[] piece = converter.convert(Arrays.copyOfRange(samples, 2 * at, 2 * (at + count)), count);
            int before = joined.length;
            joined = Arrays.copyOf(joined, before + piece.length);
            System.arraycopy(piece, 0, joined, before, piece.length);
            at += count;
        }
        assertArrayEquals(whole, joined, "seed " + seed);
    }
}
