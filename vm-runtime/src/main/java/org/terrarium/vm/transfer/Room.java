package org.terrarium.vm.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.terrarium.disk.Progress;
import org.terrarium.disk.RangeStatus;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.HostSpace;

/** Space on the host for what is unpacked, which a small file can claim to be any amount of. */
final class Room {
    /** What is left to others of the host's disk, bytes. */
    private static final long RESERVE = 64L << 20;

    private static final int PIECE = 256 << 10;

    private Room() {}

    /**
     * Refuses what would not fit.
     *
     * @param what names it at the beginning of the sentence
     */
    static void require(Path folder, long bytes, String what) throws IOException {
        long free = HostSpace.free(folder);
        if (bytes < 0 || bytes > free - RESERVE) {
            throw new IOException(what + " would unpack to " + mib(bytes) + " MiB, but " + folder + " has room for "
                    + mib(Math.max(0, free - RESERVE)) + " MiB; make some space there and try again");
        }
    }

    /** Refuses a disk whose contents, in which small files can claim the same place many times, would not fit. */
    static void requireForContents(Path folder, VirtualDisk disk, String what) throws IOException {
        long room = HostSpace.free(folder);
        long contents = 0;
        for (long at = 0; at < disk.size() && contents <= room; ) {
            RangeStatus status = disk.status(at, disk.size() - at);
            contents += status.zero() ? 0 : status.length();
            at += status.length();
        }
        require(folder, contents, what);
    }

    private static long mib(long bytes) {
        return bytes < 0 ? Long.MAX_VALUE >> 20 : (bytes + (1 << 20) - 1) >> 20;
    }

    /**
     * Copies exactly as many bytes as were announced.
     *
     * @param what names the source in sentences
     */
    static void copy(InputStream from, OutputStream to, long length, String what, Progress progress)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long done = 0;
        while (true) {
            progress.at(done, length);
            int n = from.read(piece, 0, (int) Math.min(piece.length, Math.max(1, length - done)));
            if (n < 0) {
                break;
            }
            done += n;
            if (done > length) {
                throw new IOException(what + " is longer than it says, so it is damaged or made to harm");
            }
            to.write(piece, 0, n);
        }
        if (done < length) {
            throw new IOException(what + " ends too early: the file was cut short");
        }
    }
}
