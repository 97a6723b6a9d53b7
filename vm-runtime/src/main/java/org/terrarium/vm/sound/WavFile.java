package org.terrarium.vm.sound;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.terrarium.vm.HostTrouble;

/**
 * Writes what is played, without the pauses, into a WAV file of 16-bit stereo samples (RIFF, Microsoft "Multimedia programming
 * interface and data specifications 1.0"). The file begins with, and has
 * the rate of, the first sound that is not silence; what comes at another rate is converted. It
 * is complete once it is closed.
 */
public final class WavFile implements SoundOutput {
    private static final int HEADER = 44;
    private static final int FRAME_BYTES = 4;
    private static final int USUAL_RATE = 48_000;

    /** The sizes in the header have 32 bits. */
    private static final long MAX_BYTES = 0xFFFF_FF00L - HEADER;

    private final Path path;
    private final Consumer<String> trouble;
    private final RandomAccessFile file;
    private final OutputStream out;
    private int rate;
    private long bytes;
    private boolean full;
    private RateConverter converter;

    /**
     * Starts the file, over one that there may be.
     *
     * @param trouble told, in a sentence, when it cannot be written on
     * @throws IOException in a sentence that names the file
     */
    public WavFile(Path path, Consumer<String> trouble) throws IOException {
        this.path = path;
        this.trouble = trouble;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw new IOException("the sound's file " + path + " cannot be written: " + HostTrouble.sentence(e), e);
        }
        try {
            file.setLength(0);
            file.write(header(USUAL_RATE, 0));
            out = new BufferedOutputStream(Channels.newOutputStream(file.getChannel()), 1 << 16);
        } catch (IOException e) {
            file.close();
            throw new IOException("the sound's file " + path + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    private static byte[] header(int rate, long bytes) {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) (bytes + HEADER - 8))
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1) // PCM
                .putShort((short) 2)
                .putInt(rate)
                .putInt(rate * FRAME_BYTES)
                .putShort((short) FRAME_BYTES)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) bytes)
                .array();
    }

    @Override
    public synchronized void play(short[] samples, int frames, int soundRate) {
        if (full) {
            return;
        }
        if (rate == 0) {
            if (silent(samples, frames)) {
                return; // drivers measure the card's clock with silence, at another rate than what is then played
            }
            rate = soundRate;
        }
        short[] converted = samples;
        int count = frames;
        if (soundRate != rate) {
            if (converter == null || converter.from() != soundRate) {
                converter = new RateConverter(soundRate, rate);
            }
            converted = converter.convert(samples, frames);
            count = converted.length / 2;
        }
        if (bytes + (long) count * FRAME_BYTES > MAX_BYTES) {
            giveUp("the sound's file " + path + " has got as large as such a file can be; the rest is left out");
            return;
        }
        try {
            out.write(SampleBytes.of(converted, 2 * count));
            bytes += (long) count * FRAME_BYTES;
        } catch (IOException e) {
            giveUp("the sound's file " + path + " cannot be written: " + HostTrouble.sentence(e));
        }
    }

    private static boolean silent(short[] samples, int frames) {
        for (int k = 0; k < 2 * frames; k++) {
            if (samples[k] != 0) {
                return false;
            }
        }
        return true;
    }

    private void giveUp(String sentence) {
        full = true;
        trouble.accept(sentence);
    }

    @Override
    public synchronized void close() throws IOException {
        if (!file.getChannel().isOpen()) {
            return;
        }
        full = true;
        try (file) {
            out.flush();
            file.seek(0);
            file.write(header(rate == 0 ? USUAL_RATE : rate, bytes));
        } catch (IOException e) {
            throw new IOException("the sound's file " + path + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }
}
