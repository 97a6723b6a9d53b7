package org.terrarium.vm.sound;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/**
 * Plays through the host's usual sound device. The device is opened by the first sound, in a thread of its own that lives as
 * long as this object. Where there is none, that is told once and everything stays silent. When the machine is faster than
 * the device, what does not fit is left out.
 */
public final class HostSound implements SoundOutput {
    /** Pieces that wait, about a fifth of a second at the machine's 10 ms. */
    private static final int WAITING = 20;

    private static final int FRAME_BYTES = 4;

    /** Rates that every device has, for sound at one that this host's device has not. */
    private static final int[] USUAL_RATES = {48_000, 44_100};

    private record Piece(short[] samples, int frames, int rate) {}

    /** An open sound device of the host. */
    interface Line extends AutoCloseable {
        /** Plays 16-bit stereo samples, low octet first; waits until there is room for them. */
        void write(byte[] bytes);

        /** Waits until what was written has been heard. */
        void drain();

        @Override
        void close();
    }

    /** Opens the host's sound device. */
    interface Opener {
        /**
         * @param rate frames a second
         * @throws IllegalArgumentException when there is no device for that rate
         * @throws LineUnavailableException when others have it
         */
        Line open(int rate) throws LineUnavailableException;
    }

    private final Opener opener;
    private final Consumer<String> trouble;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(WAITING);
    private Thread thread;
    private volatile boolean closed;

    /** @param trouble told, in a sentence and on any thread, why nothing is heard */
    public HostSound(Consumer<String> trouble) {
        this(HostSound::openDevice, trouble);
    }

    HostSound(Opener opener, Consumer<String> trouble) {
        this.opener = opener;
        this.trouble = trouble;
    }

    @Override
    public synchronized void play(short[] samples, int frames, int rate) {
        if (closed || frames == 0) {
            return;
        }
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("sound").start(this::run);
        }
        if (pieces.remainingCapacity() > 0) {
            pieces.offer(new Piece(java.util.Arrays.copyOf(samples, 2 * frames), frames, rate));
        }
    }

    private void run() {
        Playing playing = null;
        try {
            while (!closed) {
                Piece piece = pieces.take();
                if (playing == null || piece.rate() != playing.rate) {
                    if (playing != null) {
                        playing.line.drain();
                        playing.line.close();
                    }
                    playing = open(piece.rate());
                }
                playing.play(piece);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (LineUnavailableException e) {
            giveUp("another program has this computer's sound device, so nothing is heard of the machine");
        } catch (IllegalArgumentException | SecurityException e) {
            giveUp("this computer has no sound device that plays, so nothing is heard of the machine");
        } finally {
            if (playing != null) {
                playing.line.close();
            }
        }
    }

    private void giveUp(String sentence) {
        if (!closed) {
            closed = true;
            trouble.accept(sentence);
        }
    }

    /** A line and the way there for sound of one rate. */
    private record Playing(Line line, int rate, RateConverter converter) {
        void play(Piece piece) {
            short[] samples = converter == null ? piece.samples() : converter.convert(piece.samples(), piece.frames());
            line.write(SampleBytes.of(samples, samples.length));
        }
    }

    private Playing open(int rate) throws LineUnavailableException {
        try {
            return new Playing(opener.open(rate), rate, null);
        } catch (IllegalArgumentException e) {
            for (int usual : IntStream.of(USUAL_RATES).filter(r -> r != rate).toArray()) {
                try {
                    return new Playing(opener.open(usual), rate, new RateConverter(rate, usual));
                } catch (IllegalArgumentException none) {
                    e.addSuppressed(none);
                }
            }
            throw e;
        }
    }

    private static Line openDevice(int rate) throws LineUnavailableException {
        AudioFormat format = new AudioFormat(rate, 16, 2, true, false);
        SourceDataLine line = AudioSystem.getSourceDataLine(format);
        line.open(format, rate / 10 * FRAME_BYTES);
        line.start();
        return new Line() {
            @Override
            public void write(byte[] bytes) {
                line.write(bytes, 0, bytes.length);
            }

            @Override
            public void drain() {
                line.drain();
            }

            @Override
            public void close() {
                line.close();
            }
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
