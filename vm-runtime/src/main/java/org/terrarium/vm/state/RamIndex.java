package org.terrarium.vm.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The table at the end of a memory file: what each page of the machine is, and the digests of the pages that are stored.
 *
 * @param kinds per page the number of the stored page it equals, {@link #ZERO} or {@link #PARENT}
 * @param chunks file offset of each chunk of stored pages
 * @param digests 16 bytes for each stored page
 * @param id digest of the digests of all pages of the machine, wherever they are stored: by it a child knows its parent again,
 *     also after the parent has taken over its own parent's pages
 * @param parent {@link #id} of the file that pages marked {@link #PARENT} are found in (or in its parent); empty for none
 * @param chunkPages how many stored pages a chunk has; the last may have fewer
 */
record RamIndex(int[] kinds, long[] chunks, byte[] digests, byte[] id, byte[] parent, int chunkPages) {
    static final int ZERO = -2;
    static final int PARENT = -1;
    static final int DIGEST_BYTES = 16;

    /** In files of format 1, which do not say so. */
    private static final int OLD_CHUNK_PAGES = 256;

    /** A chunk is unpacked as a whole: no more than 64 MiB. */
    private static final int MOST_CHUNK_PAGES = 1 << 14;

    /** Stands for a page of zeros in {@link #id}. */
    static final byte[] ZERO_DIGEST = new byte[DIGEST_BYTES];

    /** The digest of a page: SHA-256, cut off. */
    static byte[] digest(MessageDigest sha, byte[] page) {
        return Arrays.copyOf(sha.digest(page), DIGEST_BYTES);
    }

    static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    int stored() {
        return digests.length / DIGEST_BYTES;
    }

    byte[] digestOf(int slot) {
        return Arrays.copyOfRange(digests, slot * DIGEST_BYTES, (slot + 1) * DIGEST_BYTES);
    }

    byte[] toBytes() {
        ByteBuffer b = ByteBuffer.allocate(
                        20 + id.length + parent.length + 4 * kinds.length + 8 * chunks.length + digests.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(kinds.length)
                .putInt(chunks.length)
                .putInt(stored())
                .putInt(parent.length)
                .putInt(chunkPages)
                .put(id)
                .put(parent);
        for (int kind : kinds) {
            b.putInt(kind);
        }
        for (long chunk : chunks) {
            b.putLong(chunk);
        }
        return b.put(digests).array();
    }

    static RamIndex parse(byte[] bytes, int version) throws StateException {
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] sizes = {b.getInt(), b.getInt(), b.getInt(), b.getInt()};
        int chunkPages = version == 1 ? OLD_CHUNK_PAGES : b.getInt();
        long total =
                b.position() + DIGEST_BYTES + sizes[3] + 4L * sizes[0] + 8L * sizes[1] + (long) DIGEST_BYTES * sizes[2];
        if (Arrays.stream(sizes).anyMatch(n -> n < 0)
                || total != bytes.length
                || chunkPages < 1
                || chunkPages > MOST_CHUNK_PAGES
                || sizes[1] != (sizes[2] + chunkPages - 1L) / chunkPages) {
            throw new StateException("its table makes no sense");
        }
        byte[] id = new byte[DIGEST_BYTES];
        b.get(id);
        byte[] parent = new byte[sizes[3]];
        b.get(parent);
        int[] kinds = new int[sizes[0]];
        for (int n = 0; n < kinds.length; n++) {
            kinds[n] = b.getInt();
            if (kinds[n] < ZERO || kinds[n] >= sizes[2] || kinds[n] == PARENT && parent.length == 0) {
                throw new StateException("its table makes no sense");
            }
        }
        long[] chunks = new long[sizes[1]];
        for (int n = 0; n < chunks.length; n++) {
            chunks[n] = b.getLong();
        }
        byte[] digests = new byte[DIGEST_BYTES * sizes[2]];
        b.get(digests);
        return new RamIndex(kinds, chunks, digests, id, parent, chunkPages);
    }
}
