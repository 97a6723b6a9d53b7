package org.terrarium.vm.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.terrarium.disk.VirtualDisk;

/** Carries out every request at once on the machine's thread. */
public final class DirectDiskAttachment implements DiskAttachment {
    private final VirtualDisk disk;
    private final boolean readOnly;
    private final Consumer<IOException> trouble;
    private final LongConsumer activity;

    /**
     * @param readOnly refuse writes even where the disk would take them
     * @param trouble told about errors of the host; the guest sees a medium error
     * @param activity told the number of bytes of every transfer, for the drive's light
     */
    public DirectDiskAttachment(
            VirtualDisk disk, boolean readOnly, Consumer<IOException> trouble, LongConsumer activity) {
        this.disk = disk;
        this.readOnly = readOnly || disk.readOnly();
        this.trouble = trouble;
        this.activity = activity;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void read(long offset, byte[] dst, int at, int length, Completion done) {
        int inside = Math.clamp(disk.size() - offset, 0, length);
        boolean ok = attempt(() -> {
            if (inside > 0) {
                disk.read(offset, ByteBuffer.wrap(dst, at, inside));
            }
        });
        Arrays.fill(dst, at + inside, at + length, (byte) 0);
        activity.accept(length);
        done.done(ok);
    }

    @Override
    public void write(long offset, byte[] src, int at, int length, Completion done) {
        boolean ok = attempt(() -> disk.write(offset, ByteBuffer.wrap(src, at, length)));
        activity.accept(length);
        done.done(ok);
    }

    @Override
    public void flush(Completion done) {
        done.done(attempt(disk::flush));
    }

    @Override
    public void discard(long offset, long length, Completion done) {
        done.done(attempt(() -> disk.discard(offset, length)));
    }

    @Override
    public void writeZeroes(long offset, long length, boolean release, Completion done) {
        done.done(attempt(() -> disk.writeZeroes(offset, length)));
    }

    @FunctionalInterface
    private interface HostIo {
        void run() throws IOException;
    }

    private boolean attempt(HostIo io) {
        try {
            io.run();
            return true;
        } catch (IOException e) {
            trouble.accept(e);
            return false;
        }
    }
}
