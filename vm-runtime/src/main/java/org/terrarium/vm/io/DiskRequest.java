package org.terrarium.vm.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.terrarium.disk.VirtualDisk;

/** One request on its way through a {@link DiskQueue}, and how it is carried out. */
final class DiskRequest {
    enum Kind {
        READ,
        WRITE,
        FLUSH,
        DISCARD,
        /** Zeroes whose space may be given back. */
        ZERO,
        /** Zeroes that keep their space, so that a later write cannot run out of it. */
        STORE_ZEROES
    }

    enum State {
        /** An earlier request for the same bytes comes first. */
        WAITING,
        RUNNING,
        /** The host has no space for it; it is tried again when there may be some. */
        HELD,
        DONE
    }

    private static final int ZERO_CHUNK = 1 << 20;

    final Kind kind;
    final long offset;
    final long length;
    final DiskAttachment.Completion completion;
    private final byte[] data;
    private final int at;

    /** Guarded by the queue's lock, as is {@link #ok}. */
    State state = State.WAITING;

    boolean ok;
    boolean wasHeld;

    /** The guest has been told that it is done: it must be carried out, whatever happens to the guest. */
    boolean behind;

    /** Machine time of its completion, in counted time. */
    long due;

    DiskRequest(Kind kind, long offset, long length, byte[] data, int at, DiskAttachment.Completion completion) {
        this.kind = kind;
        this.offset = offset;
        this.length = length;
        this.data = data;
        this.at = at;
        this.completion = completion;
    }

    private boolean modifies() {
        return kind != Kind.READ && kind != Kind.FLUSH;
    }

    /** Whether this request must not begin before {@code earlier} is done. */
    boolean mustFollow(DiskRequest earlier) {
        if (kind == Kind.FLUSH) {
            return earlier.kind != Kind.READ;
        }
        return earlier.kind != Kind.FLUSH
                && (modifies() || earlier.modifies())
                && offset < earlier.offset + earlier.length
                && earlier.offset < offset + length;
    }

    /** Bytes for the drive's light. */
    long activity() {
        return kind == Kind.READ || kind == Kind.WRITE ? length : 0;
    }

    void carryOut(VirtualDisk disk) throws IOException {
        switch (kind) {
            case READ -> {
                int inside = (int) Math.clamp(disk.size() - offset, 0, length);
                if (inside > 0) {
                    disk.read(offset, ByteBuffer.wrap(data, at, inside));
                }
                Arrays.fill(data, at + inside, at + (int) length, (byte) 0);
            }
            case WRITE -> disk.write(offset, ByteBuffer.wrap(data, at, (int) length));
            case FLUSH -> disk.flush();
            case DISCARD -> disk.discard(offset, length);
            case ZERO -> disk.writeZeroes(offset, length);
            case STORE_ZEROES -> {
                ByteBuffer zeroes = ByteBuffer.allocate((int) Math.min(ZERO_CHUNK, length));
                for (long done = 0; done < length; done += zeroes.capacity()) {
                    zeroes.clear().limit((int) Math.min(zeroes.capacity(), length - done));
                    disk.write(offset + done, zeroes);
                }
            }
        }
    }
}
