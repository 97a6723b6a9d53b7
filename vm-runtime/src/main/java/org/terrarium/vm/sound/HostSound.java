package org.terrarium.vm.sound;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
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

    private record Piece(byte[] bytes, int rate) {}

    private final Consumer<String> trouble;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(WAITING);
    private Thread thread;
    private volatile boolean closed;

    /** @param trouble told, in a sentence and on any thread, why nothing is heard */
    public HostSound(Consumer<String> trouble) {
        this.trouble = trouble;
    }

    @Override
    public void play(short[] samples, int frames, int rate) {
        if (closed) {
            return;
        }
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("sound").start(this::run);
        }
        if (pieces.remainingCapacity() > 0) {
            pieces.offer(new Piece(SampleBytes.of(samples, 2 * frames), rate));
        }
    }

    private void run() {
        SourceDataLine line = null;
        int rate = 0;
        try {
            while (!closed) {
                Piece piece = pieces.take();
                if (piece.rate() != rate) {
                    if (line != null) {
                        line.drain();
                        line.close();
                    }
                    rate = piece.rate();
                    line = open(rate);
                }
                line.write(piece.bytes(), 0, piece.bytes().length);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            closed = true;
            trouble.accept("the host plays no sound, so the machine is silent: " + e.getMessage());
        } finally {
            if (line != null) {
                line.close();
            }
        }
    }

    private static SourceDataLine open(int rate) throws LineUnavailableException {
        AudioFormat format = new AudioFormat(rate, 16, 2, true, false);
        SourceDataLine line = AudioSystem.getSourceDataLine(format);
        line.open(format, rate / 10 * FRAME_BYTES);
        line.start();
        return line;
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
