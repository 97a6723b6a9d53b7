package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.Storage;

/**
 * One of the two headers of a VHDX file (MS-VHDX 2.2.2). The one with a valid checksum and the higher sequence number counts; the
 * other is the one to overwrite next. Numbers in a VHDX file are little endian.
 *
 * @param at place in the file, bytes
 * @param fileWriteGuid changes before the first change to the file by each opener
 * @param dataWriteGuid changes before the first change to the disk's contents by each opener
 * @param logGuid which log entries count; {@link Guids#NONE} when there are none to replay
 */
record VhdxHeader(
        long at, long sequence, UUID fileWriteGuid, UUID dataWriteGuid, UUID logGuid, long logLength, long logOffset) {
    static final long SIGNATURE_FILE = 0x656c696678646876L; // "vhdxfile"
    static final long AT_FIRST = 64 << 10;
    static final long AT_SECOND = 128 << 10;

    private static final int LENGTH = 4096;
    private static final int SIGNATURE = 0x64616568; // "head"
    private static final long MIB = 1 << 20;
    private static final long MAX_LOG = 32 << 20;

    /**
     * The header that counts.
     *
     * @throws DiskException when neither is valid, or the version is unknown
     */
    static VhdxHeader read(Storage storage) throws IOException {
        ByteBuffer signature = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(0, signature);
        if (signature.getLong(0) != SIGNATURE_FILE) {
            throw new DiskException(storage.path(), 0, "is not a VHDX image: its signature is missing", null);
        }
        VhdxHeader first = readAt(storage, AT_FIRST);
        VhdxHeader second = readAt(storage, AT_SECOND);
        if (first == null && second == null) {
            throw DiskException.corrupt(storage.path(), AT_FIRST, "neither of its two headers is valid");
        }
        return first == null || second != null && second.sequence > first.sequence ? second : first;
    }

    private static VhdxHeader readAt(Storage storage, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(at, bytes);
        if (bytes.getInt(0) != SIGNATURE || bytes.getInt(4) != checksum(bytes)) {
            return null;
        }
        int version = Short.toUnsignedInt(bytes.getShort(66));
        if (version != 1) {
            throw new DiskException(
                    storage.path(), at + 66, "is a VHDX image of version " + version + "; this one opens 1", null);
        }
        VhdxHeader header = new VhdxHeader(
                at,
                bytes.getLong(8),
                Guids.get(bytes, 16),
                Guids.get(bytes, 32),
                Guids.get(bytes, 48),
                Integer.toUnsignedLong(bytes.getInt(68)),
                bytes.getLong(72));
        if (bytes.getShort(64) != 0 && !header.logGuid.equals(Guids.NONE)) {
            throw new DiskException(
                    storage.path(), at + 64, "has a log of version " + bytes.getShort(64) + "; this one reads 0", null);
        }
        header.checkLog(storage);
        return header;
    }

    private void checkLog(Storage storage) throws DiskException {
        if (logLength < MIB || logLength > MAX_LOG || logLength % MIB != 0) {
            throw DiskException.corrupt(storage.path(), at + 68, "its log has " + logLength + " bytes");
        }
        if (logOffset < MIB || logOffset % MIB != 0 || logOffset > storage.size() - logLength) {
            throw DiskException.corrupt(storage.path(), at + 72, "its log is at byte " + logOffset);
        }
    }

    /** The header that replaces this one: at the other place, with the next number. */
    VhdxHeader next(UUID fileWrite, UUID dataWrite, UUID log) {
        return new VhdxHeader(
                at == AT_FIRST ? AT_SECOND : AT_FIRST, sequence + 1, fileWrite, dataWrite, log, logLength, logOffset);
    }

    void write(Storage storage) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, SIGNATURE).putLong(8, sequence);
        Guids.put(bytes, 16, fileWriteGuid);
        Guids.put(bytes, 32, dataWriteGuid);
        Guids.put(bytes, 48, logGuid);
        bytes.putShort(66, (short) 1).putInt(68, (int) logLength).putLong(72, logOffset);
        bytes.putInt(4, checksum(bytes));
        storage.write(at, bytes.clear());
    }

    /** CRC-32C of the whole buffer with the four bytes at offset 4 taken as zero, as all of this format's checksums are. */
    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, 4));
        crc.update(new byte[4]);
        crc.update(bytes.slice(8, bytes.capacity() - 8));
        return (int) crc.getValue();
    }
}
