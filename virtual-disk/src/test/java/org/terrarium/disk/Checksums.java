package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Makes the checksums of a changed image right again, so that what they protect is tried too. */
final class Checksums {
    /** What to do with a format's image after it was changed. */
    interface Fix {
        void apply(Storage image) throws IOException;
    }

    private Checksums() {}

    /** Footer, its copy and the dynamic disk header of a VHD image. */
    static void vhd(Storage image) throws IOException {
        sum(image, 0, 512, 64);
        sum(image, 512, 1024, 36);
        sum(image, image.size() - 512, 512, 64);
    }

    private static void sum(Storage image, long at, int length, int place) throws IOException {
        if (at < 0 || at + length > image.size()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        image.read(at, bytes);
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += i >= place && i < place + 4 ? 0 : bytes.get(i) & 0xff;
        }
        image.write(at + place, ByteBuffer.allocate(4).putInt(0, ~sum));
    }

    /** Headers, region tables and the first log entries of a VHDX image. */
    static void vhdx(Storage image) throws IOException {
        crc(image, 64 << 10, 4096);
        crc(image, 128 << 10, 4096);
        crc(image, 192 << 10, 64 << 10);
        crc(image, 256 << 10, 64 << 10);
        for (int entry = 0; entry < 4; entry++) {
            ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            long at = (1 << 20) + entry * 8192L;
            image.read(at + 8, length);
            if (length.getInt(0) >= 64 && length.getInt(0) <= 64 << 10) {
                crc(image, at, length.getInt(0));
            }
        }
    }

    private static void crc(Storage image, long at, int length) throws IOException {
        if (at + length > image.size()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        image.read(at, bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes.putInt(4, 0).clear());
        image.write(
                at + 4, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, (int) crc.getValue()));
    }
}
