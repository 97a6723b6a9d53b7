package org.terrarium.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** UUIDs as Windows stores them: the first three fields little endian (RFC 9562 section 4 has them big endian). */
public final class Guids {
    public static final UUID NONE = new UUID(0, 0);
    public static final int LENGTH = 16;

    private Guids() {}

    public static UUID get(ByteBuffer bytes, int at) {
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long most = Integer.toUnsignedLong(little.getInt(at)) << 32
                | Short.toUnsignedLong(little.getShort(at + 4)) << 16
                | Short.toUnsignedLong(little.getShort(at + 6));
        return new UUID(most, Long.reverseBytes(little.getLong(at + 8)));
    }

    public static void put(ByteBuffer bytes, int at, UUID uuid) {
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long most = uuid.getMostSignificantBits();
        little.putInt(at, (int) (most >>> 32))
                .putShort(at + 4, (short) (most >>> 16))
                .putShort(at + 6, (short) most);
        little.putLong(at + 8, Long.reverseBytes(uuid.getLeastSignificantBits()));
    }
}
