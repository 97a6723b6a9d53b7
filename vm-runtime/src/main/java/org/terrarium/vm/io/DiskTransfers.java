package org.terrarium.vm.io;

/**
 * Moves data of any length between a disk and guest memory, several transfers side by side, each in pieces of at most
 * {@link BufferPool#MAX_BYTES}. A controller asks {@link #room} before it starts one, so that what is under way stays bounded
 * whatever the guest asks for. Belongs to the machine's thread.
 */
public final class DiskTransfers {
    private static final long MAX_BYTES_IN_FLIGHT = 8 << 20;

    private final DiskAttachment disk;
    private final BufferPool buffers = new BufferPool();
    private int generation;
    private long bytesInFlight;

    public DiskTransfers(DiskAttachment disk) {
        this.disk = disk;
    }

    /** Whether another transfer may start now. */
    public boolean room() {
        return bytesInFlight < MAX_BYTES_IN_FLIGHT;
    }

    /** Forgets all transfers: nothing more reaches the guest, no completion is called. */
    public void reset() {
        generation++;
        bytesInFlight = 0;
    }

    /** Wraps a completion that is of no interest after {@link #reset}. */
    public DiskAttachment.Completion expect(DiskAttachment.Completion next) {
        int mine = generation;
        return ok -> {
            if (mine == generation) {
                next.done(ok);
            }
        };
    }

    /** Reads {@code bytes}, at least 1, from {@code offset} of the disk into the guest's memory. */
    public void read(long offset, long bytes, GuestData guest, DiskAttachment.Completion done) {
        start(offset, bytes, guest, true, done);
    }

    /** Writes {@code bytes}, at least 1, of the guest's memory to {@code offset} of the disk. */
    public void write(long offset, long bytes, GuestData guest, DiskAttachment.Completion done) {
        start(offset, bytes, guest, false, done);
    }

    private void start(long offset, long bytes, GuestData guest, boolean read, DiskAttachment.Completion done) {
        int share = (int) Math.min(bytes, BufferPool.MAX_BYTES);
        bytesInFlight += share;
        new Transfer(offset, bytes, guest, read, done, buffers.take(share), share).next();
    }

    private final class Transfer {
        private final long offset;
        private final long bytes;
        private final GuestData guest;
        private final boolean read;
        private final DiskAttachment.Completion done;
        /** Null once the last piece has been taken over. */
        private byte[] buffer;

        private final int share;
        private long moved;

        Transfer(
                long offset,
                long bytes,
                GuestData guest,
                boolean read,
                DiskAttachment.Completion done,
                byte[] buffer,
                int share) {
            this.offset = offset;
            this.bytes = bytes;
            this.guest = guest;
            this.read = read;
            this.done = done;
            this.buffer = buffer;
            this.share = share;
        }

        void next() {
            while (moved < bytes) {
                int piece = (int) Math.min(share, bytes - moved);
                if (!(read ? readNow(piece) : writtenBehind(piece))) {
                    ask(piece);
                    return;
                }
                moved += piece;
            }
            over(true);
        }

        private boolean readNow(int piece) {
            if (!disk.readNow(offset + moved, buffer, 0, piece)) {
                return false;
            }
            guest.toGuest(moved, buffer, piece);
            return true;
        }

        private boolean writtenBehind(int piece) {
            guest.fromGuest(moved, buffer, piece);
            byte[] taken = buffer;
            if (!disk.writeBehind(offset + moved, taken, 0, piece, () -> buffers.giveBack(taken))) {
                return false;
            }
            buffer = moved + piece < bytes ? buffers.take(share) : null;
            return true;
        }

        private void ask(int piece) {
            DiskAttachment.Completion arrived = expect(ok -> arrived(ok, piece));
            if (read) {
                disk.read(offset + moved, buffer, 0, piece, arrived);
            } else {
                disk.write(offset + moved, buffer, 0, piece, arrived);
            }
        }

        private void arrived(boolean ok, int piece) {
            if (ok && read) {
                guest.toGuest(moved, buffer, piece);
            }
            moved += piece;
            if (ok) {
                next();
            } else {
                over(false);
            }
        }

        private void over(boolean ok) {
            bytesInFlight -= share;
            if (buffer != null) {
                buffers.giveBack(buffer);
            }
            done.done(ok);
        }
    }
}
