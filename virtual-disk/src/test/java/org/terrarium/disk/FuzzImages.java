package org.terrarium.disk;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Small valid images of every format. The one to open is called image.something. */
final class FuzzImages {
    /** Makes the files of an image in a folder. */
    interface Recipe {
        void make(Path folder) throws IOException;
    }

    private FuzzImages() {}

    static String mainFile(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("image."))
                .findFirst()
                .orElseThrow();
    }

    /** By qemu-img create and qemu-io; formats and options in QEMU's words. */
    static Recipe qemu(String format, String options, String size, String... commands) {
        return folder -> {
            Path image = folder.resolve(format.equals("vpc") ? "image.vhd" : "image.img");
            Qemu.ok("qemu-img", "create", "-q", "-f", format, "-o", options, image.toString(), size);
            if (commands.length > 0) {
                Qemu.io(format, image, List.of(commands));
            }
        };
    }

    /** By qemu-img convert. */
    static Recipe converted(String format, String options) {
        return folder -> {
            Path raw = Files.write(folder.resolve("contents"), contents(300_032));
            Path image = folder.resolve("image.img");
            Qemu.ok("qemu-img", "convert", "-f", "raw", "-O", format, "-o", options, raw.toString(), image.toString());
            Files.delete(raw);
        };
    }

    static Recipe ours(DiskFormat format, String variant) {
        return folder -> {
            Path image = folder.resolve("image." + format.label());
            DiskFormats.create(image, CreateOptions.of(format, 300_032).withVariant(variant));
            fill(image);
        };
    }

    private static void fill(Path image) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            byte[] bytes = contents(300_032);
            if (disk.packUnit() == 0) {
                disk.write(0, ByteBuffer.wrap(bytes, 0, 20_000));
                return;
            }
            for (int at = 0; at < bytes.length; at += disk.packUnit()) {
                disk.writePacked(at, ByteBuffer.wrap(bytes, at, Math.min(disk.packUnit(), bytes.length - at)));
            }
        }
    }

    static Recipe vhdOverlay() {
        return folder -> {
            Path base = folder.resolve("base.vhd");
            DiskFormats.create(base, CreateOptions.of(DiskFormat.VHD, 300_032));
            fill(base);
            Path image = folder.resolve("image.vhd");
            DiskFormats.create(
                    image, CreateOptions.of(DiskFormat.VHD, 0).withBacking(new BackingReference("base.vhd", "vhd")));
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                disk.write(100_000, ByteBuffer.wrap(contents(3000)));
            }
        };
    }

    /** A writer that stopped when its changes were in the log and nowhere else. */
    static Recipe vhdxWithLog() {
        return folder -> {
            Path image = folder.resolve("image.vhdx");
            DiskFormats.create(image, CreateOptions.of(DiskFormat.VHDX, 3 << 20));
            MemoryHost host = new MemoryHost();
            MemoryStorage file = host.add("image.vhdx", Files.readAllBytes(image));
            VirtualDisk disk = new ChainOpener(host, OpenOptions.readWrite()).open(file.path());
            for (int i = 0; i < 2; i++) {
                disk.write(i << 20, ByteBuffer.wrap(contents(20_000)));
                disk.flush();
            }
            byte[] bytes = file.contents();
            // The block allocation table as it was before.
            Arrays.fill(bytes, 3 << 20, (3 << 20) + 4096, (byte) 0);
            Files.write(image, bytes);
        };
    }

    static Recipe packed(DiskFormat format) {
        return folder -> Files.write(folder.resolve("image." + format.label()), pack(format, contents(200_000)));
    }

    static byte[] pack(DiskFormat format, byte[] contents) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        switch (format) {
            case GZIP -> write(new GZIPOutputStream(packed), contents);
            case XZ -> write(new XZOutputStream(packed, new LZMA2Options(0)), contents);
            default -> packed.write(Zstd.compress(contents));
        }
        return packed.toByteArray();
    }

    private static void write(OutputStream out, byte[] contents) throws IOException {
        try (out) {
            out.write(contents);
        }
    }

    static Recipe iso() {
        return folder -> Files.write(folder.resolve("image.iso"), isoContents(20));
    }

    /** The least that is a CD image: a primary volume descriptor that states the volume's size. */
    static byte[] isoContents(int blocks) {
        ByteBuffer iso = ByteBuffer.allocate(blocks * 2048).order(ByteOrder.LITTLE_ENDIAN);
        iso.put(16 * 2048, (byte) 1).put(16 * 2048 + 1, "CD001".getBytes(StandardCharsets.US_ASCII));
        iso.putInt(16 * 2048 + 80, blocks).putShort(16 * 2048 + 128, (short) 2048);
        return iso.array();
    }

    /** Bytes that pack a little, with a long stretch of zeroes. */
    static byte[] contents(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i > length / 3 && i < length / 2 ? 0 : random.nextInt(9));
        }
        return bytes;
    }
}
