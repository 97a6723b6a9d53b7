package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copies what a disk shows into a new image of any format. Several threads read, look for zeroes and pack; writes happen in the
 * order of the disk, which leaves the new file in that order too and is what formats need that are written once.
 */
public final class DiskConvert {
    private static final int PIECE = 2 << 20;
    private static final int LEAST_GRANULARITY = 4096;
    private static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(PIECE).asReadOnlyBuffer();

    /** How long the caller's thread sleeps between two words about the progress. */
    private static final long REPORT_MILLIS = 50;

    private final VirtualDisk source;
    private final VirtualDisk target;
    private final boolean packed;
    private final boolean startsAsZeroes;
    private final int pieceSize;
    private final int granularity;

    private final Lock lock = new ReentrantLock();
    private final Condition turns = lock.newCondition();
    private final Condition changes = lock.newCondition();
    private long next;
    private long pieces;
    private long written;
    private long done;
    private int working;
    private Throwable trouble;
    private boolean cancelled;

    private DiskConvert(VirtualDisk source, VirtualDisk target, boolean packed, boolean startsAsZeroes) {
        this.source = source;
        this.target = target;
        this.packed = packed;
        this.startsAsZeroes = startsAsZeroes;
        this.granularity = Math.clamp(packed ? target.packUnit() : target.unitSize(), LEAST_GRANULARITY, PIECE);
        this.pieceSize = Math.max(PIECE, granularity);
    }

    /** As many threads as pay off on this host. */
    public static int usualThreads() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    }

    /**
     * Makes a new image with the contents of a disk. When it fails or is stopped, none of the new image's files is left.
     *
     * @param source only read
     * @param path the new image; a file of that name must not exist
     * @param options what kind of image; its size counts if it is not 0, and must not be smaller than the source's
     * @param packed store packed contents where the format can
     * @param threads how many work at once
     * @param progress in bytes; called from the caller's thread
     */
    public static void convert(
            VirtualDisk source, Path path, CreateOptions options, boolean packed, int threads, Progress progress)
            throws IOException {
        if (options.backing() != null) {
            throw new IllegalArgumentException("a converted image holds everything itself and so has no backing file");
        }
        long size = options.size() == 0 ? source.size() : options.size();
        if (size < source.size()) {
            throw new DiskException(
                    path, "would be smaller than the disk of " + source.size() + " bytes that goes into it");
        }
        CreateOptions sized = options.withSize(size);
        progress.at(0, source.size());
        Set<Path> files = DiskFormats.createFiles(path, sized);
        boolean whole = false;
        try {
            OpenOptions how =
                    OpenOptions.readWrite().withFormat(options.format()).withGate(Gate.ANY);
            String passphrase = options.passphrase();
            // As cp does, this leaves it to the host when the new file reaches its disk; the source is still there.
            try (VirtualDisk target = new ChainOpener(
                            FileHost.UNSYNCED, passphrase == null ? how : how.withPassphrase(passphrase))
                    .open(path)) {
                boolean pack = packed || options.variantOrUsual().equals("streamOptimized");
                if (pack && target.packUnit() == 0) {
                    throw new DiskException(path, "a " + options.format().label() + " image cannot be packed");
                }
                new DiskConvert(source, target, pack, options.format() != DiskFormat.LUKS).run(threads, progress);
                target.flush();
            }
            whole = true;
        } finally {
            if (!whole) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void run(int threads, Progress progress) throws IOException {
        List<Thread> workers = new ArrayList<>();
        working = threads;
        for (int i = 0; i < threads; i++) {
            Thread worker = Thread.ofPlatform().daemon().name("convert-" + i).start(this::work);
            workers.add(worker);
        }
        boolean finished = false;
        try {
            report(progress);
            finished = true;
        } finally {
            stop(!finished);
            for (Thread worker : workers) {
                joinAlways(worker);
            }
        }
        if (trouble instanceof IOException io) {
            throw io;
        }
        if (trouble != null) {
            throw new IllegalStateException(trouble);
        }
        progress.at(source.size(), source.size());
    }

    private void report(Progress progress) throws IOException {
        boolean interrupted = false;
        while (true) {
            long now;
            lock.lock();
            try {
                if (working == 0) {
                    break;
                }
                changes.await(REPORT_MILLIS, TimeUnit.MILLISECONDS);
                now = done;
            } catch (InterruptedException e) {
                // The files are closed under an interrupted thread that uses them, so this one goes on until it is
                // cancelled.
                interrupted = true;
                continue;
            } finally {
                lock.unlock();
            }
            progress.at(now, source.size());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(boolean cancel) {
        lock.lock();
        try {
            cancelled |= cancel;
            turns.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void joinAlways(Thread worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the workers ----

    /** A stretch to copy, and its number in the order of the disk. */
    private record Piece(long number, long at, int length) {}

    private void work() {
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(pieceSize);
            for (Piece piece = take(); piece != null; piece = take()) {
                copy(piece, buffer.clear().limit(piece.length));
            }
        } catch (IOException | RuntimeException | Error e) {
            lock.lock();
            try {
                trouble = trouble == null ? e : trouble;
                cancelled = true;
            } finally {
                lock.unlock();
            }
        } finally {
            lock.lock();
            try {
                working--;
                changes.signalAll();
                turns.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The next stretch that is not known to be zero; null when there is none. */
    private Piece take() throws IOException {
        lock.lock();
        try {
            long size = source.size();
            while (next < size && !cancelled) {
                RangeStatus status = source.status(next, size - next);
                long end = next + status.length();
                if (status.zero() && startsAsZeroes) {
                    long skipTo = end == size ? end : end - end % granularity;
                    if (skipTo > next) {
                        done += skipTo - next;
                        next = skipTo;
                        continue;
                    }
                }
                long most = Math.min(size, next - next % pieceSize + pieceSize);
                int length = (int) (Math.min(most, (end + granularity - 1) / granularity * granularity) - next);
                Piece piece = new Piece(pieces++, next, length);
                next += length;
                return piece;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void copy(Piece piece, ByteBuffer buffer) throws IOException {
        source.read(piece.at, buffer);
        buffer.flip();
        byte[][] packs = packed && target instanceof MappedDisk ? pack((MappedDisk) target, buffer) : null;
        boolean[] zero = findZeroes(buffer);
        if (!awaitTurn(piece)) {
            return;
        }
        try {
            if (packs != null) {
                writePacked((MappedDisk) target, piece, buffer, zero, packs);
            } else {
                write(piece, buffer, zero);
            }
        } finally {
            endTurn(piece);
        }
    }

    private boolean[] findZeroes(ByteBuffer buffer) {
        boolean[] zero = new boolean[units(buffer)];
        for (int i = 0; i < zero.length; i++) {
            ByteBuffer unit = unit(buffer, i);
            zero[i] = startsAsZeroes && unit.mismatch(ZEROES.slice(0, unit.remaining())) < 0;
        }
        return zero;
    }

    private int units(ByteBuffer buffer) {
        return (buffer.limit() + granularity - 1) / granularity;
    }

    private ByteBuffer unit(ByteBuffer buffer, int index) {
        int from = index * granularity;
        return buffer.slice(from, Math.min(granularity, buffer.limit() - from));
    }

    private byte[][] pack(MappedDisk disk, ByteBuffer buffer) throws IOException {
        byte[][] packs = new byte[units(buffer)][];
        for (int i = 0; i < packs.length; i++) {
            packs[i] = disk.pack(unit(buffer, i));
        }
        return packs;
    }

    private boolean awaitTurn(Piece piece) {
        lock.lock();
        try {
            while (written != piece.number && !cancelled) {
                turns.awaitUninterruptibly();
            }
            return !cancelled;
        } finally {
            lock.unlock();
        }
    }

    private void endTurn(Piece piece) {
        lock.lock();
        try {
            written++;
            done += piece.length;
            turns.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Neighbours that are not zero are written at once. */
    private void write(Piece piece, ByteBuffer buffer, boolean[] zero) throws IOException {
        for (int from = 0; from < zero.length; from++) {
            int to = from;
            while (to < zero.length && !zero[to]) {
                to++;
            }
            if (to > from) {
                int start = from * granularity;
                int end = Math.min(to * granularity, buffer.limit());
                target.write(piece.at + start, buffer.slice(start, end - start));
                from = to;
            }
        }
    }

    private void writePacked(MappedDisk disk, Piece piece, ByteBuffer buffer, boolean[] zero, byte[][] packs)
            throws IOException {
        for (int i = 0; i < zero.length; i++) {
            if (!zero[i]) {
                disk.writePacked(piece.at + (long) i * granularity, unit(buffer, i), packs[i]);
            }
        }
    }
}
