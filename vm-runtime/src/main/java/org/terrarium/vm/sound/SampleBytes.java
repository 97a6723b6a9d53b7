package org.terrarium.vm.sound;

/** Samples as octets, low one first. */
final class SampleBytes {
    private SampleBytes() {}

    static byte[] of(short[] samples, int count) {
        byte[] bytes = new byte[2 * count];
        for (int k = 0; k < count; k++) {
            bytes[2 * k] = (byte) samples[k];
            bytes[2 * k + 1] = (byte) (samples[k] >> 8);
        }
        return bytes;
    }
}
