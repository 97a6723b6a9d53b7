package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.terrarium.vm.HostTrouble;

/**
 * A disk image that a snapshot keeps; nothing may write to it any more.
 *
 * @param file as {@code machine.json} names it
 * @param format label of its format
 * @param length bytes of the file
 * @param check sum over samples of the file, to notice that somebody has changed it
 */
public record FrozenDisk(String file, String format, long length, long check) {
    private static final long UNKNOWN = -1;
    private static final int EDGE = 1 << 20;
    private static final int SAMPLES = 64;
    private static final int SAMPLE = 4096;

    /** The image as it is now. */
    static FrozenDisk of(String name, Path file, String format) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return new FrozenDisk(name, format, in.size(), sample(in));
        }
    }

    /** The same while the file is being merged with another: nothing is known of it. */
    FrozenDisk unchecked() {
        return new FrozenDisk(file, format, UNKNOWN, UNKNOWN);
    }

    /** The first and last MiB and some in between, all of a small file. */
    private static long sample(FileChannel in) throws IOException {
        CRC32C crc = new CRC32C();
        long size = in.size();
        if (size <= 4 * EDGE) {
            add(crc, in, 0, (int) size);
        } else {
            add(crc, in, 0, EDGE);
            add(crc, in, size - EDGE, EDGE);
            for (int n = 1; n < SAMPLES; n++) {
                add(crc, in, size / SAMPLES * n, SAMPLE);
            }
        }
        return crc.getValue();
    }

    private static void add(CRC32C crc, FileChannel in, long at, int length) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(length);
        while (b.hasRemaining() && in.read(b, at + b.position()) >= 0) {
            continue;
        }
        crc.update(b.flip());
    }

    /** Refuses a file that is missing or was changed, in a sentence. */
    void requireUnchanged(Path at) throws IOException {
        FrozenDisk now;
        try {
            now = of(file, at, format);
        } catch (NoSuchFileException e) {
            throw new IOException("the disk image " + at + ", which a snapshot needs, is missing", e);
        } catch (IOException e) {
            throw new IOException("the disk image " + at + " cannot be read: " + HostTrouble.sentence(e), e);
        }
        if (length != UNKNOWN && !now.equals(this)) {
            throw new IOException("the disk image " + at
                    + " was changed after a snapshot was taken of it, so the snapshot cannot be used any more");
        }
    }
}
