package org.terrarium.vm.display;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.imageio.stream.FileImageOutputStream;
import org.terrarium.vm.HostTrouble;

/**
 * Records a screen as an animated GIF: only what changed is stored, up to ten pictures a second, as long as nothing changes
 * nothing at all. The file appears under its name when the recording ends; until then it grows beside it with {@code .part}
 * behind the name. A picture that becomes larger makes the whole film larger. All work is done by a thread of its own.
 */
public final class ScreenRecorder implements AutoCloseable {
    private static final int PER_SECOND = 10;
    private static final long MIN_FRAME_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    /** A recording that somebody forgot ends by itself. */
    private static final long MAX_BYTES = 512L << 20;

    /** Where GIF's logical screen descriptor has width and height (GIF89a, 18). */
    private static final int SIZE_OFFSET = 6;

    private final Path file;
    private final Path part;
    private final LongSupplier nanos;
    private final Consumer<String> ended;
    private final Semaphore changed = new Semaphore(0);
    private final ScreenViewer viewer;
    private final Thread thread;
    private final FileImageOutputStream out;
    private final GifFrames gif;
    private volatile boolean stopping;
    private volatile String trouble = "";

    // The recorder's thread's: the film's picture as it stands, and the part of it that was not written yet.
    private int width;
    private int height;
    private int screenWidth;
    private int screenHeight;
    private int[] shown = {};
    private Rectangle unwritten;
    private long unwrittenSince;

    /**
     * Starts recording.
     *
     * @param nanos tells the time
     * @param ended called when the recording has ended, with an empty text or with a sentence about what went wrong; any thread
     * @throws IOException with a sentence when the file cannot be written
     */
    public ScreenRecorder(Screen screen, Path file, LongSupplier nanos, Consumer<String> ended) throws IOException {
        this.file = file.toAbsolutePath();
        this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
        this.nanos = nanos;
        this.ended = ended;
        try {
            Files.deleteIfExists(part);
            out = new FileImageOutputStream(part.toFile());
            gif = new GifFrames(out);
        } catch (IOException e) {
            throw new IOException("the recording " + file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
        thread = Thread.ofPlatform().name("screen recorder").daemon(true).unstarted(this::run);
        viewer = screen.open(PER_SECOND, changed::release);
        changed.release(); // what the screen shows already
        thread.start();
    }

    /** Where the recording will be. */
    public Path file() {
        return file;
    }

    /** Ends the recording and waits until the file is there; {@link #trouble} says whether it is. */
    @Override
    public void close() {
        stopping = true;
        changed.release();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it goes on still: it ends by itself when the film has become too long. */
    public boolean running() {
        return thread.isAlive();
    }

    /** What went wrong, a sentence, or empty. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        try {
            while (!stopping && out.length() < MAX_BYTES) {
                changed.acquireUninterruptibly();
                changed.drainPermits();
                if (!stopping) {
                    viewer.take(this::receive);
                }
            }
            viewer.take(this::receive); // what came last
            finish();
        } catch (IOException e) {
            trouble = "The recording " + file + " cannot be written: " + HostTrouble.sentence(e);
        } catch (OutOfMemoryError e) {
            trouble = "The recording " + file + " ended, as there is not enough memory for it.";
        } finally {
            viewer.close();
            tidyUp();
            ended.accept(trouble);
        }
    }

    private void finish() throws IOException {
        flush(Math.max(nanos.getAsLong(), unwrittenSince + MIN_FRAME_NANOS));
        gif.end();
        out.close();
        try (RandomAccessFile header = new RandomAccessFile(part.toFile(), "rw")) {
            header.seek(SIZE_OFFSET);
            header.writeShort(Short.reverseBytes((short) width));
            header.writeShort(Short.reverseBytes((short) height));
            header.getFD().sync();
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void tidyUp() {
        try {
            gif.dispose();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            trouble = trouble.isEmpty() ? HostTrouble.sentence(e) : trouble;
        }
    }

    private void receive(int newWidth, int newHeight, int[] argb, int firstRow, int endRow) {
        long now = nanos.getAsLong();
        try {
            if (newWidth != screenWidth || newHeight != screenHeight) {
                flush(now);
                resize(newWidth, newHeight);
                copy(argb, 0, newHeight);
                unwritten = new Rectangle(0, 0, width, height);
                unwrittenSince = now;
                return;
            }
            Rectangle difference = difference(argb, firstRow, endRow);
            if (difference != null) {
                flush(now);
                copy(argb, firstRow, endRow);
                unwritten = difference;
                unwrittenSince = now;
            }
        } catch (IOException e) {
            trouble = "The recording " + file + " cannot be written: " + HostTrouble.sentence(e);
            stopping = true;
        }
    }

    /** The film only grows: what a smaller picture leaves free is black. */
    private void resize(int newWidth, int newHeight) {
        screenWidth = newWidth;
        screenHeight = newHeight;
        width = Math.max(width, newWidth);
        height = Math.max(height, newHeight);
        shown = new int[width * height];
        Arrays.fill(shown, Frame.BLACK);
    }

    private void copy(int[] argb, int firstRow, int endRow) {
        for (int y = firstRow; y < endRow; y++) {
            System.arraycopy(argb, y * screenWidth, shown, y * width, screenWidth);
        }
    }

    /** The smallest box around the pixels that differ from the film's picture, or null. */
    private Rectangle difference(int[] argb, int firstRow, int endRow) {
        int left = Integer.MAX_VALUE;
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int y = firstRow; y < endRow; y++) {
            int from = y * screenWidth;
            int at = y * width;
            int first = Arrays.mismatch(argb, from, from + screenWidth, shown, at, at + screenWidth);
            if (first < 0) {
                continue;
            }
            int last = screenWidth - 1;
            while (argb[from + last] == shown[at + last]) {
                last--;
            }
            left = Math.min(left, first);
            right = Math.max(right, last);
            top = top < 0 ? y : top;
            bottom = y;
        }
        return top < 0 ? null : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    /** Writes the waiting frame, which stands until {@code now}. */
    private void flush(long now) throws IOException {
        if (unwritten != null) {
            gif.add(shown, width, unwritten, now - unwrittenSince);
            unwritten = null;
        }
    }
}
